"""When recurring jobs run: one line a job, with a comment in words. Tasks only hurry what rows say is owed."""

from typing import Any

from celery.schedules import crontab

TIMETABLE: dict[str, dict[str, Any]] = {
    # Every minute, letters that are due and that no worker was told of.
    "send due mail": {"task": "common.tasks.send_due_mail", "schedule": 60},
    # Every minute, a worker shows that it lives and that the timetable reaches it.
    "beat heart": {"task": "common.tasks.beat_heart", "schedule": 60},
    # Every half minute, writing after a call that has run out, and people who went home.
    "sweep line states": {"task": "accounts.tasks.sweep_line_states", "schedule": 30},
    # Every night, rows that have served their time.
    "remove expired": {
        "task": "common.tasks.remove_expired",
        "schedule": crontab(hour=3, minute=10),
    },
    # Every night, what SQLite's planner knows of tables that have grown.
    "survey tables": {"task": "common.tasks.survey_tables", "schedule": crontab(hour=3, minute=40)},
    # Every ten minutes, words of texts that were kept by an earlier word list.
    "renew words": {"task": "common.tasks.renew_words", "schedule": 600},
    # Every ten minutes, events that no page will ask for any more.
    "prune events": {"task": "common.tasks.prune_events", "schedule": 600},
    # Every minute, the mailbox is looked into, and mails that no worker has filed are told of again.
    "read mailbox": {"task": "inquiries.tasks.read_mailbox", "schedule": 60},
    # Every hour, clients whose matter came to an end are asked how we served.
    "ask satisfaction": {"task": "inquiries.tasks.ask_satisfaction", "schedule": 3600},
    # Every day, unconfirmed letters of the public page and bytes of old mails go.
    "forget letters": {"task": "inquiries.tasks.forget_letters", "schedule": 86_400},
    # Every hour, settled inquiries whose quiet days are over are closed.
    "close settled inquiries": {
        "task": "inquiries.tasks.close_settled_inquiries",
        "schedule": 3600,
    },
    # Every hour, drafts that were thrown away and searches of the day before go for good.
    "sweep drafts": {"task": "inquiries.tasks.sweep_drafts", "schedule": 3600},
    # Every day, references to recordings whose time is over are taken away.
    "forget recordings": {"task": "inquiries.tasks.forget_recordings", "schedule": 86_400},
    # Every minute, answers whose time to be taken back is over and that no worker was told of.
    "send leaving letters": {"task": "inquiries.tasks.send_leaving_letters", "schedule": 60},
    # Every hour, heads of units whose answer is due tomorrow or late are reminded, once a working day.
    "remind units": {"task": "inquiries.tasks.remind_units", "schedule": 3600},
    # Every two minutes, imports of the past whose worker was killed are gone on with.
    "sweep past imports": {"task": "inquiries.tasks.sweep_past_imports", "schedule": 120},
    # Every day, files of past imports that have served their time are taken away.
    "forget past files": {"task": "inquiries.tasks.forget_past_files", "schedule": 86_400},
    # Every minute, representation checks that are owed: the register was down, or a worker was killed.
    "sweep representation checks": {"task": "registry.tasks.sweep_checks", "schedule": 60},
    # Every two minutes, imports of open data whose worker was killed are gone on with.
    "sweep register imports": {"task": "registry.tasks.sweep_imports", "schedule": 120},
    # Every minute, drafts that were asked for and that no worker has tried lately.
    "hurry drafts": {"task": "documents.tasks.hurry_drafts", "schedule": 60},
    # Every minute, signed files that came in and that nobody has judged yet.
    "hurry returns": {"task": "documents.tasks.hurry_returns", "schedule": 60},
    # Every minute, reports on signed files that were asked for as PDF and that no worker has set lately.
    "hurry reports": {"task": "documents.tasks.hurry_reports", "schedule": 60},
    # Every hour, papers that lie with clients: reminders, and what has expired.
    "watch envelopes": {"task": "documents.tasks.watch_envelopes", "schedule": 3600},
    # Every minute, papers whose notice the mail server has taken are done.
    "follow notices": {"task": "documents.tasks.follow_notices", "schedule": 60},
    # Every morning, accesses whose ground the register's open data no longer show.
    "doubt accesses": {
        "task": "documents.tasks.doubt_accesses",
        "schedule": crontab(hour=5, minute=30),
    },
    # Every five minutes, letters about cases that came back or were given up.
    "tell undelivered": {"task": "documents.tasks.tell_undelivered", "schedule": 300},
    # Every ten minutes it is looked whether trusted lists are due: each day, at once when there is none.
    "refresh trusted lists": {
        "task": "documents.tasks.refresh_trusted_lists",
        "schedule": 600,
    },
    # Every minute, steps that are due when a ticket's time is over, or nearly.
    "escalate tickets": {"task": "tickets.tasks.escalate_tickets", "schedule": 60},
    # Every minute, calls that we owe Jira and messages from there that no worker came to.
    "sweep jira calls": {"task": "tickets.tasks.sweep_jira_calls", "schedule": 60},
    "sweep jira messages": {"task": "tickets.tasks.sweep_webhooks", "schedule": 60},
    # Every five minutes, what changed in Jira: its messages only hurry this.
    "reconcile jira": {"task": "tickets.tasks.reconcile_jira", "schedule": 300},
    # Every five minutes, letters about tickets that came back or were given up.
    "tell lost letters": {"task": "tickets.tasks.tell_lost_letters", "schedule": 300},
    # Every night, tickets whose client was told and is content are closed.
    "close quiet tickets": {
        "task": "tickets.tasks.close_quiet_tickets",
        "schedule": crontab(hour=2, minute=20),
    },
    # Every night, what is due is read anew: targets, hours or the calendar may have changed.
    "recount due": {"task": "tickets.tasks.recount_due", "schedule": crontab(hour=2, minute=40)},
    # Every five minutes, calls and inquiries that nobody linked are matched by the rule.
    "match calls": {"task": "inquiries.tasks.match_calls", "schedule": 300},
    # Every ten minutes, calls whose end was never told come into the lists.
    "end lost calls": {"task": "inquiries.tasks.end_lost_calls", "schedule": 600},
    # Every two minutes, imports of call records whose worker was killed are gone on with.
    "sweep call imports": {"task": "inquiries.tasks.sweep_call_imports", "schedule": 120},
}
