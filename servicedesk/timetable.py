"""When recurring jobs run: one line a job, with a comment in words. Tasks only hurry what rows say is owed."""

from typing import Any

TIMETABLE: dict[str, dict[str, Any]] = {
    # Every minute, letters that are due and that no worker was told of.
    "send due mail": {"task": "common.tasks.send_due_mail", "schedule": 60},
    # Every ten minutes, events that no page will ask for any more.
    "prune events": {"task": "common.tasks.prune_events", "schedule": 600},
}
