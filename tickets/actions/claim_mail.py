"""A mail has come, and it may be the client's reply to a letter about a ticket."""

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Model

from clients.models import ContactKind
from common.internet_mail import Letter, split_quoted
from common.models import IncomingMail
from common.states import MoveNotAllowed
from common.uploads import CheckedUpload, UploadRefused, check_upload
from inquiries.accepted_files import ACCEPTED
from inquiries.threads import thread_hash, token_in
from tickets.actions.turn_ticket import hear_from_client
from tickets.choices import CommentSource
from tickets.models import Ticket, TicketComment
from tickets.states import TicketState

MOST_FILES = 20


@dataclass(frozen=True)
class ReplyClaim:
    """What a ticket has to do with one mail: the client answers a letter of ours about it."""

    ticket: Ticket
    mail: IncomingMail
    letter: Letter
    at: datetime

    def take(self) -> Model | None:
        """It stands with the ticket, each mail once; a ticket told or closed opens again, a cancelled one does not."""
        identity = f"mail:{_identity(self.mail, self.letter)}"
        known = TicketComment.objects.filter(ticket=self.ticket, remote_id=identity).first()
        if known is not None:
            return self.ticket
        said, repeated = split_quoted(self.letter.text)
        try:
            hear_from_client(
                ticket=self.ticket,
                text=(said if repeated else self.letter.text).strip() or "–",
                by=None,
                at=self.at,
                source=CommentSource.MAIL,
                uploads=_files(self.letter),
                remote_id=identity,
            )
        except MoveNotAllowed:  # cancelled a moment ago
            return None
        return self.ticket

    def let_go(self, letter: Model) -> None:
        """It became a letter after all; the ticket has nothing to say to that."""


def claim_reply(mail: IncomingMail, letter: Letter, at: datetime) -> ReplyClaim | None:
    """Look whether a mail carries the token of a letter about a ticket, from an address that it knows.

    A token that a stranger sends proves nothing. A reply long after the closing, or about a ticket that was
    cancelled and so opens no more, is a new matter: then it becomes a letter. Of a merged ticket, the one in
    which it goes on decides. Nothing is locked and nothing is written.
    """
    token = token_in(recipients=" ".join(letter.recipients), subject=letter.subject)
    if not token:
        return None
    asked = TicketComment.objects.filter(thread_hash=thread_hash(token))
    comment = asked.select_related("ticket__client", "ticket__merged_into", "mail").first()
    if comment is None or not _knows(comment, letter.sender_address):
        return None
    survivor = comment.ticket.survivor
    if survivor.state == TicketState.CANCELLED:
        return None
    since = at - timedelta(days=settings.TICKET_REOPEN_DAYS)
    if survivor.closed_at is not None and survivor.closed_at < since:
        return None
    return ReplyClaim(comment.ticket, mail, letter, at)


def _knows(comment: TicketComment, address: str) -> bool:
    """Whether our letter went to this address, or the client's card holds it."""
    wanted = address.strip().casefold()
    client = comment.ticket.client
    held = client.survivor.contact_points.filter(kind=ContactKind.EMAIL) if client else ()
    known = {point.value.casefold() for point in held}
    if comment.mail is not None:
        known.add(comment.mail.to.casefold())
    return bool(wanted) and wanted in known


def _identity(mail: IncomingMail, letter: Letter) -> str:
    """The same for each copy of a mail that the mailbox gives."""
    return hashlib.sha256((letter.message_id or mail.raw.sha256).encode()).hexdigest()[:32]


def _files(letter: Letter) -> list[CheckedUpload]:
    """What the upload gate lets in; the rest stays in the mail as it came."""
    found: list[CheckedUpload] = []
    for attachment in letter.attachments[:MOST_FILES]:
        file = io.BytesIO(attachment.content)
        file.name = attachment.name
        try:
            found.append(check_upload(file, allowed=ACCEPTED))
        except UploadRefused:
            continue
    return found
