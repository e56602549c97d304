"""Canned replies: what may be said in braces, whose they are, and what a form is offered."""

import pytest
from django.conf import settings
from django.urls import reverse

from common.models import StaleSave
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import MONDAY_TEN
from tests.factories.knowledge import TopicFactory
from tests.factories.tickets import group_named, raised, resolved
from tests.htmx import soup
from tickets import actions
from tickets.choices import ReplyPurpose
from tickets.models import CannedReply, Ticket
from tickets.queries import replies_for
from tickets.reply_words import NameNotKnown, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    CannedReply.objects.all().delete()


def login(client, role="specialist"):
    user = UserFactory(role=role)
    client.force_login(user)
    return user


def reply(name="Vastus", **fields):
    return CannedReply.objects.create(
        **{"name": name, "purpose": "delivery", "text": "Tere", **fields}
    )


def values(**fields):
    return {"name": "Vastus", "purpose": "client", "language": "et", "text": "Tere", **fields}


def address(name, ticket):
    return reverse(f"tickets:{name}", args=[ticket.pk])


def test_names_are_filled_in_and_what_is_not_known_is_a_gap():
    ticket = raised(client=ClientFactory(name="Mari Mets"))
    writer = ticket.responsible

    told = words_of(reply(text="{number}: {client}, {topic}. {sender}"), ticket, by=writer)
    ticket.client = ticket.topic = None

    assert told == f"{ticket.number}: Mari Mets, {Ticket.objects.get().topic.name_et}. {writer}"
    assert words_of(reply(text="{client}!"), ticket, by=writer) == "…!"


@pytest.mark.parametrize("text", ["{klient}", "{Client}", "{client", "a } b", "{}", "{ client }"])
def test_what_nothing_stands_for_is_refused(text):
    with pytest.raises(NameNotKnown):
        actions.write_reply(
            reply=CannedReply(), version=1, values=values(text=text), by=UserFactory(),
            at=MONDAY_TEN,
        )  # fmt: skip

    assert not CannedReply.objects.exists()


@pytest.mark.parametrize("name", ["{client}", "{salutation}"])
def test_the_client_is_not_named_where_tier_two_reads(name):
    with pytest.raises(NameNotKnown):
        actions.write_reply(
            reply=CannedReply(), version=1, values=values(text=name, purpose="tier2"),
            by=UserFactory(), at=MONDAY_TEN,
        )  # fmt: skip


def test_stale_save_overwrites_nothing():
    standing, me = reply(), UserFactory()
    actions.write_reply(
        reply=CannedReply.objects.get(), version=1, values=values(text="uus"), by=me, at=MONDAY_TEN
    )

    with pytest.raises(StaleSave):
        actions.write_reply(
            reply=standing, version=1, values=values(text="vana"), by=me, at=MONDAY_TEN
        )

    assert CannedReply.objects.get().text == "uus"


def test_form_is_offered_what_fits_in_the_language_of_the_ticket_first():
    topic = TopicFactory()
    ticket, me = raised(topic=topic, language="ru"), UserFactory(role="specialist")
    names = ["vene", "vene teema", "eesti", "oma"]
    reply("eesti")
    reply("vene", language="ru")
    reply("vene teema", language="ru", topic=topic)
    reply("oma", owner=me)
    for hidden in (
        {"topic": TopicFactory()}, {"group": group_named("VALDKOND")}, {"is_active": False},
        {"owner": UserFactory()}, {"purpose": "tier2"},
    ):  # fmt: skip
        reply("peidus", **hidden)

    found = replies_for(ticket, me, [ReplyPurpose.DELIVERY, ReplyPurpose.CLIENT])

    assert {one.name for one in found} == set(names)
    assert [one.name for one in found][:2] == ["vene teema", "vene"]


