import datetime as dt

import pytest

from common.actions import LinkNotValid
from common.models import OutgoingMail
from inquiries import actions
from inquiries.models import Letter, LetterDirection, LetterKind, UnitRequest
from inquiries.refusals import LetterNotComplete, RequestNotOpen, UnitAskedAlready
from inquiries.states import InquiryState
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.inquiries import MONDAY_TEN, InquiryFactory, LetterFactory

pytestmark = pytest.mark.django_db
LATER = MONDAY_TEN + dt.timedelta(hours=3)
SECRET = "Klient on varem valetanud."


@pytest.fixture
def unit():
    unit = UnitFactory()
    UserFactory(role="unit_head", unit=unit, email="juht@agency.example")
    return unit


@pytest.fixture
def inquiry():
    inquiry = InquiryFactory(in_work=True)
    LetterFactory(inquiry=inquiry, sender_name="Tiit Tamme")
    return inquiry


def asked(inquiry, unit, **more):
    return actions.ask_unit(
        inquiry=inquiry, unit=unit, text=SECRET, by=inquiry.agent, at=MONDAY_TEN, **more
    )


def token_of(mail):
    return mail.text.partition("/inquiries/unit/")[2].partition("/")[0]


def test_head_of_the_unit_gets_a_link_and_five_working_days(inquiry, unit):
    request = asked(inquiry, unit)

    mail = OutgoingMail.objects.get()
    inquiry.refresh_from_db()
    assert (mail.to, request.due_on) == ("juht@agency.example", dt.date(2026, 11, 23))
    assert (inquiry.state, inquiry.owner_unit) == (InquiryState.WITH_UNIT, unit)
    assert actions.open_unit_link(token=token_of(mail), at=LATER) == request


def test_mail_to_the_unit_tells_nothing_of_the_client_and_has_no_way_into_the_thread(inquiry, unit):
    asked(inquiry, unit)

    mail = OutgoingMail.objects.get()
    said = mail.subject + mail.text
    assert not [word for word in (SECRET, "Tamme", "mari@example.ee", "kaevule") if word in said]
    assert "+" not in mail.reply_to
    assert Letter.objects.get(kind=LetterKind.TO_UNIT).thread_hash == ""


def test_token_of_the_link_stands_in_the_mail_alone(inquiry, unit):
    asked(inquiry, unit)

    token = token_of(OutgoingMail.objects.get())
    assert token not in repr(Letter.objects.values())


def test_unit_without_a_head_asks_the_one_above_it(inquiry, unit):
    below = UnitFactory(parent=unit)

    asked(inquiry, below)

    assert OutgoingMail.objects.get().to == "juht@agency.example"


def test_unit_without_any_head_needs_an_address(inquiry):
    with pytest.raises(LetterNotComplete):
        asked(inquiry, UnitFactory())

    assert not UnitRequest.objects.exists()


def test_answer_comes_back_to_the_agent_who_asked(inquiry, unit):
    request = asked(inquiry, unit)

    letter = actions.answer_for_unit(
        request=request, name="Jaan Juht", text="Luba on vaja.", files=[], by=None, at=LATER
    )

    inquiry.refresh_from_db()
    request.refresh_from_db()
    assert (inquiry.state, inquiry.responsible) == (InquiryState.IN_WORK, inquiry.agent)
    assert (letter.direction, letter.text) == (LetterDirection.INTERNAL, "Luba on vaja.")
    assert request.answer == letter
    steps = inquiry.history.order_by("-history_id").values_list("history_change_reason", flat=True)
    assert list(steps[:2]) == ["unit_answered", "unit_asked"]


def test_link_opens_no_more_once_it_is_answered(inquiry, unit):
    request = asked(inquiry, unit)
    token = token_of(OutgoingMail.objects.get())
    actions.answer_for_unit(request=request, name="J", text="Jah", files=[], by=None, at=LATER)

    with pytest.raises(LinkNotValid):
        actions.open_unit_link(token=token, at=LATER)
    with pytest.raises(RequestNotOpen):
        actions.answer_for_unit(request=request, name="J", text="Ei", files=[], by=None, at=LATER)


def test_one_unit_is_asked_at_a_time(inquiry, unit):
    asked(inquiry, unit)

    with pytest.raises(UnitAskedAlready):
        asked(inquiry, unit)


def test_matter_that_ends_another_way_asks_the_unit_no_more(inquiry, unit):
    asked(inquiry, unit)
    token = token_of(OutgoingMail.objects.get())

    actions.settle_inquiry(
        inquiry=inquiry,
        typed={"outcome": "solved", "topic": str(inquiry.topic_id), "source_text": "VeeS § 187"},
        by=inquiry.agent,
        at=LATER,
    )

    assert not UnitRequest.objects.open().exists()
    with pytest.raises(LinkNotValid):
        actions.open_unit_link(token=token, at=LATER)
    assert actions.remind_units(at=LATER + dt.timedelta(days=7)) == 0


def test_question_is_called_back(inquiry, unit):
    request = asked(inquiry, unit)
    token = token_of(OutgoingMail.objects.get())

    actions.recall_from_unit(request=request, by=inquiry.agent, at=LATER)

    inquiry.refresh_from_db()
    assert inquiry.state == InquiryState.IN_WORK
    with pytest.raises(LinkNotValid):
        actions.open_unit_link(token=token, at=LATER)


def test_head_is_reminded_from_the_day_before_once_a_working_day(inquiry, unit):
    asked(inquiry, unit)  # due on Monday the 23rd
    thursday = dt.datetime(2026, 11, 19, 8, 0, tzinfo=dt.UTC)
    friday, saturday = thursday + dt.timedelta(days=1), thursday + dt.timedelta(days=2)

    reminded = [
        actions.remind_units(at=at)
        for at in (thursday, friday, friday + dt.timedelta(hours=1), saturday)
    ]

    assert reminded == [0, 1, 0, 0]
    first, second = OutgoingMail.objects.order_by("pk")
    assert token_of(first) != token_of(second)
    assert (first.is_written_by_person, second.is_written_by_person) == (True, False)
    assert actions.open_unit_link(token=token_of(first), at=friday)


def test_nothing_between_us_is_in_any_mail_to_the_client(inquiry, unit):
    request = asked(inquiry, unit)
    actions.note_inside(inquiry=inquiry, text=SECRET, by=inquiry.agent, at=LATER)
    actions.answer_for_unit(
        request=request, name="Jaan Juht", text="Salajane vastus", files=[], by=None, at=LATER
    )
    actions.extend_term(inquiry=inquiry, reason="Küsimus on keeruline.", by=inquiry.agent, at=LATER)
    letter = actions.send_answer(
        inquiry=inquiry,
        version=0,
        typed={
            "kind": "answer",
            "way": "email",
            "language": "et",
            "recipient_address": "mari@example.ee",
            "subject": "Vastus",
            "text": "Jah.",
            "source_text": "VeeS § 187",
        },
        by=inquiry.agent,
        at=LATER,
    )
    actions.send_leaving_letters(at=LATER + dt.timedelta(minutes=1))
    letter.refresh_from_db()

    to_client = OutgoingMail.objects.filter(to="mari@example.ee")
    assert to_client.count() == 2
    for mail in to_client:
        said = mail.subject + mail.text
        assert not [word for word in (SECRET, "Salajane", "Jaan Juht", "/unit/") if word in said]
    internal = Letter.objects.filter(direction=LetterDirection.INTERNAL)
    assert {one.recipient_address for one in internal} == {"", "juht@agency.example"}
