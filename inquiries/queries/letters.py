"""Letters: those that wait in the inbox, and whom they could go to."""

import datetime as dt
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import Responsibility, Unit, User
from common.clock import working_clock
from inquiries.models import (
    WRITTEN,
    AnswerDraft,
    Inquiry,
    Letter,
    LetterKind,
    UnitRequest,
    seen_through_inquiry,
)
from inquiries.queries.listing import LIST_FIELDS, NEAR_WORKING_DAYS, rows_of_list
from inquiries.states import InquiryState

ALSO_IN_INBOX = ("register_number", "registered_on", "legal_kind")
INBOX_ORDER = ("answer_by", "pk")


@dataclass(frozen=True)
class InboxFilters:
    """What the inbox is narrowed to; each empty value lets everything through."""

    whose: str = ""  # "mine", "unassigned", or "in_reach" for both
    unit: Unit | None = None  # with the units below it
    channel: str = ""
    due: str = ""  # "late", "today" (or late), "near"


def letters_in_inbox(filters: InboxFilters, *, by: User, today: date) -> QuerySet[Inquiry]:
    """Return the written inquiries that wait for an answer; order them by INBOX_ORDER."""
    rows = Inquiry.objects.visible_to(by).in_inbox().filter(_due(filters.due, today))
    if filters.whose:
        rows = rows.filter(_whose(filters.whose, by))
    if filters.channel:
        # Said of the others, which keeps the planner to the inbox's own small index.
        rows = rows.exclude(channel__in=[one for one in WRITTEN if one != filters.channel])
    if filters.unit:
        rows = rows.filter(owner_unit__in=filters.unit.descendants())
    return rows


def _whose(which: str, by: User) -> Q:
    mine, nobodys = Q(responsible__in=by.acts_for_ids), Q(state=InquiryState.RECEIVED)
    return {"mine": mine, "unassigned": nobodys, "in_reach": mine | nobodys}[which]


def rows_of_inbox(rows: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
    """With what a row of the inbox shows and nothing else."""
    return rows_of_list(rows).only(*LIST_FIELDS, *ALSO_IN_INBOX)


def _due(which: str, today: date) -> Q:
    if which == "late":
        return Q(answer_by__lt=today)
    if which == "today":
        return Q(answer_by__lte=today)
    if which == "near":
        return Q(answer_by__gte=today, answer_by__lte=near_day(today))
    return Q()


def near_day(today: date) -> date:
    """The last day that counts as near."""
    return working_clock().add_days(today, NEAR_WORKING_DAYS)


def line_of_letters(by: User) -> QuerySet[Inquiry]:
    """Letters that nobody has, the nearest deadline first."""
    rows = Inquiry.objects.visible_to(by).in_inbox().filter(state=InquiryState.RECEIVED)
    return rows.order_by(*INBOX_ORDER)


def first_letters(inquiries: list[Inquiry]) -> dict[int, Letter]:
    """The letter with which each inquiry began, by the inquiry's id, in one query."""
    found: dict[int, Letter] = {}
    letters = Letter.objects.filter(inquiry__in=inquiries, kind=LetterKind.INCOMING)
    for letter in letters.only("inquiry_id", "sender_name", "subject", "at").order_by("-at", "-pk"):
        found[letter.inquiry_id] = letter
    return found


def is_registered_late(inquiry: Inquiry, today: date) -> bool:
    """Without a number of the register although the next working day is over."""
    if inquiry.register_number or inquiry.registered_on is None:
        return False
    return today > working_clock().add_days(inquiry.registered_on, 1)


def forward_by(inquiry: Inquiry, days: int) -> date | None:
    """The last day on which the letter may be sent on to another body."""
    if inquiry.registered_on is None:
        return None
    return working_clock().add_days(inquiry.registered_on, days)


def suggested_agents(inquiry: Inquiry, people: list[User]) -> list[int]:
    """Ids of those whose topic it is, the closest first: by county, by topic, by its group."""
    if inquiry.topic is None or inquiry.main_topic is None:
        return []
    codes = [inquiry.topic.code, inquiry.main_topic.code]
    rows = Responsibility.objects.filter(topic_code__in=codes, user__in=people)
    rows = rows.filter(county__in=["", inquiry.county])
    ranked = sorted(
        rows.values_list("user_id", "topic_code", "county"),
        key=lambda row: (codes.index(row[1]), row[2] != inquiry.county, row[0]),
    )
    return list(dict.fromkeys(user_id for user_id, _code, _county in ranked))


def head_of_unit(unit: Unit, *, on: dt.date) -> User | None:
    """The head of the unit, or, while it has none, of the one above it."""
    above: Unit | None = unit
    seen: set[int] = set()
    while above is not None and above.pk not in seen:
        seen.add(above.pk)  # a loop made by hand must not hang the page
        held = Q(role_assignments__role="unit_head", role_assignments__starts_on__lte=on) & (
            Q(role_assignments__ends_on__isnull=True) | Q(role_assignments__ends_on__gte=on)
        )
        head = User.objects.filter(held, unit=above, is_active=True).order_by("pk").first()
        if head is not None:
            return head
        above = above.parent
    return None


def questions_to_units(*, by: User) -> QuerySet[UnitRequest]:
    """What a person's unit has been asked and has not answered, the most pressing first."""
    rows = UnitRequest.objects.visible_to(by).open()
    related = ("inquiry__topic", "unit", "asked_by")
    return rows.select_related(*related).order_by("due_on", "pk")


def answers_to_read(*, by: User) -> QuerySet[AnswerDraft]:
    """Answers that wait for a second reader and that this person did not write."""
    rows = AnswerDraft.objects.filter(seen_through_inquiry(by), reading_asked_at__isnull=False)
    rows = rows.exclude(started_by=by).exclude(updated_by=by).exclude(writers=by)
    return rows.select_related("inquiry__topic", "updated_by").order_by("reading_asked_at", "pk")


def late_units(inquiries: list[Inquiry], today: date) -> set[int]:
    """Ids of the inquiries whose unit has let its day pass, in one query."""
    late = UnitRequest.objects.open().filter(inquiry__in=inquiries, due_on__lt=today)
    return set(late.values_list("inquiry_id", flat=True))
