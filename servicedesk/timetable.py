"""When recurring jobs run: one line a job, with a comment in words. Tasks only hurry what rows say is owed."""

from typing import Any

TIMETABLE: dict[str, dict[str, Any]] = {}
