"""What the timetable does with tickets: steps in time, quiet ones closed, what is due read anew."""

import datetime as dt

import pytest
from django.utils import timezone

from common.metrics import registry
from servicedesk.timetable import TIMETABLE
from tests.factories.inquiries import MONDAY_TEN
from tests.factories.tickets import raised, resolved
from tickets import actions, tasks
from tickets.models import ClockTarget, Ticket, TicketEvent

pytestmark = pytest.mark.django_db


def schedule(task):
    return next(one["schedule"] for one in TIMETABLE.values() if one["task"] == f"tickets.tasks.{task}")  # fmt: skip


def test_escalation_is_looked_at_every_minute():
    raised(at=timezone.now() - dt.timedelta(days=20))

    tasks.escalate_tickets()

    assert schedule("escalate_tickets") == 60
    assert TicketEvent.objects.filter(what="tell_responsible").exists()


def test_told_tickets_are_closed_at_night_once_their_quiet_days_are_over():
    ticket = resolved()
    ticket = actions.deliver_solution(
        ticket=ticket, version=Ticket.objects.get(pk=ticket.pk).version, channel="phone",
        text="Ütlesin.", closes=False, by=ticket.responsible, at=MONDAY_TEN + dt.timedelta(hours=2),
    )  # fmt: skip
    Ticket.objects.update(state_since=timezone.now() - dt.timedelta(days=60))

    tasks.close_quiet_tickets()

    assert schedule("close_quiet_tickets").hour == {2}
    assert Ticket.objects.get(pk=ticket.pk).state == "closed"


def test_what_is_due_is_read_anew_at_night():
    ticket = raised(at=timezone.now())
    ClockTarget.objects.filter(clock="reaction").update(hours=1)

    tasks.recount_due()

    assert schedule("recount_due").hour == {2}
    assert Ticket.objects.get(pk=ticket.pk).due_at < ticket.due_at


def test_metrics_say_how_many_are_open_and_how_many_are_late():
    raised(), resolved()
    now = timezone.now()

    lines = registry.text(now).splitlines()

    assert 'servicedesk_tickets_open{state="raised"} 1' in lines
    assert 'servicedesk_tickets_open{state="resolved"} 1' in lines
    assert 'servicedesk_tickets_open{state="told"} 0' in lines
    assert f"servicedesk_tickets_overdue {Ticket.objects.filter(due_at__lte=now).count()}" in lines
    assert "servicedesk_jira_calls_owed 0" in lines
