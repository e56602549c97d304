import re
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.actions import store_file
from common.models import StoredFile
from common.personal_codes import find_personal_codes
from common.refusals import Refusal
from common.states import MoveNotAllowed
from common.uploads import CheckedUpload
from tickets.actions.keep_words import keep_words
from tickets.actions.lock_ticket import lock_ticket
from tickets.actions.note_event import note_event
from tickets.actions.owe_jira import owe
from tickets.actions.write_ticket import PersonalCodeInText
from tickets.choices import CommentKind, CommentSource
from tickets.models import CallKind, Ticket, TicketComment, TicketWatch
from tickets.states import OPEN_OR_DRAFT

MENTION = re.compile(r"(?<![\w@])@([\w.-]{2,150})")


class NothingSaid(Refusal):
    """A comment without a word and without a file."""

    code = "nothing_said"
    sentence = _("Write something first.")


def comment_on_ticket(
    *,
    ticket: Ticket,
    kind: CommentKind,
    text: str,
    files: Collection[StoredFile] = (),
    uploads: Collection[CheckedUpload] = (),
    by: User,
    at: datetime,
) -> TicketComment:
    """Somebody of ours says something about a ticket: a note, or a word to tier II.

    1. A note stays in the house. A word to tier II leaves for Jira if the group works there; so no
       personal code may stand in it.
    2. Nobody of tier II would read a word about a ticket that has ended, so it is not taken.
    3. Whoever is mentioned by @name watches the ticket from here on.

    What the client is told or asked goes by `deliver_solution` and `ask_client` alone. Raises
    NothingSaid, PersonalCodeInText, MoveNotAllowed.
    """
    text = text.strip()
    if not text and not files and not uploads:
        raise NothingSaid
    if kind == CommentKind.TIER2 and find_personal_codes(text):
        raise PersonalCodeInText
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        if kind == CommentKind.TIER2 and ticket.state not in OPEN_OR_DRAFT:
            raise MoveNotAllowed(state=ticket.get_state_display())
        comment = keep_comment(
            ticket, kind=kind, text=text, files=files, uploads=uploads, by=by, at=at
        )
        if kind == CommentKind.TIER2:
            owe(ticket, CallKind.COMMENT, str(comment.pk), at=at)
            for file in comment.files.all():
                owe(ticket, CallKind.FILE, str(file.pk), at=at)
    return comment


def keep_comment(
    ticket: Ticket,
    *,
    kind: CommentKind,
    text: str,
    at: datetime,
    by: User | None = None,
    files: Collection[StoredFile] = (),
    uploads: Collection[CheckedUpload] = (),
    author_name: str = "",
    source: CommentSource = CommentSource.HERE,
    is_incoming: bool = False,
    remote_id: str = "",
    keeps_words: bool = True,
) -> TicketComment:
    """Write down what was said of a locked ticket, in the caller's transaction.

    Who does not let it keep the words keeps them afterwards, once for all that was said.
    """
    comment = TicketComment.objects.create(
        ticket=ticket,
        kind=kind,
        text=text,
        at=at,
        by=by,
        author_name=author_name,
        source=source,
        is_incoming=is_incoming,
        remote_id=remote_id,
    )
    if files or uploads:
        comment.files.set([*files, *(store_file(upload=one, by=by, at=at) for one in uploads)])
    note_event(ticket=ticket, what="commented", by=by, at=at, kind=kind, comment=comment.pk)
    for user in mentioned(text):
        TicketWatch.objects.get_or_create(ticket=ticket, user=user)
    if keeps_words:
        keep_words(ticket)
    return comment


def mentioned(text: str) -> list[User]:
    names = {name.rstrip(".-") for name in MENTION.findall(text)}
    return list(User.objects.filter(username__in=names, is_active=True)) if names else []
