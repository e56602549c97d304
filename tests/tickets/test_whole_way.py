"""A ticket from the inquiry to the client who knows: tier II works here."""

import datetime as dt
import uuid
from functools import partial

import pytest

from clients.models import ContactPoint
from common.models import OutgoingMail
from common.states import MoveNotAllowed
from inquiries.models import Inquiry
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import MONDAY_TEN, InquiryFactory
from tests.factories.tickets import IT_FACTS, TicketFactory, raised, resolved, solver_of
from tickets import actions
from tickets.models import Delivery, Ticket, TicketComment, TicketGroup
from tickets.queries import answers_to_deliver, moved_of, silent

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def specialist():
    return UserFactory(role="specialist")


def told(ticket, *, at, channel="phone", text="Ütlesin, et lukustus on maas.", closes=True):
    return actions.deliver_solution(
        ticket=ticket,
        version=Ticket.objects.get(pk=ticket.pk).version,
        channel=channel,
        text=text,
        closes=closes,
        by=ticket.responsible,
        at=at,
    )


def test_inquiry_becomes_a_ticket_without_retyping(specialist):
    inquiry = InquiryFactory(
        question="Aruannet ei saa esitada. Ekraanil on kiri «Kirje on lukustatud».",
        agent=specialist,
        responsible=specialist,
        place="Ravila",
        topic__tier2_group="VALDKOND",
    )
    key = uuid.uuid4()

    ticket = actions.open_ticket(key=key, inquiry=inquiry, by=specialist, at=MONDAY_TEN)
    again = actions.open_ticket(key=key, inquiry=inquiry, by=specialist, at=MONDAY_TEN)

    assert again == ticket
    assert (ticket.client, ticket.topic) == (inquiry.client, inquiry.topic)
    assert ticket.group.code == "VALDKOND"
    assert ticket.description == inquiry.question
    assert ticket.summary == "Aruannet ei saa esitada"
    assert ticket.facts["place"].startswith("Ravila")
    assert ticket.state == "draft"
    assert ticket.number == ""


def test_words_of_an_inquiry_for_internal_use_stay_in_it(specialist):
    inquiry = InquiryFactory(restricted=True, question="Salajane lugu.", agent=specialist)

    ticket = actions.open_ticket(key=uuid.uuid4(), inquiry=inquiry, by=specialist, at=MONDAY_TEN)

    assert (ticket.inquiry, ticket.client) == (inquiry, inquiry.client)
    assert (ticket.summary, ticket.description) == ("", "")


def test_what_is_lacking_is_named_and_nothing_is_raised():
    ticket = TicketFactory(facts={**IT_FACTS, "screen": ""}, steps_tried="-", may_contact="")

    with pytest.raises(actions.TicketIncomplete) as refusal:
        actions.raise_ticket(ticket=ticket, version=1, by=ticket.responsible, at=MONDAY_TEN)

    named = [(one.field, one.code) for one in refusal.value.lacking]
    assert named == [
        ("steps_tried", "nothing_tried"),
        ("screen", "missing"),
        ("may_contact", "missing"),
    ]
    ticket.refresh_from_db()
    assert (ticket.state, ticket.number, ticket.version) == ("draft", "", 1)


def test_personal_code_in_a_text_is_blocked_before_and_after():
    draft = TicketFactory(description="Klient 38001085718 ei saa aruannet salvestada, tuleb viga.")
    with pytest.raises(actions.TicketIncomplete) as refusal:
        actions.raise_ticket(ticket=draft, version=1, by=draft.responsible, at=MONDAY_TEN)
    assert [(one.field, one.code) for one in refusal.value.lacking] == [
        ("description", "personal_code")
    ]

    ticket = raised()
    with pytest.raises(actions.PersonalCodeInText):
        actions.comment_on_ticket(
            ticket=ticket,
            kind="tier2",
            text="Kasutaja on 380 0108 5718",
            by=ticket.responsible,
            at=MONDAY_TEN,
        )
    assert not TicketComment.objects.exists()


