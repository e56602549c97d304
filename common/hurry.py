"""Hurry a task once the transaction is committed. What is owed is a row: a broker that is down costs time only."""

from typing import Any

from celery import Task
from django.db import transaction


def hurry(task: Task, **ids: Any) -> None:
    """Send the task after the commit; a failure is logged and the sweep of the timetable does the work."""
    transaction.on_commit(lambda: task.delay(**ids), robust=True)
