"""The page on which a ticket is written: carried over, kept, judged, raised."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from inquiries.models import Inquiry
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import InquiryFactory
from tests.factories.tickets import IT_FACTS, TicketFactory, raised
from tests.htmx import soup
from tickets import actions
from tickets.models import Ticket, TicketGroup
from workspace.views.call_steps import place_next

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def typed(ticket=None, **others):
    ticket = ticket or TicketFactory.build(topic=None, responsible=None)
    facts = {f"fact_{code}": text for code, text in ticket.facts.items()}
    return {
        "version": ticket.version,
        "group": TicketGroup.objects.get(code="IT").pk,
        "topic": ticket.topic_id or "",
        "client": ticket.client_id or "",
        "summary": ticket.summary,
        "description": ticket.description,
        "steps_tried": ticket.steps_tried,
        "may_contact": "yes",
        "language": "et",
        "urgency": "normal",
        "urgency_reason": "",
        **facts,
        **others,
    }


def write(browser, key, **sent):
    return browser.post(reverse("tickets:write", args=[key]), sent)


def save(browser, key, **sent):
    return browser.post(reverse("tickets:save", args=[key]), sent, headers={"HX-Request": "true"})


def test_inquiry_carries_over_before_anything_is_kept(client, specialist):
    inquiry = InquiryFactory(
        question="Aruannet ei saa esitada. Ekraanil on kiri.", agent=specialist, place="Ravila",
        topic__tier2_group="VALDKOND",
    )  # fmt: skip

    page = client.get(f"{reverse('tickets:new')}?inquiry={inquiry.pk}", follow=True)

    form = page.context["form"]
    assert form["description"].value() == inquiry.question
    assert form["summary"].value() == "Aruannet ei saa esitada"
    assert form["group"].value() == TicketGroup.objects.get(code="VALDKOND").pk
    assert form["fact_place"].value().startswith("Ravila")
    assert not Ticket.objects.exists()


def test_first_save_makes_the_draft_of_the_inquiry_and_the_page_finds_it_again(client, specialist):
    inquiry = InquiryFactory(agent=specialist)
    key = uuid.uuid4()

    answer = save(client, key, **typed(version=0, inquiry=inquiry.pk))

    ticket = Ticket.objects.get()
    assert (ticket.key, ticket.inquiry, ticket.state) == (key, inquiry, "draft")
    assert ticket.facts == IT_FACTS
    assert f'name="version" id="version" value="{ticket.version}"' in answer.content.decode()
    again = client.get(f"{reverse('tickets:new')}?inquiry={inquiry.pk}")
    assert again.url == reverse("tickets:write", args=[key])


def test_what_is_lacking_is_named_with_a_link_to_its_field(client, specialist):
    draft = TicketFactory(responsible=specialist)

    answer = save(client, draft.key, **typed(draft, fact_screen="", steps_tried="-"))

    named = [one["href"] for one in soup(answer).select("#lacking li a")]
    assert named == ["#id_steps_tried", "#id_fact_screen"]
    assert draft.__class__.objects.get().steps_tried == "-"


def test_raising_is_refused_at_the_fields_and_nothing_is_lost(client, specialist):
    draft = TicketFactory(responsible=specialist)

    answer = write(
        client,
        draft.key,
        **typed(draft, fact_screen="", summary="Aruande read kaovad", act="raise"),
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["fact_screen"]
    draft.refresh_from_db()
    assert (draft.state, draft.summary, draft.facts.get("screen")) == (
        "draft",
        "Aruande read kaovad",
        None,
    )


def test_whole_ticket_is_raised(client, specialist):
    answer = write(client, key := uuid.uuid4(), **typed(version=0, act="raise"))

    ticket = Ticket.objects.get(key=key)
    assert answer.url == reverse("tickets:ticket", args=[ticket.pk])
    assert (ticket.state, ticket.responsible) == ("raised", specialist)


def test_personal_code_is_named_with_its_field_and_masked(client, specialist):
    draft = TicketFactory(responsible=specialist)
    text = f"{draft.description} Isik 38001085718."

    answer = write(client, draft.key, **typed(draft, description=text, act="raise"))

    (sentence,) = answer.context["form"].errors["description"]
    assert "38001******" in sentence


def test_urgency_needs_its_reason(client, specialist):
    draft = TicketFactory(responsible=specialist)

    refused = write(client, draft.key, **typed(draft, urgency="critical", act="raise"))
    assert list(refused.context["form"].errors) == ["urgency_reason"]

    version = Ticket.objects.get().version
    write(
        client, draft.key,
        **typed(draft, urgency="critical", urgency_reason="Tähtaeg on täna", version=version, act="raise"),
    )  # fmt: skip
    assert (Ticket.objects.get().state, Ticket.objects.get().urgency) == ("raised", "critical")


def test_another_group_asks_its_facts_and_keeps_what_was_typed_for_the_first(client, specialist):
    draft = TicketFactory(responsible=specialist)
    field_group = TicketGroup.objects.get(code="VALDKOND")

    answer = save(client, draft.key, **typed(draft, group=field_group.pk, fact_screen="Load"))

    assert 'id="id_fact_place"' in answer.content.decode()
    assert 'id="id_fact_screen"' not in answer.content.decode()
    version = Ticket.objects.get().version
    sent = {k: v for k, v in typed(draft, version=version).items() if not k.startswith("fact_")}
    back = save(client, draft.key, **sent)
    assert 'id="id_fact_screen"' in back.content.decode()
    assert Ticket.objects.get().facts["screen"] == "Load"


def test_same_group_leaves_the_facts_on_the_page_alone(client, specialist):
    draft = TicketFactory(responsible=specialist)

    answer = save(client, draft.key, **typed(draft))

    assert 'id="facts"' not in answer.content.decode()


def test_fact_that_stands_in_the_text_is_offered_and_taken(client, specialist):
    draft = TicketFactory(
        responsible=specialist, group=TicketGroup.objects.get(code="VALDKOND"), facts={},
        description="Klient küsib, kes hooldab 33701:002:0135 kraavi.",
    )  # fmt: skip
    sent = typed(draft, group=draft.group_id)

    page = client.get(reverse("tickets:write", args=[draft.key]))
    assert [(one.fact.code, one.text) for one in page.context["found"]] == [
        ("place", "33701:002:0135")
    ]
    write(client, draft.key, **sent, act="take:place")

    assert Ticket.objects.get().facts["place"] == "33701:002:0135"


def test_stale_save_shows_both_texts_and_overwrites_nothing(client, specialist):
    draft = TicketFactory(responsible=specialist)
    actions.write_ticket(
        ticket=draft, version=1, by=specialist, at=draft.started_at,
        typed={"summary": "Kolleegi oma", "facts": {**IT_FACTS, "screen": "Load"}},
    )  # fmt: skip

    quiet = save(client, draft.key, **typed(draft, summary="Minu oma"))
    assert quiet.status_code == 409
    answer = write(client, draft.key, **typed(draft, summary="Minu oma"))

    assert answer.status_code == 409
    both = {(one.name, one.theirs, one.mine) for one in answer.context["stale"]}
    assert both == {
        ("summary", "Kolleegi oma", "Minu oma"),
        ("screen", "Load", IT_FACTS["screen"]),
    }
    assert Ticket.objects.get().summary == "Kolleegi oma"
    write(client, draft.key, **typed(draft, summary="Minu oma", version=answer.context["version"]))
    assert Ticket.objects.get().summary == "Minu oma"


def test_raised_ticket_is_put_right_but_its_group_is_not_typed_over(client, specialist):
    ticket = raised(responsible=specialist)
    other = TicketGroup.objects.get(code="VALDKOND")

    write(
        client,
        ticket.key,
        **typed(ticket, summary="Täpsem kirjeldus salvestamisest", group=other.pk),
    )

    ticket.refresh_from_db()
    assert (ticket.summary, ticket.group.code) == ("Täpsem kirjeldus salvestamisest", "IT")
    assert client.post(reverse("tickets:save", args=[ticket.key]), typed(ticket)).status_code == 403


def test_draft_is_cancelled_and_the_inquiry_opens_again(client, specialist):
    inquiry = InquiryFactory(agent=specialist)
    draft = TicketFactory(responsible=specialist, inquiry=inquiry)

    answer = client.post(reverse("tickets:discard", args=[draft.pk]), {"version": 1})

    draft.refresh_from_db()
    assert draft.state == "cancelled"
    assert answer.url == reverse("inquiries:show", args=[inquiry.pk])


def test_draft_of_a_colleague_is_not_written_by_another(client, specialist):
    draft = TicketFactory()

    assert write(client, draft.key, **typed(draft)).status_code == 403
    assert save(client, draft.key, **typed(draft)).status_code == 403
    assert Ticket.objects.get().version == 1


@pytest.mark.parametrize("role", ["solver", "counter", "head_of_department"])
def test_whoever_raises_no_tickets_begins_none(client, role):
    client.force_login(UserFactory(role=role))

    assert client.get(reverse("tickets:new")).status_code == 403
    assert save(client, uuid.uuid4(), **typed(version=0)).status_code == 403
    assert not Ticket.objects.exists()


def test_restricted_inquiry_of_others_gives_no_ticket(client, specialist):
    inquiry = InquiryFactory(restricted=True)

    page = client.get(f"{reverse('tickets:new')}?inquiry={inquiry.pk}", follow=True)

    assert page.status_code == 403


def test_inquiry_page_leads_to_a_new_ticket_and_to_those_that_are_there(client, specialist):
    inquiry = InquiryFactory(
        agent=specialist, responsible=specialist, outcome="ticket", state="with_tier2"
    )
    place = reverse("inquiries:show", args=[inquiry.pk])

    assert f"{reverse('tickets:new')}?inquiry={inquiry.pk}" in client.get(place).content.decode()
    ticket = raised(inquiry=inquiry, responsible=specialist)
    page = client.get(place).content.decode()
    assert reverse("tickets:ticket", args=[ticket.pk]) in page
    assert ticket.number in page


def test_inquiry_that_is_moved_on_to_tier_two_goes_on_as_a_ticket(client, specialist):
    inquiry = InquiryFactory(
        callback=True, agent=specialist, responsible=specialist, question="Aruannet ei saa esitada."
    )

    answer = client.post(reverse("inquiries:settle", args=[inquiry.pk]), {"outcome": "ticket"})

    assert answer.url == f"{reverse('tickets:new')}?inquiry={inquiry.pk}"
    assert Inquiry.objects.get().state == "with_tier2"


def test_finish_of_a_call_that_tier_one_cannot_solve_leads_to_the_ticket(specialist, rf):
    request = rf.get("/")
    request.user = specialist
    inquiry = InquiryFactory(outcome="ticket", state="with_tier2")

    assert place_next(request, inquiry) == f"{reverse('tickets:new')}?inquiry={inquiry.pk}"
    request.user = UserFactory(role="counter")
    assert place_next(request, inquiry) == reverse("workspace:my_day")
