from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from common.actions import (
    LinkNotValid,
    issue_external_link,
    open_external_link,
    queue_mail,
    revoke_external_link,
)
from common.models import ExternalLink
from common.personal_codes import find_personal_codes
from common.states import MoveNotAllowed
from tickets.actions.comment_on_ticket import NothingSaid, keep_comment
from tickets.actions.lock_ticket import lock_ticket
from tickets.actions.note_event import note_event
from tickets.actions.write_ticket import PersonalCodeInText
from tickets.choices import CommentKind
from tickets.models import Ticket
from tickets.states import UNSOLVED

PURPOSE = "tickets.answer"
LINK_DAYS = 14


def ask_by_link(
    *, ticket: Ticket, address: str, text: str, language: str, by: User, at: datetime
) -> ExternalLink:
    """Somebody of tier II who never signs in is asked: the head of a unit, an engineer of a contractor.

    1. Only while tier II has the ticket; no personal code leaves the house.
    2. What is asked stands with the words to tier II; the link stands in the mail alone.
    3. The page behind the link opens for 14 days, until it is revoked or the ticket is solved.

    Raises NothingSaid, MoveNotAllowed, PersonalCodeInText.
    """
    text = text.strip()
    if not text:
        raise NothingSaid
    if find_personal_codes(text):
        raise PersonalCodeInText
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        if ticket.state not in UNSOLVED:
            raise MoveNotAllowed(state=ticket.get_state_display())
        until = at + timedelta(days=LINK_DAYS)
        link, token = issue_external_link(
            purpose=PURPOSE, about=ticket, expires_at=until, by=by, at=at
        )
        comment = keep_comment(ticket, kind=CommentKind.TIER2, text=text, by=by, at=at)
        place = reverse("tickets:link_in", args=[token, language])
        values = {"ticket": ticket, "text": text, "by": by, "link": settings.SITE_URL + place}
        with translation.override(language):
            whole = render_to_string(
                "tickets/mail/ask_by_link.txt",
                {**values, "agency": settings.AGENCY, "until": until},
            )
        subject, _line, body = whole.strip().partition("\n")
        comment.mail = queue_mail(
            key=f"tickets.link:{comment.pk}",
            to=address,
            subject=subject,
            text=body.strip() + "\n",
            language=language,
            about=ticket,
            reply_to=settings.AGENCY["email"],
            at=at,
        )
        comment.save(update_fields=["mail"])
        note_event(ticket=ticket, what="asked_by_link", by=by, at=at, link=link.pk)
    return link


def open_links_of(ticket: Ticket, *, at: datetime) -> QuerySet[ExternalLink]:
    """The links by which somebody outside may open the ticket now; a solution has ended those before it."""
    links = ExternalLink.objects.about(ticket)
    found = links.filter(purpose=PURPOSE, revoked_at=None, expires_at__gt=at)
    return found.filter(issued_at__gt=ticket.resolved_at) if ticket.resolved_at else found


def revoke_ticket_link(*, ticket: Ticket, link: ExternalLink, by: User, at: datetime) -> None:
    """A link opens no more: it went to the wrong person, or the answer came another way."""
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        if link.revoked_at is None:
            revoke_external_link(link=link, at=at)
            note_event(ticket=ticket, what="link_revoked", by=by, at=at, link=link.pk)


def open_ticket_link(*, token: str, at: datetime) -> Ticket:
    """The link in the mail is opened, and that is logged; a ticket that tier II has not, or has solved since, is not shown.

    Raises LinkNotValid.
    """
    link = open_external_link(token=token, purpose=PURPOSE, at=at)
    tickets = Ticket.objects.filter(state__in=sorted(UNSOLVED)).select_related("group")
    ticket = tickets.filter(pk=link.about_id).first()
    if ticket is None or link not in open_links_of(ticket, at=at):
        raise LinkNotValid
    return ticket
