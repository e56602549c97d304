"""Groups, facts, targets and steps are kept under /admin/ by the administrator alone."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.tickets import raised
from tickets import tasks
from tickets.models import (
    CannedReply,
    ChecklistTemplate,
    ClockTarget,
    EscalationStep,
    Ticket,
    TicketGroup,
)

pytestmark = pytest.mark.django_db
MODELS = (
    "ticketgroup", "ticketfact", "factneed", "clocktarget", "escalationstep",
    "checklisttemplate", "cannedreply",
)  # fmt: skip


@pytest.fixture
def administrator(client):
    user = UserFactory(role="administrator")
    client.force_login(user)
    return user


@pytest.fixture
def told(monkeypatch):
    """What workers were told to do."""
    sent = []
    monkeypatch.setattr(tasks.recount_due, "apply_async", lambda **more: sent.append(more))
    return sent


def form_of(answer):
    """What the page would send, if nothing were typed."""
    form = answer.context["adminform"].form
    typed = {}
    formsets = [one.formset for one in answer.context["inline_admin_formsets"]]
    for formset in formsets:
        typed |= {bound.html_name: bound.value() for bound in formset.management_form}
        for one in formset.initial_forms:
            typed |= {bound.html_name: bound.value() for bound in one}
    typed |= {bound.html_name: bound.value() for bound in form}
    return {
        name: value for name, value in typed.items() if value is not None and value is not False
    }


@pytest.mark.parametrize("model", MODELS)
def test_administrator_keeps_them_and_nobody_else_opens_them(client, administrator, model):
    where = reverse(f"admin:tickets_{model}_changelist")

    assert client.get(where).status_code == 200
    assert client.get(reverse(f"admin:tickets_{model}_add")).status_code == 200
    for role in ("coordinator", "head_of_customer_service", "solver"):
        client.force_login(UserFactory(role=role))
        assert client.get(where).status_code == 302


def test_tickets_themselves_are_not_there(client, administrator):
    assert "/admin/tickets/ticket/" not in client.get("/admin/").content.decode()


def test_only_solvers_are_offered_as_members_and_one_is_added_with_history(client, administrator):
    group = TicketGroup.objects.get(code="IT")
    solver, other = UserFactory(role="solver"), UserFactory(role="specialist")
    change = reverse("admin:tickets_ticketgroup_change", args=[group.pk])
    page = client.get(change)
    offered = page.context["adminform"].form.fields["members"].queryset

    answer = client.post(change, form_of(page) | {"members": [solver.pk]})

    assert answer.status_code == 302
    assert list(offered) == [solver]
    assert other not in offered
    assert list(group.members.all()) == [solver]
    assert group.history.count() >= 1


def test_group_is_never_deleted(client, administrator):
    group = TicketGroup.objects.get(code="IT")

    answer = client.post(
        reverse("admin:tickets_ticketgroup_delete", args=[group.pk]), {"post": "yes"}
    )

    assert answer.status_code == 403


def test_hours_that_nobody_can_read_are_refused_at_their_field(client, administrator):
    group = TicketGroup.objects.get(code="IT")
    change = reverse("admin:tickets_ticketgroup_change", args=[group.pk])

    answer = client.post(change, form_of(client.get(change)) | {"hours": "always"})

    assert answer.context["adminform"].form.errors.keys() == {"hours"}
    assert TicketGroup.objects.get(pk=group.pk).hours == ""


def test_changed_target_is_owed_to_open_tickets(
    client, administrator, told, django_capture_on_commit_callbacks
):
    now = timezone.now()
    ticket = raised(at=now)
    target = ClockTarget.objects.get(group=ticket.group, urgency="", clock="reaction")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            reverse("admin:tickets_clocktarget_change", args=[target.pk]),
            {"group": target.group_id, "urgency": "", "clock": "reaction", "hours": "1"},
        )

    assert answer.status_code == 302
    assert len(told) == 1
    before = ticket.due_at
    tasks.recount_due()
    assert Ticket.objects.get(pk=ticket.pk).due_at < before


def test_deleted_step_is_owed_too(client, administrator, told, django_capture_on_commit_callbacks):
    step = EscalationStep.objects.first()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("admin:tickets_escalationstep_delete", args=[step.pk]), {"post": "yes"})

    assert not EscalationStep.objects.filter(pk=step.pk).exists()
    assert len(told) == 1


def test_clock_and_urgency_are_chosen_from_those_that_there_are(client, administrator):
    group = TicketGroup.objects.get(code="IT")

    answer = client.post(
        reverse("admin:tickets_clocktarget_add"),
        {"group": group.pk, "urgency": "", "clock": "coffee", "hours": "1"},
    )

    assert answer.context["adminform"].form.errors.keys() == {"clock"}


def test_code_of_a_group_by_which_stories_know_it_stays(client, administrator):
    ticket = raised(at=timezone.now())
    change = reverse("admin:tickets_ticketgroup_change", args=[ticket.group_id])

    client.post(change, form_of(client.get(change)) | {"code": "UUS", "name_et": "Uus nimi"})

    group = TicketGroup.objects.get(pk=ticket.group_id)
    assert (group.code, group.name_et) == ("IT", "Uus nimi")


def test_line_of_a_checklist_is_changed_and_tickets_keep_theirs(client, administrator):
    ticket = raised()
    template = ChecklistTemplate.objects.get(group=ticket.group)
    where = reverse("admin:tickets_checklisttemplate_change", args=[template.pk])
    typed = form_of(client.get(where)) | {"lines-0-text_et": "Uus rida"}

    assert client.post(where, typed).status_code == 302

    assert template.lines.first().text_et == "Uus rida"
    assert not ticket.checklist.filter(text_et="Uus rida").exists()


def test_reply_with_an_unknown_name_is_refused_at_its_text(client, administrator):
    reply = CannedReply.objects.create(name="Tere", purpose="client", text="Tere")
    own = CannedReply.objects.create(name="Oma", purpose="client", text="x", owner=UserFactory())
    where = reverse("admin:tickets_cannedreply_change", args=[reply.pk])
    typed = form_of_reply(client.get(where))

    refused = client.post(where, typed | {"text": "{nimi}"})
    taken = client.post(where, typed | {"text": "{sender}"})

    assert "{nimi}" in str(refused.context["adminform"].form.errors["text"])
    assert taken.status_code == 302
    reply.refresh_from_db()
    assert (reply.text, reply.version) == ("{sender}", 2)
    assert client.get(where.replace(str(reply.pk), str(own.pk))).status_code == 302


def form_of_reply(answer):
    values = {bound.html_name: bound.value() for bound in answer.context["adminform"].form}
    return {name: "" if value is None else value for name, value in values.items()}
