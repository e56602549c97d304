from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models import ContactKind
from common.actions import queue_mail
from common.refusals import Refusal
from documents.letters import day_in, write_letter
from documents.models import Access, AccessDoubt, Paper
from documents.variables import contact_point_of


class AccessNotEnded(Refusal):
    """Rights are closed when what gave them has ended, not before."""

    code = "access_not_ended"
    sentence = _("This access is in force: only a paper or a deleted organisation ends it.")


def end_access(*, access: Access, paper: Paper, ends_on: date, at: datetime) -> Access:
    """A paper ends an access on a day, in the caller's transaction; an earlier end stays as it was."""
    last = max(ends_on, access.valid_from)
    if access.ends_on is None or last < access.ends_on:
        access.ends_on, access.ended_by = last, paper
        access.save(update_fields=["ends_on", "ended_by"])
    return access


def close_access(*, access: Access, by: User, at: datetime) -> Access:
    """Somebody has closed the rights in the portal: their last day is over.

    1. Pressed twice, it is closed once.
    2. The client and the person are told, in the client's language.

    Raises AccessNotEnded.
    """
    with transaction.atomic():
        access = Access.objects.select_for_update(of=("self",)).get(pk=access.pk)
        if access.closed_at is not None:
            return access
        if access.ends_on is None or access.ends_on > timezone.localdate(at):
            if access.doubt != AccessDoubt.DELETED:
                raise AccessNotEnded
            access.ends_on = max(timezone.localdate(at), access.valid_from)
        access.closed_at, access.closed_by = at, by
        access.save(update_fields=["ends_on", "closed_at", "closed_by"])
        _tell(access, at)
    return access


def tell_holder(access: Access, at: datetime) -> None:
    """The rights were closed with another paper, of which the client hears: the person hears too."""
    if access.email:
        _write(access, {access.email}, at)


def _tell(access: Access, at: datetime) -> None:
    point = contact_point_of(access.client, ContactKind.EMAIL)
    to = {point.value} if point is not None and point.is_confirmed else set()
    _write(access, to | ({access.email} if access.email else set()), at)


def _write(access: Access, to: set[str], at: datetime) -> None:
    client, case = access.client, (access.ended_by or access.granted_by).case
    language = client.language if client else "et"
    for number, address in enumerate(sorted(to)):
        letter = write_letter(
            "rights_closed",
            language=language,
            client=access.organisation_name,
            person=access.person_name,
            closed_on=day_in(language, timezone.localdate(at)),
        )
        queue_mail(
            key=f"documents.rights_closed:{access.pk}:{number}",
            to=address,
            subject=letter.subject,
            text=letter.text,
            language=language,
            about=case,
            at=at,
        )
