"""Hurry a task once the transaction is committed. What is owed is a row: a broker that is down costs time only."""

from typing import Any

from celery import Task
from django.db import transaction


def hurry(task: Task, *, after_seconds: int = 0, **ids: Any) -> None:
    """Send the task after the commit; a failure is logged and the sweep of the timetable does the work."""
    countdown = after_seconds or None
    transaction.on_commit(lambda: task.apply_async(kwargs=ids, countdown=countdown), robust=True)
