"""The worker's hand as a process of its own, begun clean: a fork beside open SQLite connections loses writes."""

import time

import django

import tests.environment  # noqa: F401  # the variables of the suite

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from tickets import actions  # noqa: E402


def work(database, **changed):
    """Do what the worker does, over and over, until killed."""
    connection.settings_dict["NAME"] = database
    for name, value in changed.items():
        setattr(settings, name, value)
    while True:
        now = timezone.now()
        actions.sweep_jira_calls(at=now)
        actions.sweep_webhooks(at=now)
        time.sleep(0.02)
