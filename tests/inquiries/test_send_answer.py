import datetime as dt

import pytest

from common.models import OutgoingMail, StaleSave
from common.states import MoveNotAllowed
from common.uploads import CheckedUpload
from inquiries import actions
from inquiries.models import AnswerDraft, Letter, LetterKind, UnitRequest
from inquiries.queries import answers_to_read
from inquiries.refusals import (
    LetterIsLeaving,
    LetterNotComplete,
    NeedsSecondReader,
    NeedsTopic,
    ReaderIsWriter,
    TooLateToTakeBack,
)
from inquiries.states import InquiryState
from inquiries.threads import thread_hash, token_in
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.inquiries import (
    MONDAY_TEN,
    AnswerDraftFactory,
    InquiryFactory,
    LetterFactory,
)
from tests.factories.knowledge import TopicFactory

pytestmark = pytest.mark.django_db
SOON = MONDAY_TEN + dt.timedelta(seconds=9)
LATER = MONDAY_TEN + dt.timedelta(seconds=10)


def sent(draft, **changes):
    typed = {**draft.typed, **changes}
    return actions.send_answer(
        inquiry=draft.inquiry,
        version=draft.version,
        typed=typed,
        by=draft.inquiry.agent,
        at=MONDAY_TEN,
    )


def test_answer_asks_for_a_topic_and_a_question_to_the_sender_does_not():
    inquiry = InquiryFactory(in_work=True, topic=None, main_topic=None, owner_unit=None)
    draft = AnswerDraftFactory(inquiry=inquiry)

    with pytest.raises(NeedsTopic):
        sent(draft)

    draft.refresh_from_db()
    assert draft.typed["text"] == "Jah, luba on vaja."
    assert not inquiry.letters.leaving().exists()
    assert sent(draft, kind="question").kind == LetterKind.QUESTION


def test_answer_waits_ten_seconds_before_anything_is_in_the_outbox():
    draft = AnswerDraftFactory()
    letter = sent(draft)

    assert actions.let_letter_go(letter_id=letter.pk, at=SOON) is None
    assert not OutgoingMail.objects.exists()

    letter = actions.let_letter_go(letter_id=letter.pk, at=LATER)

    mail, inquiry = OutgoingMail.objects.get(), letter.inquiry
    inquiry.refresh_from_db()
    assert (mail.to, mail.text) == ("mari@example.ee", "Jah, luba on vaja.")
    assert mail.is_written_by_person
    assert letter.message_id == mail.message_id
    assert (inquiry.state, inquiry.outcome) == (InquiryState.SOLVED, "solved")
    assert (inquiry.answer, inquiry.source_text) == ("Jah, luba on vaja.", "veeseadus § 187")
    assert inquiry.history.latest("history_id").history_change_reason == "answered"
    assert not AnswerDraft.objects.exists()


def test_reply_address_and_subject_carry_the_token_of_which_only_the_hash_is_kept():
    letter = sent(AnswerDraftFactory())

    letter = actions.let_letter_go(letter_id=letter.pk, at=LATER)

    mail = OutgoingMail.objects.get()
    token = token_in(recipients=mail.reply_to)
    assert token == token_in(subject=mail.subject)
    assert letter.thread_hash == thread_hash(token)
    assert mail.reply_to.startswith("klienditugi+")
    assert token not in repr(Letter.objects.filter(pk=letter.pk).values())


def test_reply_to_the_answer_opens_the_same_matter():
    letter = sent(AnswerDraftFactory())
    actions.let_letter_go(letter_id=letter.pk, at=LATER)
    token = token_in(recipients=OutgoingMail.objects.get().reply_to)

    reply = actions.receive_letter(
        channel="email",
        sender_name="",
        sender_address="mari@example.ee",
        subject="Re",
        text="Aga puurkaev?",
        files=[],
        received_at=LATER,
        message_id="<2@example.ee>",
        in_reply_to_token=token,
        at=LATER,
    )

    assert reply.inquiry == letter.inquiry
    assert reply.inquiry.state == InquiryState.REOPENED


def test_answer_is_taken_back_whole():
    draft = AnswerDraftFactory()
    letter = sent(draft, text="Teine tekst")

    back = actions.take_back_answer(letter=letter, by=draft.inquiry.agent, at=SOON)

    assert back.typed["text"] == "Teine tekst"
    assert not Letter.objects.exists()
    assert actions.let_letter_go(letter_id=letter.pk or 0, at=LATER) is None
    assert not OutgoingMail.objects.exists()


