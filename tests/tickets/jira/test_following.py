"""What tier II does in Jira comes to us: each once, in any order, and never more than it means."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.tickets.jira.outbox import fresh, handed_over, issues, jira_site, said, worker
from tickets import actions
from tickets.models import JiraLink, JiraProject, JiraSite, Ticket, TicketComment, TicketWords
from tickets.queries import holding_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(jira, settings):
    settings.JIRA_SEARCH_LAG_SECONDS = 0
    return jira_site(jira)


@pytest.fixture
def linked(jira, site):
    ticket = handed_over()
    worker()
    return fresh(ticket)


def reconcile():
    JiraSite.objects.update(tried_at=None)
    return actions.reconcile_jira(at=timezone.now())


def test_solution_there_means_client_to_be_told_here(jira, linked):
    (issue,) = issues(jira)
    jira.assign(issue.id, jira.mart)
    jira.comment(issue.id, "Lukustus maha võetud.", by=jira.mart)
    jira.set_status(issue.id, "Done", by=jira.mart, resolution="Done")

    reconcile()

    ticket = fresh(linked)
    assert ticket.state == "resolved"
    assert ticket.solution == "Lukustus maha võetud."
    assert ticket.jira.assignee_name == jira.mart.display
    assert ticket.responsible == linked.responsible


def test_looking_again_changes_nothing(jira, linked):
    jira.comment(issues(jira)[0].id, "Uurime.", by=jira.mart)
    reconcile()

    assert reconcile() == 0
    assert TicketComment.objects.count() == 1


def test_our_own_words_do_not_come_back(jira, linked):
    actions.comment_on_ticket(
        ticket=linked, kind="tier2", text="Kas uurite?", by=linked.responsible, at=timezone.now()
    )
    worker()
    JiraSite.objects.update(own_identity="")  # known by the mark alone

    reconcile()

    assert TicketComment.objects.count() == 1


def test_our_words_pasted_under_theirs_are_theirs(jira, linked):
    actions.comment_on_ticket(
        ticket=linked, kind="tier2", text="Kas uurite?", by=linked.responsible, at=timezone.now()
    )
    worker()
    (issue,) = issues(jira)
    ours = said(issue.comments[0].text)
    jira.comment(issue.id, f"Vastuseks teile: jah.\n\n{ours}", by=jira.mart)

    for own_identity in (JiraSite.objects.get().own_identity, ""):
        TicketComment.objects.filter(source="jira").delete()
        linked.jira_links.update(updated_at=None)
        JiraSite.objects.update(own_identity=own_identity)
        reconcile()
        theirs = TicketComment.objects.get(source="jira")
        assert theirs.text.startswith("Vastuseks teile: jah.")


def test_word_changed_there_reads_here_as_it_does_there(jira, linked):
    (issue,) = issues(jira)
    word = jira.comment(issue.id, "Lukustus on maas.", by=jira.mart)
    jira.set_status(issue.id, "Done", by=jira.mart, resolution="Done")
    reconcile()
    assert fresh(linked).solution == "Lukustus on maas."

    jira.edit_comment(issue.id, word.id, "Lukustus on maas alates kella 11.", by=jira.mart)
    reconcile()
    reconcile()

    comment = TicketComment.objects.get()
    assert comment.text == "Lukustus on maas alates kella 11."
    assert comment.changed_at is not None
    assert fresh(linked).solution == comment.text
    assert linked.events.filter(what="comment_changed").count() == 1


def test_words_that_tier_two_keeps_for_itself_stay_there(jira, linked):
    role = {"type": "role", "value": "Administrators"}
    jira.comment(issues(jira)[0].id, "ainult meile", by=jira.mart, visibility=role)

    reconcile()

    assert not TicketComment.objects.exists()


def test_moved_issue_keeps_its_ticket(jira, linked):
    issue = issues(jira)[0]
    jira.move(issue.id, next(key for key in jira.projects if key != "KLT"))
    jira.comment(issue.id, "Võtsime enda alla.", by=jira.mart)
    linked.jira_links.update(looked_at=timezone.now() - dt.timedelta(days=2))

    reconcile()

    assert fresh(linked).jira.issue_key == jira.find(issue.id).key
    assert TicketComment.objects.get().text == "Võtsime enda alla."


def test_issue_that_is_gone_is_seen_and_the_ticket_stays(jira, linked):
    jira.delete(issues(jira)[0].id)
    linked.jira_links.update(looked_at=timezone.now() - dt.timedelta(days=2))

    reconcile()

    assert (fresh(linked).state, fresh(linked).link_state) == ("raised", "forbidden")


def test_unknown_status_breaks_nothing(jira, linked):
    jira.add_status("Ootab hanget", "new")
    jira.set_status(issues(jira)[0].id, "Ootab hanget", by=jira.mart)

    reconcile()

    assert fresh(linked).state == "raised"
    assert fresh(linked).jira.status == "Ootab hanget"


def test_status_that_stands_still_undoes_nothing_that_was_decided_here(jira, linked):
    JiraProject.objects.update(status_map={"Ootab infot": "needs_info"})
    jira.add_status("Ootab infot", "indeterminate")
    (issue,) = issues(jira)
    jira.comment(issue.id, "Mis kuupäeval?", by=jira.mart)
    jira.set_status(issue.id, "Ootab infot", by=jira.mart)
    reconcile()
    assert fresh(linked).state == "needs_info"

    actions.answer_tier2(
        ticket=fresh(linked), text="Täna.", by=linked.responsible, at=timezone.now()
    )
    worker()  # our own word there makes the issue a changed one
    reconcile()

    assert fresh(linked).state == "in_progress"


def test_solution_that_came_by_link_is_not_undone_by_an_issue_that_stands_still(jira, linked):
    (issue,) = issues(jira)
    jira.set_status(issue.id, "In Progress", by=jira.mart)
    reconcile()
    actions.resolve_ticket(
        ticket=linked, solution="Tehtud.", by=None, author_name="Jüri", at=timezone.now()
    )
    jira.assign(issue.id, jira.mart)

    reconcile()

    assert (fresh(linked).state, fresh(linked).reopened) == ("resolved", 0)


def test_question_that_is_asked_again_in_the_same_status_is_a_question(jira, linked):
    JiraProject.objects.update(status_map={"Ootab infot": "needs_info"})
    jira.add_status("Ootab infot", "indeterminate")
    (issue,) = issues(jira)
    jira.set_status(issue.id, "Ootab infot", by=jira.mart)
    reconcile()
    actions.answer_tier2(
        ticket=fresh(linked), text="Täna.", by=linked.responsible, at=timezone.now()
    )
    worker()

    jira.comment(issue.id, "Ja mis kell?", by=jira.mart)
    reconcile()

    assert fresh(linked).state == "needs_info"


def test_long_names_there_are_cut_to_what_we_hold(jira, linked):
    (issue,) = issues(jira)
    long = "Ä" * 250
    jira.add_status(long, "indeterminate")
    jira.set_status(issue.id, long, by=jira.mart)

    reconcile()

    link = fresh(linked).jira
    assert len(link.status) <= link._meta.get_field("status").max_length
    assert fresh(linked).state == "in_progress"


def test_issue_that_cannot_be_read_keeps_nobody_from_the_others(jira, linked, site):
    other = handed_over()
    worker()
    solved, broken = fresh(linked).jira.issue_id, fresh(other).jira.issue_id
    jira.set_status(solved, "Done", by=jira.mart, resolution="Done")
    jira.assign(broken, jira.mart)  # the latest change stands first
    jira.faults.answer({}, method="GET", path=f"/{broken}/comment", times=9)

    reconcile()

    assert fresh(linked).state == "resolved"
    site.refresh_from_db()
    assert site.problem
    assert site.reconciled_at is not None  # the pass is done, and the one is asked for anew

    jira.faults.clear()
    JiraSite.objects.update(reconciled_at=timezone.now() + dt.timedelta(hours=3))
    reconcile()
    site.refresh_from_db()
    assert site.problem == ""
    assert fresh(other).jira.assignee_name == jira.mart.display


def handed_over_to(jira, count):
    tickets = [handed_over() for _ in range(count)]
    worker()
    reconcile()
    for issue in issues(jira):  # a week later
        issue.updated -= dt.timedelta(days=7)
        jira.reindex(issue)
    JiraLink.objects.update(looked_at=timezone.now() - dt.timedelta(days=2))
    return tickets


@pytest.mark.parametrize("count", [1, 3])
def test_looking_at_those_that_did_not_change_costs_the_same_for_any_number(
    jira, site, django_assert_num_queries, count
):
    tickets = handed_over_to(jira, count)
    JiraSite.objects.update(tried_at=None, reconciled_at=timezone.now() + dt.timedelta(hours=2))
    before = len(jira.asked)

    with django_assert_num_queries(7):
        assert actions.reconcile_jira(at=timezone.now()) == 0

    assert len(jira.asked) - before == 2  # what changed, and those that were forgotten
    assert all(
        fresh(one).jira.looked_at > timezone.now() - dt.timedelta(hours=1) for one in tickets
    )


def test_issue_that_was_deleted_is_missed_among_those_that_did_not_change(jira, site):
    gone, there = handed_over_to(jira, 2)
    jira.delete(fresh(gone).jira.issue_id)

    reconcile()

    assert (fresh(gone).link_state, fresh(there).link_state) == ("forbidden", "linked")


@pytest.mark.parametrize("count", [1, 3])
def test_words_of_one_issue_are_kept_once_however_many_were_said(
    jira, linked, django_assert_max_num_queries, count
):
    for number in range(count):
        jira.comment(issues(jira)[0].id, f"Uurime {number}.", by=jira.mart)
    JiraSite.objects.update(tried_at=None)

    with django_assert_max_num_queries(28 + 3 * count):
        actions.reconcile_jira(at=timezone.now())

    assert TicketComment.objects.count() == count
    wanted = {"kind": "tier2", "is_incoming": True}
    assert set(TicketComment.objects.filter(**wanted).values_list("ticket", flat=True)) == {
        linked.pk
    }
    assert TicketWords.objects.get(ticket=linked)
    assert holding_words(Ticket.objects.all(), "uurima", by=linked.responsible).exists()
