"""Links between tickets on their pages: who sees them, who sets them, and what a refusal keeps."""

import datetime as dt

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import MONDAY_TEN
from tests.factories.tickets import TicketFactory, raised, resolved, solver_of
from tests.htmx import soup
from tests.tickets.pages import address, posted, shown, state_of
from tickets import actions
from tickets.models import Ticket, TicketGroup, TicketMerge, TicketRelation

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def english(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def linked(page):
    return [one.get_text(" ", strip=True) for one in page.select(".linked li .l1 b")]


def make_part(ticket, whole):
    return actions.make_part_of(
        ticket=ticket, whole=whole, version=Ticket.objects.get(pk=ticket.pk).version,
        by=ticket.responsible, at=MONDAY_TEN,
    )  # fmt: skip


def merge(ticket, into):
    return actions.merge_tickets(
        ticket=ticket, into=into, version=Ticket.objects.get(pk=ticket.pk).version,
        reason="sama viga", by=ticket.responsible, at=MONDAY_TEN + HOUR,
    )  # fmt: skip


@pytest.mark.parametrize(
    "typed", ["KLT-{year}-{number:06d}", "klt {year} {number}", "{number}", "#{number}", "KLT-{number:06d}"]
)  # fmt: skip
def test_number_is_understood_as_people_type_it(client, specialist, typed):
    ticket, other = raised(responsible=specialist), raised(responsible=specialist)
    _prefix, year, number = other.number.split("-")

    answer = posted(
        client, "link", ticket, kind="duplicate",
        other=typed.format(year=year, number=int(number)),
    )  # fmt: skip

    assert answer.status_code == 302
    assert TicketRelation.objects.get().other == other
    assert linked(shown(client, ticket)) == ["Duplicate of"]
    assert linked(shown(client, other)) == ["Its duplicate"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [("999999", "has the number or the words"), ("zzzzz", "has the number"), ("{own}", "itself")],
)
def test_bad_number_is_said_at_its_field_and_what_was_typed_stays(client, specialist, typed, words):
    ticket = raised(responsible=specialist)
    typed = typed.format(own=ticket.number)

    answer = posted(client, "link", ticket, kind="related", other=typed)

    page = soup(answer)
    assert answer.status_code == 422
    assert page.select_one("#id_other")["value"] == typed
    assert words in page.select_one("#id_other").find_parent(class_="field").get_text()


def test_words_find_tickets_and_one_is_chosen(client, specialist):
    ticket = raised(responsible=specialist)
    other = raised(responsible=specialist, summary="Jahipiirkonna kaart ei avane")

    answer = posted(client, "link", ticket, kind="related", other="jahipiirkonna kaardid")

    [choice] = soup(answer).select(".matches button")
    assert (answer.status_code, choice["value"]) == (422, other.number)
    posted(client, "link", ticket, kind="related", other=["jahipiirkonna", choice["value"]])
    assert TicketRelation.objects.get().other == other


def test_ticket_of_a_colleague_is_not_linked_and_the_page_says_whose_it_is(client, specialist):
    ticket, other = raised(responsible=specialist), raised()

    answer = posted(client, "link", ticket, kind="related", other=other.number)

    assert answer.status_code == 422
    assert str(other.responsible) in soup(answer).select_one("#error-summary").get_text()
    assert posted(client, "link", other, kind="related", other=ticket.number).status_code == 403
    assert not TicketRelation.objects.exists()


def test_parts_are_made_from_either_side_and_taken_out(client, specialist):
    ticket, whole, third = (raised(responsible=specialist) for _number in range(3))

    posted(client, "link", ticket, kind="part", other=whole.number)
    posted(client, "link", whole, kind="whole", other=third.number)
    assert linked(shown(client, whole)) == ["Its part", "Its part"]
    assert linked(shown(client, ticket)) == ["Part of"]
    assert posted(client, "link", whole, kind="part", other=third.number).status_code == 422

    posted(client, "unlink", whole, ticket.pk, kind="part")
    posted(client, "unlink", third, whole.pk, kind="whole")
    assert not Ticket.objects.exclude(parent=None).exists()


def test_stale_page_links_nothing_and_keeps_what_was_typed(client, specialist):
    ticket, other = raised(responsible=specialist), raised(responsible=specialist)

    answer = client.post(
        address("link", ticket), {"version": 99, "kind": "related", "other": other.number}
    )

    assert answer.status_code == 422
    assert soup(answer).select_one("#id_other")["value"] == other.number
    assert not TicketRelation.objects.exists()


def test_tier_two_reads_links_to_what_it_may_see_and_sets_none(client):
    ticket, seen = raised(), raised()
    hidden = raised(
        group=TicketGroup.objects.get(code="LOAHALDUR"), facts={"permit_number": "KL-512345"}
    )
    draft = TicketFactory()
    for other in (seen, hidden):
        actions.relate_tickets(
            ticket=ticket, other=other, kind="related", by=ticket.responsible, at=MONDAY_TEN,
            version=Ticket.objects.get(pk=ticket.pk).version,
        )  # fmt: skip
    make_part(draft, ticket)
    client.force_login(solver_of(ticket.group))

    page = shown(client, ticket)

    assert [one.get_text() for one in page.select(".linked a")] == [seen.number]
    assert page.select(".linked form, .link-form") == []
    for step in ("link", "merge", "undo_merge", "split"):
        assert posted(client, step, ticket).status_code == 403
    assert posted(client, "unlink", ticket, seen.pk).status_code == 403


def test_merged_ticket_says_where_it_went_and_the_other_shows_what_was_said(client, specialist):
    person = ClientFactory()
    ticket, into = (raised(responsible=specialist, client=person) for _number in range(2))
    file = SimpleUploadedFile("pilt.txt", b"Lukus\n")
    posted(client, "note", ticket, text="Klient helistas kaks korda", file=file)
    stored = ticket.comments.get().files.get()
    assert client.get(address("file", into, stored.pk)).status_code == 404

    posted(client, "merge", ticket, other=into.number, reason="sama viga")
    assert b"".join(client.get(address("file", into, stored.pk))) == b"Lukus\n"

    page = shown(client, ticket)
    assert into.number in page.select_one(".standing").get_text()
    assert page.select_one(".turn b").get_text() == f"It goes on in {into.number}"
    said = shown(client, into).select_one("#said").get_text()
    assert "Klient helistas kaks korda" in said
    assert ticket.number in said

    posted(client, "undo_merge", ticket, reason="eksitus")
    assert state_of(ticket) == "raised"
    assert "Klient helistas" not in shown(client, into).select_one("#said").get_text()


def test_merge_with_a_ticket_that_a_colleague_has_now_is_undone_by_whoever_may_change_both(
    client, specialist
):
    ticket, into = raised(responsible=specialist), raised(responsible=specialist)
    merge(ticket, into)
    Ticket.objects.filter(pk=into.pk).update(responsible=UserFactory(role="specialist"))

    assert shown(client, ticket).select("a[href$='undo-merge/']") == []
    assert posted(client, "undo_merge", ticket, reason="eksitus").status_code == 403
    client.force_login(UserFactory(role="coordinator"))
    posted(client, "undo_merge", ticket, reason="eksitus")

    assert state_of(ticket) == "raised"


def test_tickets_of_two_clients_are_offered_as_part_of_each_other(client, specialist):
    ticket, into = (raised(responsible=specialist, client=ClientFactory()) for _number in range(2))

    answer = posted(client, "merge", ticket, other=into.number, reason="sama viga")

    assert answer.status_code == 422
    [way] = soup(answer).select("main a[href*='kind=part']")
    form = client.get(way["href"]).context["form"]
    assert (form["kind"].value(), form["other"].value()) == ("part", into.number)
    assert not TicketMerge.objects.exists()


def test_undoing_is_not_offered_once_the_other_is_closed_and_says_why(client, specialist):
    ticket, into = raised(responsible=specialist), resolved(responsible=specialist)
    merge(ticket, into)
    posted(client, "deliver", into, channel="phone", text="Ütlesin.", closes="yes")

    assert shown(client, ticket).select("a[href$='undo-merge/']") == []
    answer = posted(client, "undo_merge", ticket, reason="eksitus")
    assert answer.status_code == 422
    assert "the client was told of both together" in soup(answer).select_one("#error-summary").text


def test_delivery_asks_about_each_part_and_names_those_of_others(client, specialist):
    whole = resolved(responsible=specialist)
    mine, others = raised(responsible=specialist), raised()
    make_part(mine, whole)
    make_part(others, whole)

    page = soup(client.get(address("deliver", whole)))
    assert len(page.select(f"input[name=part_{mine.pk}]")) == 3
    assert page.select(f"input[name=part_{others.pk}]") == []
    assert others.number in page.get_text()
    assert str(others.responsible) in page.get_text()

    words = {"channel": "phone", "text": "Ütlesin.", "closes": "yes"}
    assert posted(client, "deliver", whole, **words).status_code == 422
    posted(client, "deliver", whole, **words, **{f"part_{mine.pk}": "told"})

    assert [state_of(one) for one in (whole, mine, others)] == ["closed", "closed", "raised"]


def test_closing_with_open_parts_leads_to_a_page_that_asks(client, specialist):
    whole, part = resolved(responsible=specialist), raised(responsible=specialist)
    posted(client, "deliver", whole, channel="phone", text="Ütlesin.", closes="no")
    make_part(part, whole)

    assert posted(client, "close", whole).url == address("close", whole)
    page = soup(client.get(address("close", whole)))
    assert page.select_one("input[name=asked]")
    posted(client, "close", whole, asked="parts", **{f"part_{part.pk}": "leave"})

    assert [state_of(one) for one in (whole, part)] == ["closed", "raised"]


def test_split_page_carries_chosen_words_into_a_draft(client, specialist):
    ticket = raised(
        responsible=specialist, description="Read kaovad ekraanilt.\n\nEksport ei tööta."
    )
    posted(client, "note", ticket, text="ainult meile")
    posted(client, "to_tier2", ticket, text="Eksport annab tühja faili.")

    page = soup(client.get(address("split", ticket)))
    boxes = {one["name"]: one for one in page.select("form input[type=checkbox]")}
    assert "ainult meile" not in page.select_one("main form").get_text()
    answer = posted(
        client, "split", ticket, key=page.select_one("[name=key]")["value"], points=["1"],
        comments=[boxes["comments"]["value"]], link="split",
    )  # fmt: skip

    draft = Ticket.objects.get(state="draft")
    assert answer.url == reverse("tickets:write", args=[draft.key])
    assert draft.description == "Eksport ei tööta.\n\nEksport annab tühja faili."
    assert linked(shown(client, ticket)) == ["Split off from it"]
    assert posted(client, "split", ticket, key="x").status_code == 422


@pytest.mark.parametrize("count", [1, 4])
def test_page_asks_as_few_questions_with_many_links_as_with_one(client, specialist, count):
    person = ClientFactory()
    ticket = raised(responsible=specialist, client=person)
    for number in range(count):
        make_part(raised(responsible=specialist), ticket)
        merge(raised(responsible=specialist, client=person), ticket)
        actions.relate_tickets(
            ticket=ticket, other=raised(responsible=specialist), kind="related", by=specialist,
            version=Ticket.objects.get(pk=ticket.pk).version, at=MONDAY_TEN,
        )  # fmt: skip
        for _word in range(200 // count):
            actions.comment_on_ticket(
                ticket=ticket, kind="internal", text=f"Märkus {number}", by=specialist,
                at=MONDAY_TEN,
            )  # fmt: skip

    with CaptureQueriesContext(connection) as asked:
        page = client.get(address("ticket", ticket))

    assert len(page.context["linked"]) == 3 * count
    assert len(asked) <= 15, "\n".join(one["sql"][:150] for one in asked)


def test_split_names_words_with_the_client_as_what_they_are(client, specialist):
    ticket = raised(responsible=specialist)
    actions.comment_on_ticket(
        ticket=ticket, kind="tier2", text="Lisan pildi", by=specialist, at=MONDAY_TEN
    )
    asked = {"text": "Tere, proua Hundikuusk!", "by_mail": False}
    actions.ask_client(ticket=ticket, **asked, by=specialist, at=MONDAY_TEN)

    page = soup(client.get(address("split", ticket))).get_text(" ", strip=True)

    assert f"To the client · {specialist.get_full_name()} · Tere, proua Hundikuusk!" in page
    assert f"To the client · {specialist.get_full_name()} · Lisan pildi" not in page