def test_letter_that_has_left_is_not_taken_back():
    letter = sent(AnswerDraftFactory())
    actions.let_letter_go(letter_id=letter.pk, at=LATER)

    with pytest.raises(TooLateToTakeBack):
        actions.take_back_answer(letter=letter, by=letter.written_by, at=LATER)


def test_sweep_sends_what_no_worker_was_told_of_once():
    sent(AnswerDraftFactory())

    assert actions.send_leaving_letters(at=SOON) == 0
    assert actions.send_leaving_letters(at=LATER) == 1
    assert actions.send_leaving_letters(at=LATER) == 0
    assert OutgoingMail.objects.count() == 1


def test_second_answer_waits_until_the_first_has_left():
    draft = AnswerDraftFactory()
    sent(draft)
    draft.refresh_from_db()

    with pytest.raises(LetterIsLeaving):
        sent(draft)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("recipient_address", {"recipient_address": "not an address"}),
        ("recipient_address", {"recipient_address": ""}),
        ("subject", {"subject": " "}),
        ("text", {"text": ""}),
        ("source_version", {"source_text": ""}),
        ("language", {"language": "xx"}),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_the_draft_stays(field, typed):
    draft = AnswerDraftFactory()

    with pytest.raises(LetterNotComplete) as refused:
        sent(draft, **typed)

    assert list(refused.value.errors) == [field]
    assert AnswerDraft.objects.get().typed.items() >= typed.items()
    assert not Letter.objects.exists()


def test_question_to_the_sender_needs_no_source_and_leaves_the_matter_open():
    draft = AnswerDraftFactory()
    letter = sent(draft, kind="question", source_text="")

    actions.let_letter_go(letter_id=letter.pk, at=LATER)

    draft.inquiry.refresh_from_db()
    assert (draft.inquiry.state, draft.inquiry.outcome) == (InquiryState.IN_WORK, "")
    assert OutgoingMail.objects.count() == 1


def test_settled_inquiry_is_answered_again_only_once_it_is_reopened():
    draft = AnswerDraftFactory(inquiry=InquiryFactory(channel="email"))

    with pytest.raises(MoveNotAllowed):
        sent(draft)


def test_answer_calls_back_what_a_unit_was_asked():
    draft = AnswerDraftFactory()
    inquiry, agent = draft.inquiry, draft.inquiry.agent
    actions.ask_unit(
        inquiry=inquiry,
        unit=UnitFactory(),
        text="Kas on luba?",
        address="juht@agency.example",
        by=agent,
        at=MONDAY_TEN,
    )

    letter = sent(draft)
    actions.let_letter_go(letter_id=letter.pk, at=LATER)

    assert not UnitRequest.objects.open().exists()


