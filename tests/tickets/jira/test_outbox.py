"""What we owe Jira is done once, whatever happens on the way."""

import datetime as dt
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from common.actions import store_file
from common.file_types import PDF
from common.uploads import check_upload
from tests.factories.tickets import IT_FACTS
from tests.tickets.jira.outbox import fresh, handed_over, issues, jira_site, said, worker
from tickets import actions
from tickets.jira_words import client_of, new_issue, preview_of
from tickets.models import JiraCall, JiraProject, TicketGroup

pytestmark = pytest.mark.django_db
MINUTE, LEASE = dt.timedelta(minutes=1), dt.timedelta(minutes=5)


@pytest.fixture
def site(jira, settings):
    settings.JIRA_SEARCH_LAG_SECONDS = 0
    return jira_site(jira)


def test_raised_ticket_has_one_issue_with_what_may_leave(jira, site):
    ticket = handed_over()
    assert ticket.link_state == "queued"

    worker()

    ticket = fresh(ticket)
    (issue,) = issues(jira)
    assert ticket.link_state == "linked"
    assert (ticket.jira.issue_id, ticket.jira.issue_key) == (issue.id, issue.key)
    assert issue.summary == ticket.summary
    assert all(text in said(issue.description) for text in (ticket.number, "Chrome 131"))
    assert [key for key in issue.links if str(ticket.pk) in key]


def test_only_what_the_project_names_leaves_and_the_preview_says_it_before(jira, site):
    JiraProject.objects.update(
        field_map={"customfield_10050": "client", "customfield_10051": "responsible"}
    )
    ticket = handed_over()
    preview = preview_of(ticket, JiraProject.objects.get())

    worker()

    (issue,) = issues(jira)
    assert [one.name for one in preview] == ["project", "summary", "description"]
    assert issue.custom == {}
    assert ticket.description not in said(issue.description)
    assert ticket.responsible.last_name not in said(issue.description)


@pytest.mark.parametrize("where", ["before", "after"])
def test_create_that_lost_its_answer_is_looked_for_and_not_repeated(jira, site, where):
    jira.faults.drop(done=where == "after", method="POST", path="/issue")
    ticket = handed_over()

    worker()

    assert len(issues(jira)) == 1
    assert fresh(ticket).jira.issue_id == issues(jira)[0].id


def test_worker_killed_after_jira_did_create(jira, site):
    ticket = handed_over()
    call = JiraCall.objects.get(kind="create")
    at = timezone.now()
    JiraCall.objects.filter(pk=call.pk).update(
        taken_until=at + LEASE, is_doubtful=True, attempts=1
    )  # as a worker leaves it that is killed in the middle
    with client_of(site) as client:
        client.create_issue(new_issue(ticket, ticket.jira))

    actions.sweep_jira_calls(at=at)
    assert fresh(ticket).link_state == "queued"  # it is another worker's still
    worker(at + LEASE + MINUTE)

    assert len(issues(jira)) == 1
    assert fresh(ticket).link_state == "linked"


def test_refused_create_is_shown_and_tried_again_by_one_click(jira, site):
    JiraProject.objects.update(project_key="POLE")
    ticket = handed_over()
    worker()
    assert fresh(ticket).link_state == "failed"
    assert JiraCall.objects.get(kind="create").error
    JiraProject.objects.update(project_key="KLT")

    actions.try_jira_again(ticket=ticket, at=timezone.now())
    worker()

    assert fresh(ticket).link_state == "linked"
    assert len(issues(jira)) == 1


def test_jira_that_asks_to_wait_is_not_asked_before(jira, site):
    jira.faults.busy(retry_after="90", method="POST", path="/issue")
    at = timezone.now()
    ticket = handed_over(at)
    call = JiraCall.objects.get(kind="create")

    actions.call_jira(call_id=call.pk, at=at)

    call.refresh_from_db()
    assert call.state == "owed"
    assert call.due_at - at >= dt.timedelta(seconds=90)
    assert fresh(ticket).link_state == "queued"
    assert issues(jira) == []


def test_token_that_expired_loses_nothing_and_is_seen_at_the_jira(jira, site):
    jira.expire("test-token")
    ticket = handed_over()
    worker(times=1)
    site.refresh_from_db()
    assert site.problem
    assert fresh(ticket).link_state == "queued"
    jira.expired.clear()

    worker()

    assert fresh(ticket).link_state == "linked"


