import datetime as dt

import pytest
from django.urls import reverse

from common.models import OutgoingMail
from common.states import MoveNotAllowed
from inquiries import actions
from inquiries.field_refusals import InquiryNotComplete
from inquiries.models import LeftUnanswered, LegalTerm, TermExtension, UnansweredGround
from inquiries.queries import extended_to
from inquiries.queries.deadlines import months_later
from inquiries.refusals import LetterNotComplete, NotALetter, TermNotExtendable
from inquiries.states import InquiryState
from inquiries.typed import typed_of
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import MONDAY_TEN, InquiryFactory, LetterFactory
from tests.factories.knowledge import ReferralBodyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry():
    inquiry = InquiryFactory(in_work=True)
    LetterFactory(inquiry=inquiry, language="ru", text="Чья это вода?")
    return inquiry


def test_letter_goes_to_the_body_and_its_sender_is_told_in_the_language_of_the_letter(inquiry):
    body = ReferralBodyFactory(email="info@vald.example")

    actions.send_on(inquiry=inquiry, body=body, address="", by=inquiry.agent, at=MONDAY_TEN)

    to_body, notice = OutgoingMail.objects.order_by("pk")
    inquiry.refresh_from_db()
    assert (to_body.to, notice.to) == ("info@vald.example", "mari@example.ee")
    assert (to_body.is_written_by_person, notice.is_written_by_person) == (True, False)
    assert "Чья это вода?" in to_body.text
    assert notice.language == "ru"
    assert body.contact("ru") in notice.text
    assert "{" not in notice.text + to_body.text
    assert (inquiry.state, inquiry.outcome) == (InquiryState.REFERRED_OUT, "referred_out")


def test_body_without_an_address_needs_one(inquiry):
    with pytest.raises(LetterNotComplete):
        actions.send_on(
            inquiry=inquiry,
            body=ReferralBodyFactory(),
            address="",
            by=inquiry.agent,
            at=MONDAY_TEN,
        )

    assert not OutgoingMail.objects.exists()


def test_what_did_not_come_in_writing_is_not_sent_on():
    inquiry = InquiryFactory(in_work=True)

    with pytest.raises(NotALetter):
        actions.send_on(
            inquiry=inquiry,
            body=ReferralBodyFactory(),
            address="info@vald.example",
            by=inquiry.agent,
            at=MONDAY_TEN,
        )


def test_term_is_extended_once_with_a_notice(inquiry):
    extension = actions.extend_term(
        inquiry=inquiry, reason="Ждём ответа.", by=inquiry.agent, at=MONDAY_TEN
    )

    notice = OutgoingMail.objects.get()
    inquiry.refresh_from_db()
    assert (
        inquiry.answer_by == extension.answer_by == dt.date(2027, 1, 18)
    )  # the 16th is a Saturday
    assert extension.answer_by_before == dt.date(2026, 12, 1)
    assert "Ждём ответа." in notice.text
    assert "18.01.2027" in notice.text
    with pytest.raises(TermNotExtendable):
        actions.extend_term(inquiry=inquiry, reason="Veel", by=inquiry.agent, at=MONDAY_TEN)
    assert TermExtension.objects.count() == 1


def test_kind_without_an_extension_in_the_law_keeps_its_term(inquiry):
    LegalTerm.objects.update(extension=None, extension_counted_in="")

    with pytest.raises(TermNotExtendable):
        actions.extend_term(inquiry=inquiry, reason="Veel", by=inquiry.agent, at=MONDAY_TEN)

    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    ("kind", "until"),
    [
        ("explanation", dt.date(2027, 1, 18)),
        ("information", dt.date(2026, 12, 7)),
        ("challenge", dt.date(2026, 12, 16)),
    ],
)
def test_each_legal_kind_has_its_own_longest_term(kind, until):
    inquiry = InquiryFactory(in_work=True, legal_kind=kind, answer_by=dt.date(2026, 11, 23))

    assert extended_to(inquiry) == until