@pytest.mark.parametrize("step", ["deliver", "ask_client"])
def test_nothing_for_tier_two_is_offered_where_the_client_reads(client, step):
    ticket = resolved(responsible=login(client))
    for purpose in ReplyPurpose.values:
        reply(purpose, purpose=purpose)

    told = client.get(address("offered_replies", ticket), {"step": step}).json()["replies"]
    page = client.get(address(step, ticket)).content.decode()

    assert "tier2" not in [one["name"] for one in told]
    assert len(told) == 2
    assert ">tier2<" not in page
    assert client.get(address("offered_replies", ticket), {"step": "x"}).json()["replies"] == []


def test_colleague_is_offered_nothing_with_a_ticket_that_is_not_hers(client):
    ticket = resolved()
    login(client)

    assert client.get(address("offered_replies", ticket), {"step": "deliver"}).status_code == 403


def test_without_scripts_the_reply_comes_after_what_was_typed_and_nothing_is_done(client):
    ticket = resolved(responsible=login(client))
    chosen = reply(text="Number {number}.")

    answer = client.post(
        address("deliver", ticket),
        {
            "act": "reply", "reply": chosen.pk, "version": 1, "channel": "visit",
            "closes": "no", "text": "Minu sõnad",
        },
    )  # fmt: skip

    page = soup(answer)
    assert answer.status_code == 200
    assert (
        page.select_one("#id_text").get_text().strip() == f"Minu sõnad\n\nNumber {ticket.number}."
    )
    assert page.select_one("input[name=channel][checked]")["value"] == "visit"
    assert page.select_one("input[name=closes][checked]")["value"] == "no"
    assert page.select_one("main input[name=version]")["value"] == "1"
    assert page.select(".errorlist") == []
    assert Ticket.objects.get(pk=ticket.pk).state == "resolved"


def test_word_to_tier_two_takes_a_reply_on_the_page_of_the_ticket(client):
    ticket = raised(responsible=login(client))
    chosen = reply("sõna", purpose="tier2", text="{number} on kiire.")
    url = address("to_tier2", ticket)

    offered = soup(client.post(url, {"act": "reply", "text": "Tere"}))
    put = soup(client.post(url, {"act": "reply", "reply": chosen.pk, "text": "Tere"}))

    assert [one["value"] for one in offered.select("select[name=reply] option")] == [str(chosen.pk)]
    assert put.select_one("#id_tier2_text").get_text().strip() == (
        f"Tere\n\n{ticket.number} on kiire."
    )
    assert not ticket.comments.exists()


def test_specialist_writes_own_replies_and_changes_no_shared_one(client):
    me = login(client)
    shared = reply()

    client.post(reverse("tickets:new_reply"), values(is_active="on", version=1))
    page = soup(client.get(reverse("tickets:replies")))

    own = CannedReply.objects.get(owner=me)
    assert own.changed_by == me
    assert [one["href"] for one in page.select(".hist a")] == [
        reverse("tickets:reply", args=[own.pk])
    ]
    assert client.get(reverse("tickets:reply", args=[shared.pk])).status_code == 403


def test_coordinator_changes_shared_replies_and_nobody_elses_own(client):
    shared, foreign = reply(), reply(owner=UserFactory())
    login(client, "coordinator")
    url = reverse("tickets:reply", args=[shared.pk])

    client.post(url, values(name="Uus nimi", is_active="on", version=1))

    shared.refresh_from_db()
    assert (shared.name, shared.owner, shared.version) == ("Uus nimi", None, 2)
    assert client.get(reverse("tickets:reply", args=[foreign.pk])).status_code == 404


def test_page_says_which_name_is_not_known_and_keeps_the_text(client):
    login(client)

    answer = client.post(reverse("tickets:new_reply"), values(text="Tere {nimi}", version=1))

    page = soup(answer)
    assert answer.status_code == 422
    assert "{nimi}" in page.select_one("#error-summary").get_text()
    assert "Tere {nimi}" in page.select_one("#id_text").get_text()


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_replies_costs_the_same_for_any_number(client, count, django_assert_num_queries):
    login(client)
    for number in range(count):
        reply(f"Vastus {number}", group=group_named("IT"), topic=TopicFactory())

    with django_assert_num_queries(4):
        client.get(reverse("tickets:replies"))
