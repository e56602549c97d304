import datetime as dt
import uuid

import factory
from factory.django import DjangoModelFactory

from inquiries.models import Correction, Inquiry, InquiryDraft, LegalTerm, SavedView
from inquiries.states import InquiryState, Outcome
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.knowledge import TopicFactory

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
