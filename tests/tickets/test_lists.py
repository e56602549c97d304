"""Work lists of tickets: whose they are, what they count, and what they cost."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import arrange_substitution
from accounts.models import AccessEntry
from inquiries.models import SavedView
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import SavedViewFactory
from tests.factories.tickets import TicketFactory, raised, resolved, solver_of
from tests.htmx import soup, swapped
from tickets import actions
from tickets.models import Ticket, TicketGroup
from tickets.queries import WORK_LISTS, count_lists, work_lists_of

pytestmark = pytest.mark.django_db
LIST = reverse("tickets:list")
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def numbers(answer):
    return [line.number for line in answer.context["lines"]]


def shown(client, code, **more):
    return numbers(client.get(LIST, {"list": code, **more}))


def asked(ticket, *, at):
    return actions.ask_about_ticket(
        ticket=ticket, text="Mis brauser?", by=solver_of(ticket.group), at=at
    )


def sent_back(ticket, *, at):
    return actions.send_ticket_back(
        ticket=ticket, reason="ei ole meie oma", by=solver_of(ticket.group), at=at
    )


def world(me, at):
    """One ticket of each situation of mine, and one of a colleague."""
    group = TicketGroup.objects.get(code="IT")
    mine = {
        "raised": raised(responsible=me, at=at),
        "asks": asked(raised(responsible=me, at=at), at=at + HOUR),
        "back": sent_back(raised(responsible=me, at=at), at=at + 2 * HOUR),
        "resolved": resolved(responsible=me, at=at),
        "draft": TicketFactory(responsible=me, started_at=at),
    }
    return mine | {"other": raised(at=at), "others_draft": TicketFactory(started_at=at), "group": group}  # fmt: skip


def test_specialist_sees_each_ticket_on_the_lists_it_belongs_to(client, specialist):
    at = timezone.now() - dt.timedelta(days=10)
    of = world(specialist, at)

    assert shown(client, "mine") == [
        of[name].number for name in ("raised", "asks", "resolved", "back")
    ]
    assert shown(client, "moved") == [of[name].number for name in ("asks", "resolved", "back")]
    assert shown(client, "asks") == [of[name].number for name in ("asks", "back")]
    assert shown(client, "deliver") == [of["resolved"].number]
    assert shown(client, "silent") == [of["raised"].number]
    assert len(shown(client, "drafts")) == 1
    assert set(shown(client, "all")) == {
        of[name].number for name in ("raised", "asks", "back", "resolved", "other")
    }


def test_draft_that_was_thrown_away_stands_on_no_list(client, specialist):
    draft = TicketFactory(responsible=specialist)
    actions.cancel_ticket(ticket=draft, version=1, reason="", by=specialist, at=timezone.now())

    assert [shown(client, code) for code in ("all", "drafts", "mine")] == [[], [], []]


def test_first_list_is_the_one_that_moved(client, specialist):
    ticket = resolved(responsible=specialist)
    raised(responsible=specialist)

    answer = client.get(LIST)

    assert answer.context["current"].code == "moved"
    assert numbers(answer) == [ticket.number]
    assert soup(answer).select_one("tbody tr .moved").text.strip()  # a dot, and a word


def test_what_moved_is_news_no_more_once_it_was_looked_at(client, specialist):
    ticket = resolved(responsible=specialist)

    actions.see_ticket(ticket=ticket, by=specialist, at=timezone.now())

    assert shown(client, "moved") == []
    assert shown(client, "deliver") == [ticket.number]


def test_solver_sees_the_own_groups_tickets_alone_and_never_a_draft(client):
    ticket, taken = raised(), raised()
    elsewhere = raised()
    Ticket.objects.filter(pk=elsewhere.pk).update(group=TicketGroup.objects.get(code="VALDKOND"))
    draft = TicketFactory()
    solver = solver_of(ticket.group)
    actions.assign_ticket(ticket=taken, to=solver, by=solver, at=timezone.now())
    client.force_login(solver)

    assert shown(client, "new") == [ticket.number]
    assert shown(client, "assigned") == [taken.number]
    assert shown(client, "group") == [ticket.number, taken.number]
    assert set(shown(client, "all")) == {ticket.number, taken.number}
    assert shown(client, "mine") == [ticket.number]  # not a solver's list: the first that is
    assert draft.pk not in {line.pk for line in client.get(LIST, {"list": "all"}).context["lines"]}


def test_coordinator_sees_what_is_overdue_and_what_jira_did_not_take(client):
    late, in_trouble, fine = raised(), raised(), raised(at=timezone.now())
    Ticket.objects.filter(pk=late.pk).update(due_at=timezone.now() - HOUR)
    Ticket.objects.exclude(pk=late.pk).update(due_at=timezone.now() + HOUR)
    Ticket.objects.filter(pk=in_trouble.pk).update(link_state="failed")
    client.force_login(UserFactory(role="coordinator"))

    assert shown(client, "overdue") == [late.number]
    assert shown(client, "trouble") == [in_trouble.number]
    assert fine.number in shown(client, "all")
    page = client.get(LIST, {"list": "overdue"})
    assert page.context["lines"][0].due.is_over
    assert soup(page).select_one("tbody tr .pill-bad").text.strip()


def test_substitute_sees_the_colleagues_tickets_among_the_own(client, specialist):
    colleague = UserFactory(role="specialist")
    ticket = resolved(responsible=colleague)
    today = timezone.localdate()
    arrange_substitution(
        substitute=specialist,
        substituted=colleague,
        roles=["specialist"],
        starts_on=today,
        ends_on=today,
        by=None,
        at=timezone.now(),
    )

    assert shown(client, "deliver") == [ticket.number]


@pytest.mark.parametrize(
    "role", ["specialist", "coordinator", "head_of_customer_service", "solver"]
)
def test_every_tab_counts_the_rows_behind_it(client, role):
    me = UserFactory(role=role)
    of = world(me, timezone.now() - dt.timedelta(days=10))
    of["group"].members.add(me)
    actions.watch_tickets(tickets=[of["other"]], by=me)
    actions.give_word(
        ticket=of["other"], text="Uurime.", by=solver_of(of["group"]), at=timezone.now()
    )
    Ticket.objects.filter(pk=of["raised"].pk).update(link_state="failed", assignee=me)
    client.force_login(me)

    counts = count_lists(me, timezone.now())

    offered = {one.code for one in work_lists_of(me)}
    assert counts.keys() == offered - {"all"}
    assert counts == {code: len(shown(client, code)) for code in counts}
    assert counts["watched"] == 1
    tabs = {tab.code: tab.count for tab in client.get(LIST).context["tabs"]}
    assert {code: tabs[code] for code in counts} == {
        code: str(count) for code, count in counts.items()
    }


def test_each_list_is_somebodys():
    roles = ["specialist", "coordinator", "solver"]
    offered = {one.code for role in roles for one in work_lists_of(UserFactory(role=role))}

    assert offered == {one.code for one in WORK_LISTS}


@pytest.mark.parametrize("role", ["head_of_department", "unit_head", "counter", "auditor", "registrar"])  # fmt: skip
def test_lists_are_closed_to_those_who_have_nothing_to_do_with_tickets(client, role):
    client.force_login(UserFactory(role=role))

    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize("count", [1, 3, 60])
@pytest.mark.parametrize("role", ["specialist", "coordinator", "solver"])
def test_the_list_costs_the_same_for_any_length(client, role, count, django_assert_max_num_queries):
    me = UserFactory(role=role)
    first = raised(responsible=me)
    first.group.members.add(me)
    Ticket.objects.bulk_create(
        Ticket(
            responsible=me, group=first.group, topic=first.topic, state="raised", summary="Viga",
            number=f"KLT-2020-{number:06d}", raised_at=first.raised_at, started_at=first.started_at,
            state_since=first.started_at, moved_at=first.started_at, seen_at=first.started_at,
        )
        for number in range(count - 1)
    )  # fmt: skip
    client.force_login(me)
    code = "group" if role == "solver" else "mine"
    client.get(LIST, {"list": code})

    with django_assert_max_num_queries(10):
        answer = client.get(LIST, {"list": code})

    assert len(answer.context["lines"]) == min(count, 50)
    assert answer.context["count"] == count


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("state", "resolved"),
        ("group", lambda ticket: ticket.group_id),
        ("responsible", lambda ticket: ticket.responsible_id),
        ("assignee", lambda ticket: ticket.assignee_id),
        ("topic", lambda ticket: ticket.topic_id),
        ("topic", lambda ticket: ticket.topic.parent_id),
        ("urgency", "high"),
        ("period", "30"),
    ],
)
def test_filter_lets_through_what_fits_it_alone(client, specialist, name, value):
    ticket = resolved()
    solver = solver_of(ticket.group)
    Ticket.objects.filter(pk=ticket.pk).update(
        assignee=solver, urgency="high", started_at=timezone.now()
    )
    ticket.refresh_from_db()
    other = raised()
    Ticket.objects.filter(pk=other.pk).update(
        group=TicketGroup.objects.get(code="VALDKOND"),
        started_at=timezone.now() - dt.timedelta(days=40),
    )
    chosen = value(ticket) if callable(value) else value

    answer = client.get(LIST, {"list": "all", name: chosen})

    assert numbers(answer) == [ticket.number]
    assert [chip.label for chip in answer.context["chips"]] != []


def test_search_by_words_and_by_number_keeps_the_text_out_of_the_address(client, specialist):
    ticket = raised(description="Klient ei leia loataotluse eelnõu, ekraan jääb valgeks.")
    other = raised()

    words = client.post(reverse("tickets:search"), {"list": "all", "text": "eelnõud"})
    number = client.post(reverse("tickets:search"), {"list": "all", "text": other.number.lower()})

    assert "eeln" not in words.url
    assert numbers(client.get(words.url)) == [ticket.number]
    assert numbers(client.get(number.url)) == [other.number]
    assert AccessEntry.objects.filter(what="ticket.search").count() == 2


def test_filter_that_is_not_understood_is_said_and_lets_everything_through(client, specialist):
    ticket = raised()

    answer = client.get(LIST, {"list": "all", "group": "nonsense"})

    assert numbers(answer) == [ticket.number]
    assert len(answer.context["messages"]) == 1


def test_a_long_list_is_paged_and_the_swap_is_the_page(client, specialist, monkeypatch):
    monkeypatch.setattr("tickets.views.lists.PAGE_SIZE", 2)
    tickets = [raised(responsible=specialist) for _ in range(3)]
    first = soup(client.get(LIST, {"list": "mine"}))
    following = first.select_one("a[rel=next]")["href"]

    swap = soup(client.get(following, headers={"HX-Request": "true"}))
    fresh = soup(client.get(following))

    for page in (first, swap, fresh):
        for token in page.select("[name=csrfmiddlewaretoken], .pager"):
            token.decompose()
    played = swapped(first, swap, target="#results")
    assert played.select_one("#results").prettify() == fresh.select_one("#results").prettify()
    assert [row.a.text for row in fresh.select("tbody tr")] == [tickets[2].number]


def test_view_is_saved_under_a_name_shared_and_deleted_by_its_owner_alone(client, specialist):
    raised()
    save = reverse("tickets:save_view") + "?list=all&state=resolved"

    answer = client.post(save, {"name": "Lahendatud", "is_shared": "on"})

    view = SavedView.objects.get()
    assert (view.of_list, view.filters) == ("tickets", {"list": "all", "state": "resolved"})
    assert client.get(answer.url).context["current"].code == "all"
    colleague = UserFactory(role="solver")
    client.force_login(colleague)
    assert "Lahendatud" in client.get(LIST).content.decode()
    assert client.post(reverse("tickets:delete_view", args=[view.key])).status_code == 404
    client.force_login(specialist)
    client.post(reverse("tickets:delete_view", args=[view.key]))
    assert not SavedView.objects.exists()


def test_views_of_one_list_do_not_stand_among_those_of_another(client, specialist):
    SavedViewFactory(owner=specialist, name="Veebruari kirjad", of_list="inquiries")
    SavedViewFactory(owner=specialist, name="Veebruari tõrked", of_list="tickets")

    tickets = client.get(LIST).content.decode()
    inquiries = client.get(reverse("inquiries:list")).content.decode()

    assert ("Veebruari tõrked" in tickets, "Veebruari kirjad" in tickets) == (True, False)
    assert ("Veebruari kirjad" in inquiries, "Veebruari tõrked" in inquiries) == (True, False)


def test_view_without_a_name_is_refused_at_its_field(client, specialist):
    answer = client.post(reverse("tickets:save_view"), {"name": ""})

    assert answer.status_code == 422
    assert answer.context["save_form"].errors.keys() == {"name"}
