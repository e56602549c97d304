from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from accounts.models import User
from common.actions import queue_mail
from inquiries.threads import new_token, reply_address, tagged_subject, thread_hash
from tickets.actions.comment_on_ticket import keep_comment
from tickets.choices import CommentKind
from tickets.models import Ticket, TicketComment


def mail_client(ticket: Ticket, *, text: str, to: str, by: User, at: datetime) -> TicketComment:
    """Write to the client about a locked ticket, in the caller's transaction; the reply finds its way by a token.

    Only these words leave: no note of ours, no word of tier II, and in the subject no name.
    """
    comment = keep_comment(ticket, kind=CommentKind.CLIENT, text=text, by=by, at=at)
    token = new_token()
    with translation.override(ticket.language):
        whole = render_to_string(
            "tickets/mail/to_client.txt",
            {"text": text, "agency": settings.AGENCY, "number": ticket.number},
        )
    subject, _line, body = whole.strip().partition("\n")
    comment.mail = queue_mail(
        key=f"tickets.client:{comment.pk}",
        to=to,
        subject=tagged_subject(subject, number=ticket.number, token=token),
        text=body.strip() + "\n",
        language=ticket.language,
        about=ticket,
        reply_to=reply_address(token),
        is_written_by_person=True,
        at=at,
    )
    comment.thread_hash = thread_hash(token)
    comment.save(update_fields=["mail", "thread_hash"])
    return comment
