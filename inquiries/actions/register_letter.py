from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from inquiries.actions.extend_term import lapse_extension
from inquiries.field_refusals import InTheFuture, TooLongAgo
from inquiries.models import Inquiry, LegalKind, LegalTerm
from inquiries.queries import term_of
from inquiries.refusals import LetterNotComplete
from inquiries.versions import keep_first_version, save_version


def register_letter(
    *,
    inquiry: Inquiry,
    register_number: str,
    registered_on: date,
    legal_kind: LegalKind,
    by: User,
    at: datetime,
) -> Inquiry:
    """The agency's document register has given a letter its number.

    1. Lock the inquiry; the day cannot lie ahead of us, nor before the law that we know.
    2. With another legal kind the letter has another term: an extension of the former one lapses.
    3. Keep number, day and legal kind; the day for the answer counts anew, unless an extension stands.
    4. Write a version.

    Raises LetterNotComplete.
    """
    field = Inquiry._meta.get_field("registered_on").verbose_name  # type: ignore[union-attr]
    if registered_on > timezone.localdate(at):
        raise LetterNotComplete({"registered_on": [InTheFuture(field=field)]})
    if LegalTerm.objects.in_force(legal_kind, registered_on) is None:
        raise LetterNotComplete({"registered_on": [TooLongAgo(field=field)]})
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
        keep_first_version(inquiry)
        lapse_extension(inquiry=inquiry, kind=legal_kind, at=at)
        inquiry.register_number, inquiry.registered_on = register_number, registered_on
        inquiry.legal_kind = legal_kind
        inquiry.answer_by = term_of(inquiry, kind=legal_kind, registered_on=registered_on)
        inquiry.claim_version(inquiry.version)
        save_version(inquiry, why="registered", by=by, at=at)
    return inquiry
