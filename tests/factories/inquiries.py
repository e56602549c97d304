import datetime as dt
import json
import uuid
from pathlib import Path

import factory
from factory.django import DjangoModelFactory

from common.tokens import token_hash
from inquiries import models
from inquiries.models import (
    AnswerDraft,
    CallRecordProfile,
    Correction,
    Inquiry,
    InquiryDraft,
    LegalTerm,
    Letter,
    PhoneCall,
    PhoneLine,
    SavedView,
)
from inquiries.states import InquiryState, Outcome
from inquiries.threads import thread_hash
from inquiries.words import WORDS
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.knowledge import TopicFactory

SEED = Path(models.__file__).parents[1] / "seed"
MONDAY_TEN = dt.datetime(2026, 11, 16, 8, 0, tzinfo=dt.UTC)  # ten o'clock in Tallinn


class InquiryFactory(DjangoModelFactory):
    """A solved call. Traits name other situations: `anonymous=True`, `callback=True`, …"""

    class Meta:
        model = Inquiry

    class Params:
        anonymous = factory.Trait(is_anonymous=True, client=None, caller_number="")
        callback = factory.Trait(
            outcome=Outcome.CALLBACK,
            state=InquiryState.CALLBACK,
            callback_due_at=factory.LazyAttribute(lambda made: made.started_at + dt.timedelta(1)),
            callback_number="+3725300100",
        )
        with_unit = factory.Trait(outcome=Outcome.WITH_UNIT, state=InquiryState.WITH_UNIT)
        restricted = factory.Trait(
            is_restricted=True,
            restriction_basis="AvTS § 35 lg 1 p 12",
            restricted_until=dt.date(2031, 11, 16),
        )
        closed = factory.Trait(state=InquiryState.CLOSED)
        received = factory.Trait(
            channel="email",
            outcome="",
            state=InquiryState.RECEIVED,
            agent=None,
            answer="",
            source_text="",
            legal_kind="explanation",
            registered_on=dt.date(2026, 11, 16),
            answer_by=dt.date(2026, 12, 1),
        )
        in_work = factory.Trait(
            channel="email",
            outcome="",
            state=InquiryState.IN_WORK,
            answer="",
            source_text="",
            legal_kind="explanation",
            registered_on=dt.date(2026, 11, 16),
            answer_by=dt.date(2026, 12, 1),
        )

    @classmethod
    def _after_postgeneration(cls, instance, create, results=None):
        super()._after_postgeneration(instance, create, results)
        if create:
            WORDS.write([instance])

    number = factory.Sequence(
        lambda number: f"P-2025-{number + 1:06d}"
    )  # beside the series of tests
    key = factory.LazyFunction(uuid.uuid4)
    channel = "phone"
    language = "et"
    started_at = factory.Sequence(lambda number: MONDAY_TEN + dt.timedelta(minutes=number % 300))
    ended_at = factory.LazyAttribute(lambda made: made.started_at + dt.timedelta(minutes=4))
    wrapped_up_at = factory.LazyAttribute(lambda made: made.ended_at + dt.timedelta(minutes=1))
    agent = factory.SubFactory(UserFactory, role="specialist")
    responsible = factory.SelfAttribute("agent")
    client = factory.SubFactory(ClientFactory)
    caller_number = "+3725300100"
    topic = factory.SubFactory(TopicFactory)
    main_topic = factory.SelfAttribute("topic.parent")
    owner_unit = factory.SelfAttribute("topic.owner_unit")
    question = "Kuidas volitada raamatupidajat?"
    answer = "Töölaud, halda volitusi, lisa uus volitus."
    source_text = "määrus nr 34 § 2"
    outcome = Outcome.SOLVED
    state = InquiryState.SOLVED
    state_since = factory.SelfAttribute("wrapped_up_at")


class InquiryDraftFactory(DjangoModelFactory):
    """A draft in which nothing was typed yet."""

    class Meta:
        model = InquiryDraft

    key = factory.LazyFunction(uuid.uuid4)
    owner = factory.SubFactory(UserFactory, role="specialist")
    typed = factory.LazyFunction(lambda: {"channel": "phone", "language": "et"})
    started_at = MONDAY_TEN
    updated_at = MONDAY_TEN


class CorrectionFactory(DjangoModelFactory):
    class Meta:
        model = Correction

    inquiry = factory.SubFactory(InquiryFactory)
    wrong_answer = "Kolmkümmend päeva."
    what_was_wrong = "Tähtaeg on muutunud."
    correct_answer = "Viisteist päeva."
    source_text = "MSVS § 6"
    by = factory.SubFactory(UserFactory, role="specialist")
    at = MONDAY_TEN