def test_responsible_stays_until_the_client_knows_the_solution():
    ticket = raised()
    solver = solver_of(ticket.group)
    responsible = ticket.responsible

    actions.assign_ticket(ticket=ticket, to=solver, by=solver, at=MONDAY_TEN + HOUR)
    ticket = actions.resolve_ticket(
        ticket=ticket, solution="Lukustus maha võetud.", by=solver, at=MONDAY_TEN + 2 * HOUR
    )

    assert (ticket.responsible, ticket.assignee) == (responsible, solver)
    assert ticket.state == "resolved"
    assert list(answers_to_deliver(responsible)) == [ticket]
    assert list(moved_of(responsible)) == [ticket]


@pytest.mark.parametrize("state", ["raised", "resolved"])
def test_nothing_is_closed_before_the_client_knows(state):
    ticket = {"raised": raised, "resolved": resolved}[state]()

    with pytest.raises(MoveNotAllowed):
        actions.close_ticket(
            ticket=ticket, version=ticket.version, by=ticket.responsible, at=MONDAY_TEN + DAY
        )


def test_delivery_is_kept_closes_the_ticket_and_solves_the_inquiry(specialist):
    inquiry = InquiryFactory(
        outcome="ticket", state="with_tier2", agent=specialist, responsible=specialist, answer=""
    )
    ticket = resolved(inquiry=inquiry, responsible=specialist)

    ticket = told(ticket, at=MONDAY_TEN + 3 * HOUR)

    delivery = Delivery.objects.get()
    assert (delivery.channel, delivery.by, delivery.at) == (
        "phone",
        specialist,
        MONDAY_TEN + 3 * HOUR,
    )
    assert ticket.state == "closed"
    inquiry.refresh_from_db()
    assert inquiry.state == "solved"
    assert inquiry.answer == "Ütlesin, et lukustus on maas."


def test_raising_passes_the_inquiry_to_tier_two(specialist):
    inquiry = InquiryFactory(
        outcome="callback", state="callback", callback_due_at=MONDAY_TEN + DAY,
        callback_number="+3725300100", agent=specialist, responsible=specialist,
    )  # fmt: skip

    raised(inquiry=inquiry, responsible=specialist, at=MONDAY_TEN + HOUR)

    assert Inquiry.objects.get().state == "with_tier2"


def test_letter_to_the_client_tells_nothing_of_ours(specialist):
    ticket = resolved(responsible=specialist)
    client = InquiryFactory().client
    ContactPoint.objects.create(
        client=client, kind="email", value="klient@example.ee", created_at=MONDAY_TEN
    )
    Ticket.objects.filter(pk=ticket.pk).update(client=client)
    actions.comment_on_ticket(
        ticket=ticket, kind="internal", text="salajane märkus", by=specialist, at=MONDAY_TEN
    )

    told(Ticket.objects.get(pk=ticket.pk), at=MONDAY_TEN + 3 * HOUR, channel="email")

    mail = OutgoingMail.objects.get(key__startswith="tickets.client:")
    assert "Ütlesin, et lukustus on maas." in mail.text
    assert "salajane" not in mail.text + mail.subject
    assert ticket.solution not in mail.text
    assert ticket.summary not in mail.subject


def test_client_who_writes_again_opens_the_closed_ticket(specialist):
    inquiry = InquiryFactory(
        outcome="ticket", state="with_tier2", agent=specialist, responsible=specialist, answer=""
    )
    ticket = told(resolved(inquiry=inquiry, responsible=specialist), at=MONDAY_TEN + 3 * HOUR)

    ticket = actions.hear_from_client(
        ticket=ticket, text="Ikka ei saa.", by=None, at=MONDAY_TEN + DAY, source="mail"
    )

    assert (ticket.state, ticket.reopened, ticket.told_at) == ("raised", 1, None)
    assert list(moved_of(specialist)) == [ticket]
    assert Inquiry.objects.get(pk=inquiry.pk).state == "with_tier2"