class TestSecondReader:
    def draft(self):
        topic = TopicFactory(needs_second_reader=True)
        return AnswerDraftFactory(inquiry=InquiryFactory(in_work=True, topic=topic))

    def test_answer_does_not_leave_unread(self):
        with pytest.raises(NeedsSecondReader):
            sent(self.draft())

    def test_answer_leaves_once_it_is_read_and_says_by_whom(self):
        draft, reader = self.draft(), UserFactory(role="coordinator")
        actions.pass_answer(draft=draft, version=draft.version, by=reader, at=MONDAY_TEN)
        draft.refresh_from_db()

        letter = sent(draft)

        assert letter.read_for_quality_by == reader

    def test_text_that_is_changed_after_the_reading_has_not_been_read(self):
        draft = self.draft()
        reader = UserFactory(role="coordinator")
        actions.pass_answer(draft=draft, version=draft.version, by=reader, at=MONDAY_TEN)
        draft.refresh_from_db()

        with pytest.raises(NeedsSecondReader):
            sent(draft, text="Hoopis midagi muud")

    def test_reader_cannot_pass_a_text_that_has_changed_meanwhile(self):
        draft = self.draft()
        actions.save_answer(
            inquiry=draft.inquiry,
            version=draft.version,
            typed={**draft.typed, "text": "Uus"},
            by=draft.started_by,
            at=MONDAY_TEN,
        )

        with pytest.raises(StaleSave):
            actions.pass_answer(
                draft=draft, version=1, by=UserFactory(role="coordinator"), at=MONDAY_TEN
            )

    def test_writer_is_no_second_reader(self):
        draft = self.draft()

        with pytest.raises(ReaderIsWriter):
            actions.pass_answer(draft=draft, version=1, by=draft.started_by, at=MONDAY_TEN)

    def test_whoever_wrote_in_between_is_no_second_reader_either(self):
        draft, other = self.draft(), UserFactory(role="coordinator")
        for by, text in ((other, "Teine"), (draft.started_by, "Kolmas")):
            draft = actions.save_answer(
                inquiry=draft.inquiry,
                version=draft.version,
                typed={**draft.typed, "text": text},
                by=by,
                at=MONDAY_TEN,
            )
        actions.ask_for_reading(draft=draft, by=draft.started_by, at=MONDAY_TEN)

        with pytest.raises(ReaderIsWriter):
            actions.pass_answer(draft=draft, version=draft.version, by=other, at=MONDAY_TEN)
        assert not answers_to_read(by=other).exists()

    def test_whoever_put_a_file_beside_it_is_no_second_reader_either(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        draft, other = self.draft(), UserFactory(role="coordinator")
        pdf = CheckedUpload("a.pdf", "application/pdf", b"%PDF-1.7", "0" * 64)
        actions.add_answer_file(draft=draft, upload=pdf, by=other, at=MONDAY_TEN)
        draft.refresh_from_db()
        draft = actions.save_answer(
            inquiry=draft.inquiry,
            version=draft.version,
            typed={**draft.typed, "text": "Uus"},
            by=draft.started_by,
            at=MONDAY_TEN,
        )

        with pytest.raises(ReaderIsWriter):
            actions.pass_answer(draft=draft, version=draft.version, by=other, at=MONDAY_TEN)

    def test_remark_goes_back_to_the_writer(self):
        draft, reader = self.draft(), UserFactory(role="coordinator")
        actions.ask_for_reading(draft=draft, by=draft.started_by, at=MONDAY_TEN)

        actions.return_answer(draft=draft, remark="Lisa alus.", by=reader, at=MONDAY_TEN)

        draft.refresh_from_db()
        assert (draft.remark, draft.reading_asked_at) == ("Lisa alus.", None)


class TestDraft:
    def test_save_over_a_version_that_has_moved_on_overwrites_nothing(self):
        draft = AnswerDraftFactory(version=3)

        with pytest.raises(StaleSave) as stale:
            actions.save_answer(
                inquiry=draft.inquiry,
                version=2,
                typed={**draft.typed, "text": "minu"},
                by=draft.started_by,
                at=MONDAY_TEN,
            )

        assert [(one.theirs, one.mine) for one in stale.value.differences] == [
            ("Jah, luba on vaja.", "minu")
        ]
        draft.refresh_from_db()
        assert draft.typed["text"] == "Jah, luba on vaja."

    def test_save_whose_answer_got_lost_may_be_sent_again(self):
        draft = AnswerDraftFactory()
        typed = {**draft.typed, "text": "uus"}
        saves = [
            actions.save_answer(
                inquiry=draft.inquiry, version=1, typed=typed, by=draft.started_by, at=MONDAY_TEN
            ).version
            for _time in range(2)
        ]

        assert saves == [2, 2]

    def test_two_who_begin_at_once_write_one_draft(self):
        inquiry = InquiryFactory(in_work=True)
        other = UserFactory(role="coordinator")
        actions.save_answer(
            inquiry=inquiry, version=0, typed={"text": "a"}, by=inquiry.agent, at=MONDAY_TEN
        )

        with pytest.raises(StaleSave):
            actions.save_answer(
                inquiry=inquiry, version=0, typed={"text": "b"}, by=other, at=MONDAY_TEN
            )


def test_bounce_marks_the_letter_and_opens_the_matter_again():
    letter = sent(AnswerDraftFactory())
    letter = actions.let_letter_go(letter_id=letter.pk, at=LATER)

    actions.record_bounce(message_id=letter.message_id, reason="550 no such user", at=LATER)

    letter.refresh_from_db()
    assert letter.bounce_reason == "550 no such user"
    assert letter.inquiry.state == InquiryState.REOPENED


def test_bounce_of_a_mail_that_is_not_ours_is_nobodys_matter():
    LetterFactory(message_id="<1@example.ee>")

    found = actions.record_bounce(message_id="<1@example.ee>", reason="", at=LATER)

    assert found is None
