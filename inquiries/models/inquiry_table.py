"""By what the table of inquiries is searched, and what holds for each of its rows."""

from django.db import models
from django.db.models import F, Q

from inquiries.models.identification import IdentifiedHow
from inquiries.models.inquiry_reach import IN_INBOX
from inquiries.states import OPEN_STATES, InquiryState


def _by(field, name):
    """Each filter of the list has its index, read backwards for the newest first.

    With all by which the list is ordered: the keys of a page and the count come from the index alone.
    """
    return models.Index(fields=[field, "started_at", "id"], name=f"inquiries_inquiry_{name}")


INDEXES = [
    models.Index(fields=["started_at", "id"], name="inquiries_inquiry_newest"),
    _by("state", "state"),
    _by("outcome", "outcome"),
    _by("channel", "channel"),
    _by("language", "language"),
    _by("county", "county"),
    _by("topic", "topic"),
    _by("main_topic", "main"),
    _by("owner_unit", "unit"),
    _by("agent", "agent"),
    _by("responsible", "resp"),
    _by("client", "client"),
    # What a person still has open, counted on each opening of the day.
    models.Index(fields=["responsible", "state"], name="inquiries_inquiry_open_of"),
    # The same in the order of the list.
    models.Index(
        fields=["responsible", "started_at", "id"],
        condition=Q(state__in=sorted(OPEN_STATES)),
        name="inquiries_inquiry_open_list",
    ),
    # All that is open, in the order of the list, with the day by which an answer is owed.
    models.Index(
        fields=["started_at", "id", "answer_by"],
        condition=Q(state__in=sorted(OPEN_STATES)),
        name="inquiries_inquiry_open_all",
    ),
    # The moment of rows whose keys are known: what a text found, put in order.
    models.Index(fields=["id", "started_at"], name="inquiries_inquiry_moment"),
    # Found by their beginning; this operator class serves equality as well.
    models.Index(
        fields=["caller_number"],
        opclasses=["varchar_pattern_ops"],
        name="inquiries_inquiry_caller",
    ),
    models.Index(
        fields=["object_key"],
        opclasses=["varchar_pattern_ops"],
        name="inquiries_inquiry_object",
    ),
    # What came to its end lately, for the question how we served.
    models.Index(
        fields=["state_since"],
        condition=Q(state__in=["closed", "referred_out", "solved"]),
        name="inquiries_inquiry_ended",
    ),
    # Few rows of many: only those that have the value.
    models.Index(
        fields=["callback_due_at"],
        condition=Q(state=InquiryState.CALLBACK),
        name="inquiries_inquiry_callback",
    ),
    models.Index(
        fields=["state", "answer_by"],
        condition=Q(answer_by__isnull=False),
        name="inquiries_inquiry_answer_by",
    ),
    # With all by which the inbox is narrowed, so that the index alone answers how many wait.
    models.Index(
        fields=["answer_by", "id", "owner_unit", "channel", "state"],
        condition=IN_INBOX,
        name="inquiries_inquiry_inbox",
    ),
    models.Index(
        fields=["responsible", "answer_by", "id"],
        condition=IN_INBOX,
        name="inquiries_inquiry_inbox_of",
    ),
    models.Index(
        fields=["state_since"],
        condition=Q(state__in=[InquiryState.SOLVED, InquiryState.REFERRED_OUT]),
        name="inquiries_inquiry_settled",
    ),
    models.Index(
        fields=["recording_expires_on"],
        condition=~Q(recording_reference=""),
        name="inquiries_inquiry_recording",
    ),
    models.Index(
        fields=["follow_up_of"],
        condition=Q(follow_up_of__isnull=False),
        name="inquiries_inquiry_follow_up",
    ),
    models.Index(
        fields=["mentions"],
        condition=Q(mentions__isnull=False),
        name="inquiries_inquiry_mentions",
    ),
    models.Index(
        fields=["source_version"],
        condition=Q(source_version__isnull=False),
        name="inquiries_inquiry_source",
    ),
    models.Index(
        fields=["referral_body"],
        condition=Q(referral_body__isnull=False),
        name="inquiries_inquiry_referral",
    ),
]

CONSTRAINTS = [
    models.UniqueConstraint(
        fields=["number"],
        opclasses=["varchar_pattern_ops"],
        name="inquiries_inquiry_number_once",
    ),
    models.CheckConstraint(
        condition=Q(is_anonymous=False) | Q(client__isnull=True),
        name="inquiries_inquiry_anonymous_has_no_client",
    ),
    models.CheckConstraint(
        condition=(
            Q(identified_how=IdentifiedHow.FACTS)
            & ~Q(first_fact="")
            & ~Q(second_fact="")
            & ~Q(first_fact=F("second_fact"))
        )
        | (~Q(identified_how=IdentifiedHow.FACTS) & Q(first_fact="", second_fact="")),
        name="inquiries_inquiry_identified_by_two_facts",
    ),
    models.CheckConstraint(
        condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
        name="inquiries_inquiry_ends_after_start",
    ),
    models.CheckConstraint(
        condition=Q(wrapped_up_at__gte=F("started_at")),
        name="inquiries_inquiry_wrapped_up_after_start",
    ),
    models.CheckConstraint(
        condition=~Q(state=InquiryState.CALLBACK) | Q(callback_due_at__isnull=False),
        name="inquiries_inquiry_callback_has_due",
    ),
    models.CheckConstraint(
        condition=Q(legal_kind="", registered_on__isnull=True, answer_by__isnull=True)
        | (~Q(legal_kind="") & Q(registered_on__isnull=False, answer_by__isnull=False)),
        name="inquiries_inquiry_legal_kind_has_term",
    ),
    models.CheckConstraint(
        condition=Q(state=InquiryState.RECEIVED, agent__isnull=True, responsible__isnull=True)
        | (~Q(state=InquiryState.RECEIVED) & Q(agent__isnull=False, responsible__isnull=False)),
        name="inquiries_inquiry_received_has_nobody",
    ),
    models.CheckConstraint(
        condition=~Q(outcome="") | Q(state__in=[InquiryState.RECEIVED, InquiryState.IN_WORK]),
        name="inquiries_inquiry_outcome_unless_in_work",
    ),
    models.CheckConstraint(
        condition=Q(is_restricted=False)
        | (~Q(restriction_basis="") & Q(restricted_until__isnull=False)),
        name="inquiries_inquiry_restricted_has_basis",
    ),
    models.CheckConstraint(
        condition=Q(recording_reference="") | Q(recording_expires_on__isnull=False),
        name="inquiries_inquiry_recording_expires",
    ),
]