def test_two_months_from_the_last_of_december_end_with_february():
    assert months_later(dt.date(2026, 12, 31), 2) == dt.date(2027, 2, 28)


def test_letter_is_left_unanswered_on_a_ground(inquiry):
    ground = UnansweredGround.objects.get(code="unreadable")

    actions.leave_unanswered(
        inquiry=inquiry, ground=ground, note="Tühi leht.", by=inquiry.agent, at=MONDAY_TEN
    )

    inquiry.refresh_from_db()
    left = LeftUnanswered.objects.get()
    assert (inquiry.state, inquiry.outcome) == (InquiryState.CLOSED, "unanswered")
    assert (left.ground, left.by, left.note) == (ground, inquiry.agent, "Tühi leht.")


@pytest.mark.parametrize("code", ["not_a_letter", "misdirected", "duplicate"])
def test_letter_that_nobody_has_is_put_away_as_not_for_us_and_taken_back(client, code):
    inquiry, coordinator = InquiryFactory(received=True), UserFactory(role="coordinator")
    LetterFactory(inquiry=inquiry)
    client.force_login(coordinator)
    ground = UnansweredGround.objects.get(code=code)
    page = client.get(f"/inquiries/{inquiry.pk}/").content.decode()

    answer = client.post(
        f"/inquiries/{inquiry.pk}/leave-unanswered/",
        {"ground": ground.pk, "note": "Uudiskiri."},
        follow=True,
    )

    inquiry.refresh_from_db()
    assert f"/inquiries/{inquiry.pk}/leave-unanswered/" in page
    assert (inquiry.state, inquiry.outcome) == (InquiryState.CLOSED, "unanswered")
    assert (inquiry.agent, inquiry.responsible) == (coordinator, coordinator)
    assert not OutgoingMail.objects.exists()
    undo = reverse("inquiries:reopen", args=[inquiry.pk])
    assert f'formaction="{undo}"' in answer.content.decode()

    client.post(undo)

    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.is_open) == (InquiryState.REOPENED, True)


def test_answered_letter_is_not_left_unanswered():
    inquiry = InquiryFactory(channel="email")

    with pytest.raises(MoveNotAllowed):
        actions.leave_unanswered(
            inquiry=inquiry,
            ground=UnansweredGround.objects.first(),
            note="",
            by=inquiry.agent,
            at=MONDAY_TEN,
        )


def test_day_before_the_law_that_we_know_is_refused_at_its_field(inquiry):
    with pytest.raises(LetterNotComplete) as refused:
        actions.register_letter(
            inquiry=inquiry,
            register_number="1",
            registered_on=dt.date(1999, 12, 31),
            legal_kind="explanation",
            by=inquiry.agent,
            at=MONDAY_TEN,
        )
    with pytest.raises(InquiryNotComplete) as unlawful:
        changed(inquiry, registered_on="1999-12-31")

    assert list(refused.value.errors) == ["registered_on"]
    assert list(unlawful.value.errors) == ["registered_on"]


def changed(inquiry, **typed):
    inquiry.refresh_from_db()
    return actions.change_inquiry(
        inquiry=inquiry,
        version=inquiry.version,
        typed={**typed_of(inquiry), **typed},
        by=inquiry.agent,
        at=MONDAY_TEN,
    )


def test_term_that_was_extended_stays_so_when_something_else_is_mended(inquiry):
    actions.extend_term(inquiry=inquiry, reason="Ootame.", by=inquiry.agent, at=MONDAY_TEN)

    mended = changed(inquiry, place="Kopli")

    assert (mended.place, mended.answer_by) == ("Kopli", dt.date(2027, 1, 18))


def test_letter_keeps_a_legal_kind_and_so_its_place_in_the_inbox(inquiry):
    with pytest.raises(InquiryNotComplete) as refused:
        changed(inquiry, legal_kind="", registered_on="")

    assert list(refused.value.errors) == ["legal_kind"]
