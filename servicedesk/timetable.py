"""When recurring jobs run: one line a job, with a comment in words. Tasks only hurry what rows say is owed."""

from typing import Any

from celery.schedules import crontab

TIMETABLE: dict[str, dict[str, Any]] = {
    # Every minute, letters that are due and that no worker was told of.
    "send due mail": {"task": "common.tasks.send_due_mail", "schedule": 60},
    # Every minute, a worker shows that it lives and that the timetable reaches it.
    "beat heart": {"task": "common.tasks.beat_heart", "schedule": 60},
    # Every night, rows that have served their time.
    "remove expired": {
        "task": "common.tasks.remove_expired",
        "schedule": crontab(hour=3, minute=10),
    },
    # Every ten minutes, events that no page will ask for any more.
    "prune events": {"task": "common.tasks.prune_events", "schedule": 600},
    # Every hour, settled inquiries whose quiet days are over are closed.
    "close settled inquiries": {
        "task": "inquiries.tasks.close_settled_inquiries",
        "schedule": 3600,
    },
    # Every hour, drafts that were thrown away and searches of the day before go for good.
    "sweep drafts": {"task": "inquiries.tasks.sweep_drafts", "schedule": 3600},
    # Every day, references to recordings whose time is over are taken away.
    "forget recordings": {"task": "inquiries.tasks.forget_recordings", "schedule": 86_400},
    # Every minute, representation checks that are owed: the register was down, or a worker was killed.
    "sweep representation checks": {"task": "registry.tasks.sweep_checks", "schedule": 60},
    # Every two minutes, imports of open data whose worker was killed are gone on with.
    "sweep register imports": {"task": "registry.tasks.sweep_imports", "schedule": 120},
    # Every minute, drafts that were asked for and that no worker has tried lately.
    "hurry drafts": {"task": "documents.tasks.hurry_drafts", "schedule": 60},
}