def test_words_and_files_to_tier_two_leave_once_and_notes_never(jira, site):
    ticket = handed_over()
    by = ticket.responsible
    pdf = ContentFile(b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n", name="pilt.pdf")
    stored = store_file(upload=check_upload(pdf, allowed=(PDF,)), by=by, at=timezone.now())
    for kind, text, files in (("internal", "salajane", []), ("tier2", "Lisan pildi", [stored])):
        actions.comment_on_ticket(
            ticket=ticket, kind=kind, text=text, files=files, by=by, at=timezone.now()
        )
    jira.faults.drop(done=True, method="POST", path="/comment")
    jira.faults.drop(done=True, method="POST", path="/attachments")

    worker()

    (issue,) = issues(jira)
    assert ["Lisan pildi" in said(one.text) for one in issue.comments] == [True]
    assert not any("salajane" in said(one.text) for one in issue.comments)
    assert len(issue.attachments) == 1
    assert not JiraCall.objects.exclude(state="done").exists()


def test_files_of_a_ticket_that_was_split_off_reach_its_own_issue(jira, site):
    ticket = handed_over()
    worker()
    pdf = ContentFile(b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n", name="pilt.pdf")
    by, now = ticket.responsible, timezone.now()
    stored = store_file(upload=check_upload(pdf, allowed=(PDF,)), by=by, at=now)
    word = actions.comment_on_ticket(
        ticket=ticket, kind="tier2", text="Teine viga on ekspordis.", files=[stored], by=by, at=now
    )

    draft = actions.split_ticket(
        ticket=ticket, key=uuid4(), points=[ticket.description], comments=[word], is_part=False,
        version=fresh(ticket).version, by=by, at=now,
    )  # fmt: skip
    draft = actions.write_ticket(
        ticket=draft,
        version=draft.version,
        typed={"steps_tried": ticket.steps_tried},
        by=by,
        at=now,
    )
    actions.raise_ticket(ticket=draft, version=draft.version, by=by, at=now)
    worker()

    first, second = issues(jira)
    assert [len(first.attachments), len(second.attachments)] == [1, 1]


def test_told_client_closes_the_issue_there_too(jira, site):
    ticket = handed_over()
    worker()
    by = ticket.responsible
    actions.resolve_ticket(ticket=ticket, solution="Korras.", by=by, at=timezone.now())
    jira.faults.drop(done=True, method="POST", path="/transitions")

    actions.deliver_solution(
        ticket=ticket,
        version=fresh(ticket).version,
        channel="phone",
        text="Ütlesin.",
        by=by,
        at=timezone.now(),
    )
    worker()

    assert fresh(ticket).state == "closed"
    assert issues(jira)[0].status.category == "done"
    assert not JiraCall.objects.exclude(state="done").exists()


def test_another_group_leaves_jira_and_closes_the_issue(jira, site):
    ticket = handed_over(facts={**IT_FACTS, "place": "Ravila"})
    worker()

    actions.regroup_ticket(
        ticket=ticket,
        version=fresh(ticket).version,
        group=TicketGroup.objects.get(code="VALDKOND"),
        reason="ei ole IT",
        by=ticket.responsible,
        at=timezone.now(),
    )
    worker()

    ticket = fresh(ticket)
    assert (ticket.link_state, ticket.jira) == ("none", None)
    assert issues(jira)[0].status.category == "done"


def test_each_call_of_a_sweep_is_taken_at_its_own_moment(jira, site):
    at = timezone.now()
    for _ in range(2):
        handed_over(at)
    JiraCall.objects.exclude(kind="create").delete()

    actions.sweep_jira_calls(at=at)

    first, second = JiraCall.objects.order_by("pk").values_list("done_at", flat=True)
    assert at <= first < second


def test_issue_whose_making_lost_its_answer_is_closed_when_another_group_goes_on(jira, site):
    jira.faults.drop(done=True, method="POST", path="/issue")
    ticket = handed_over(facts={**IT_FACTS, "place": "Ravila"})
    worker(times=1)
    assert fresh(ticket).link_state == "queued"

    actions.regroup_ticket(
        ticket=ticket,
        version=fresh(ticket).version,
        group=TicketGroup.objects.get(code="VALDKOND"),
        reason="ei ole IT",
        by=ticket.responsible,
        at=timezone.now(),
    )
    worker()

    (issue,) = issues(jira)
    assert issue.status.category == "done"
    assert (fresh(ticket).link_state, fresh(ticket).jira) == ("none", None)


def test_issue_that_was_never_made_is_not_made_for_a_group_that_has_left_it(jira, site):
    jira.faults.drop(done=False, method="POST", path="/issue")
    ticket = handed_over(facts={**IT_FACTS, "place": "Ravila"})
    worker(times=1)

    actions.regroup_ticket(
        ticket=ticket,
        version=fresh(ticket).version,
        group=TicketGroup.objects.get(code="VALDKOND"),
        reason="ei ole IT",
        by=ticket.responsible,
        at=timezone.now(),
    )
    worker()

    assert issues(jira) == []
    assert not JiraCall.objects.filter(state="owed").exists()