class LegalTermFactory(DjangoModelFactory):
    class Meta:
        model = LegalTerm

    kind = "explanation"
    days = 15
    counted_in = "calendar"
    valid_from = dt.date(2030, 1, 1)


class SavedViewFactory(DjangoModelFactory):
    class Meta:
        model = SavedView

    owner = factory.SubFactory(UserFactory, role="specialist")
    name = factory.Sequence(lambda number: f"Vaade {number}")
    filters = factory.LazyFunction(dict)
    created_at = MONDAY_TEN


class PhoneLineFactory(DjangoModelFactory):
    """A telephone exchange; `token="…"` opens it to events."""

    class Meta:
        model = PhoneLine

    class Params:
        token = ""

    name = factory.Sequence(lambda number: f"Keskjaam {number}")
    token_hash = factory.LazyAttribute(lambda made: token_hash(made.token) if made.token else "")


class CallRecordProfileFactory(DjangoModelFactory):
    """A profile beside those that are there from the start; traits: `asterisk=True`."""

    class Meta:
        model = CallRecordProfile

    class Params:
        asterisk = factory.Trait(layout=factory.LazyFunction(lambda: seeded("asterisk-cdr")))

    code = factory.Sequence(lambda number: f"profile-{number}")
    name = "Keskjaama kõnekirjed"
    layout = factory.LazyFunction(lambda: seeded("cucm"))


def seeded(code):
    rows = json.loads((SEED / "call_profiles.json").read_text(encoding="utf-8"))
    return next(row["layout"] for row in rows if row["code"] == code)


class PhoneCallFactory(DjangoModelFactory):
    """An answered call that is over. Traits: `missed=True`, `ringing=True`, `talking=True`."""

    class Meta:
        model = PhoneCall

    class Params:
        missed = factory.Trait(answered_at=None, is_missed=True, cause="cancel", agent=None)
        ringing = factory.Trait(answered_at=None, ended_at=None, agent=None)
        talking = factory.Trait(ended_at=None)

    line = factory.SubFactory(PhoneLineFactory)
    call_id = factory.Sequence(lambda number: f"call-{number}")
    direction = "in"
    number = "+3725300100"
    from_number = factory.SelfAttribute("number")
    agent = factory.SubFactory(UserFactory, role="specialist")
    rang_at = factory.Sequence(lambda number: MONDAY_TEN + dt.timedelta(minutes=number % 300))
    answered_at = factory.LazyAttribute(lambda made: made.rang_at + dt.timedelta(seconds=12))
    ended_at = factory.LazyAttribute(lambda made: made.rang_at + dt.timedelta(minutes=4))


class LetterFactory(DjangoModelFactory):
    """A client's letter. Traits: `answer=True` (with `token`), `to_unit=True`, `to_post=True`."""

    class Meta:
        model = Letter
        skip_postgeneration_save = True

    class Params:
        token = ""
        answer = factory.Trait(
            direction="out",
            kind="answer",
            sender_address="klienditugi@keskkonnaamet.ee",
            recipient_address="mari@example.ee",
            written_by=factory.SelfAttribute("inquiry.agent"),
            leaves_at=factory.SelfAttribute("at"),
            left_at=factory.SelfAttribute("at"),
        )
        to_unit = factory.Trait(direction="internal", kind="to_unit")
        to_post = factory.Trait(
            direction="out",
            kind="question",
            channel="post",
            recipient_name="Mari Maasikas",
            recipient_address="Kase 1, 80010 Pärnu",
            written_by=factory.SelfAttribute("inquiry.agent"),
            to_post_since=factory.SelfAttribute("at"),
        )

    inquiry = factory.SubFactory(InquiryFactory, received=True)
    direction = "in"
    kind = "incoming"
    channel = "email"
    language = "et"
    sender_name = "Mari Maasikas"
    sender_address = "mari@example.ee"
    subject = "Veeluba"
    text = "Kas kaevule on luba vaja?"
    at = MONDAY_TEN
    thread_hash = factory.LazyAttribute(lambda made: thread_hash(made.token) if made.token else "")


class AnswerDraftFactory(DjangoModelFactory):
    class Meta:
        model = AnswerDraft

    inquiry = factory.SubFactory(InquiryFactory, in_work=True)
    typed = factory.LazyFunction(
        lambda: {
            "kind": "answer",
            "way": "email",
            "language": "et",
            "recipient_name": "Mari Maasikas",
            "recipient_address": "mari@example.ee",
            "subject": "Vastus: Veeluba",
            "text": "Jah, luba on vaja.",
            "source_text": "veeseadus § 187",
        }
    )
    started_by = factory.SelfAttribute("inquiry.agent")
    updated_by = factory.SelfAttribute("inquiry.agent")
    updated_at = MONDAY_TEN
