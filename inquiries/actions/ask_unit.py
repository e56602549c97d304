from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from accounts.models import Unit, User
from common.actions import issue_external_link
from common.clock import working_clock
from inquiries.answering import NotAnAddress
from inquiries.field_refusals import Missing
from inquiries.models import (
    Channel,
    Inquiry,
    Language,
    Letter,
    LetterDirection,
    LetterKind,
    UnitRequest,
)
from inquiries.outgoing import hand_over, is_address
from inquiries.queries import head_of_unit
from inquiries.refusals import LetterIsLeaving, LetterNotComplete, UnitAskedAlready
from inquiries.states import MOVES, InquiryState, Outcome
from inquiries.versions import keep_first_version, save_version
from inquiries.wording import filled, wording

PURPOSE = "inquiries.answer_for_unit"
LINK_DAYS = 60
MOST_AT_ONCE = 200


def ask_unit(
    *, inquiry: Inquiry, unit: Unit, text: str, by: User, at: datetime, address: str = ""
) -> UnitRequest:
    """The answer has to come from a unit of the agency.

    1. Whom to write: the address that was typed, else the unit's head.
    2. Lock the inquiry; one unit is asked at a time.
    3. Put the question into the thread, where only we see it, with the day by which the unit answers.
    4. Write to the unit's head: what it is about in a word, and the link to the page where the
       letter can be read and answered without an account. The mail itself tells nothing of the
       client.
    5. The inquiry waits with the unit; write a version.

    Raises LetterNotComplete, MoveNotAllowed, LetterIsLeaving or UnitAskedAlready.
    """
    address = _address(unit, address, at)
    if not text.strip():
        raise LetterNotComplete({"text": [Missing(field=_label("text"))]})
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
        if UnitRequest.objects.open().filter(inquiry=inquiry).exists():
            raise UnitAskedAlready
        if inquiry.letters.leaving().exists():
            raise LetterIsLeaving
        state = MOVES.target("forward_to_unit", InquiryState(inquiry.state))
        question = Letter.objects.create(
            inquiry=inquiry,
            direction=LetterDirection.INTERNAL,
            kind=LetterKind.TO_UNIT,
            channel=Channel.EMAIL,
            language=Language.ESTONIAN,
            sender_name=str(by),
            recipient_name=unit.name,
            recipient_address=address,
            text=text,
            at=at,
            written_by=by,
        )
        request = UnitRequest.objects.create(
            inquiry=inquiry,
            unit=unit,
            question=question,
            asked_by=by,
            asked_at=at,
            due_on=working_clock().add_days(timezone.localdate(at), settings.UNIT_ANSWER_DAYS),
        )
        _write_to_head(request, inquiry, by=by, at=at)
        keep_first_version(inquiry)
        inquiry.state, inquiry.state_since, inquiry.owner_unit = state, at, unit
        inquiry.outcome = inquiry.outcome or Outcome.WITH_UNIT
        inquiry.claim_version(inquiry.version)
        save_version(inquiry, why="unit_asked", by=by, at=at)
    return request


def remind_units(*, at: datetime) -> int:
    """Answers of units that are due on the next working day, or late: their heads are reminded.

    1. Only on working days, and each question once a day.
    2. Write to the head once more, with a link; the earlier ones open still.
    """
    today, clock = timezone.localdate(at), working_clock()
    if not clock.is_workday(today):
        return 0
    due = UnitRequest.objects.open().filter(due_on__lte=clock.add_days(today, 1))
    midnight = timezone.make_aware(datetime.combine(today, datetime.min.time()))
    due = due.exclude(reminded_at__gte=midnight).exclude(asked_at__gte=midnight)
    reminded = 0
    for pk in list(due.values_list("pk", flat=True)[:MOST_AT_ONCE]):
        with transaction.atomic():
            request = due.select_for_update(of=("self",)).filter(pk=pk).first()
            if request is None:
                continue
            request.reminded_at = at
            request.save(update_fields=["reminded_at"])
            _remind(request, at=at)
            reminded += 1
    return reminded


def _address(unit: Unit, typed: str, at: datetime) -> str:
    address = typed.strip()
    if not address:
        head = head_of_unit(unit, on=timezone.localdate(at))
        address = head.email if head else ""
    if not address:
        raise LetterNotComplete({"address": [Missing(field=_label("recipient_address"))]})
    if not is_address(address):
        raise LetterNotComplete({"address": [NotAnAddress()]})
    return address


def _label(name: str) -> object:
    return Letter._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def _write_to_head(request: UnitRequest, inquiry: Inquiry, *, by: User, at: datetime) -> None:
    subject, text = _words(request, inquiry, by=by, at=at)
    request.question.subject = subject
    hand_over(request.question, text=text, at=at)


def _remind(request: UnitRequest, *, at: datetime) -> None:
    inquiry, question = request.inquiry, request.question
    subject, text = _words(request, inquiry, by=request.asked_by, at=at)
    hand_over(
        Letter.objects.create(
            inquiry=inquiry,
            direction=LetterDirection.INTERNAL,
            kind=LetterKind.REMINDER,
            channel=Channel.EMAIL,
            language=Language.ESTONIAN,
            sender_name=question.sender_name,
            recipient_name=question.recipient_name,
            recipient_address=question.recipient_address,
            subject=subject,
            at=at,
        ),
        text=text,
        at=at,
    )


def _words(request: UnitRequest, inquiry: Inquiry, *, by: User, at: datetime) -> tuple[str, str]:
    """Subject and text of the mail to the unit's head, with a new link in it."""
    template = wording(LetterKind.TO_UNIT)
    with translation.override(Language.ESTONIAN):
        values = {
            "number": inquiry.number,
            "topic": str(inquiry.topic or ""),
            "unit": request.unit.name,
            "due_on": date_format(request.due_on, "SHORT_DATE_FORMAT"),
            "asked_by": str(by),
            "phone": by.phone or settings.AGENCY["phone"],
            "link": _link(request, by=by, at=at),
        }
    return (
        filled(template.subject(Language.ESTONIAN), values),
        filled(template.text(Language.ESTONIAN), values),
    )


def _link(request: UnitRequest, *, by: User, at: datetime) -> str:
    _row, token = issue_external_link(
        purpose=PURPOSE, about=request, expires_at=at + timedelta(days=LINK_DAYS), by=by, at=at
    )
    return settings.SITE_URL + reverse("inquiries:unit_link", args=[token])