def test_waiting_for_the_client_pauses_and_the_answer_goes_on():
    ticket = raised()
    due = ticket.due_at

    paused = actions.ask_client(
        ticket=ticket,
        text="Mis kell see oli?",
        by_mail=False,
        by=ticket.responsible,
        at=MONDAY_TEN + HOUR,
    )
    assert paused.due_at is None
    going_on = actions.hear_from_client(
        ticket=paused, text="Kell kümme.", by=paused.responsible, at=MONDAY_TEN + 3 * HOUR
    )

    assert going_on.state == "in_progress"
    assert (ticket.due_clock, going_on.due_clock) == ("reaction", "reaction")
    assert going_on.due_at == due + 2 * HOUR


def test_absent_colleagues_tickets_are_handed_over_with_a_reason():
    tickets = [raised(), resolved()]
    closed = told(resolved(), at=MONDAY_TEN + 3 * HOUR)
    coordinator, heir = UserFactory(role="coordinator"), UserFactory(role="specialist")
    with pytest.raises(actions.ReasonMissing):
        actions.hand_over_tickets(
            tickets=tickets, to=heir, reason=" ", by=coordinator, at=MONDAY_TEN + DAY
        )

    moved = actions.hand_over_tickets(
        tickets=[*tickets, closed], to=heir, reason="haigus", by=coordinator, at=MONDAY_TEN + DAY
    )

    assert {one.pk for one in moved} == {one.pk for one in tickets}
    assert set(Ticket.objects.filter(responsible=heir)) == set(tickets)
    events = [one.events.get(what="handed_over") for one in tickets]
    assert [(one.reason, one.parameters["former"]) for one in events] == [
        ("haigus", one.responsible_id) for one in tickets
    ]


def test_silence_of_tier_two_is_counted_in_working_days():
    ticket = raised()  # on a Monday

    assert silent(MONDAY_TEN + 2 * DAY).count() == 0
    assert list(silent(MONDAY_TEN + 3 * DAY)) == [ticket]
    actions.give_word(
        ticket=ticket, text="Uurime.", by=solver_of(ticket.group), at=MONDAY_TEN + 3 * DAY
    )
    assert silent(MONDAY_TEN + 3 * DAY).count() == 0


def test_another_group_gets_the_same_ticket_and_what_it_lacks_for_them_is_named():
    ticket = raised()
    group = TicketGroup.objects.get(code="VALDKOND")
    with pytest.raises(actions.TicketIncomplete):
        actions.regroup_ticket(
            ticket=ticket, version=ticket.version, group=group, reason="ei ole IT",
            by=ticket.responsible, at=MONDAY_TEN + HOUR,
        )  # fmt: skip
    Ticket.objects.filter(pk=ticket.pk).update(facts={**IT_FACTS, "place": "Ravila, Kose vald"})

    moved = actions.regroup_ticket(
        ticket=ticket, version=ticket.version, group=group, reason="ei ole IT",
        by=ticket.responsible, at=MONDAY_TEN + HOUR,
    )  # fmt: skip

    assert (moved.group, moved.number, moved.assignee) == (group, ticket.number, None)


@pytest.mark.parametrize("step", ["take", "word"])
def test_tier_two_does_nothing_with_a_ticket_that_has_ended(step):
    ticket = resolved()
    solver = solver_of(ticket.group)
    told(ticket, at=MONDAY_TEN + 3 * HOUR)
    act = {
        "take": partial(actions.assign_ticket, to=solver),
        "word": partial(actions.give_word, text="Uurime."),
    }[step]

    with pytest.raises(MoveNotAllowed):
        act(ticket=ticket, by=solver, at=MONDAY_TEN + 4 * HOUR)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.assignee) == ("closed", None)
