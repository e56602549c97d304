from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.models import StoredFile
from common.refusals import Refusal
from tickets.actions.comment_on_ticket import keep_comment
from tickets.actions.lock_ticket import lock_ticket
from tickets.actions.make_part_of import PartAlready, make_part_of
from tickets.actions.note_event import note_event
from tickets.actions.open_ticket import first_line
from tickets.choices import CommentKind, RelationKind
from tickets.models import Ticket, TicketComment, TicketRelation
from tickets.states import OPEN, TicketState


class NothingChosen(Refusal):
    """A new ticket without a word of the old one is no split."""

    code = "nothing_chosen"
    sentence = _("Choose at least one point or comment that goes along.")


def split_ticket(
    *,
    ticket: Ticket,
    key: UUID,
    version: int,
    points: Sequence[str],
    comments: Collection[TicketComment],
    is_part: bool,
    by: User,
    at: datetime,
) -> Ticket:
    """A second matter stands in a ticket: it gets a draft of its own, and nothing is typed again.

    1. If the draft of this key is there already, because a page was sent twice, give that one.
    2. Carry over client, inquiry, topic, group and facts, the chosen points of what happened, and the words
       and files of the chosen comments. All of them stay where they were, too.
    3. Link the two: the new one is split from this one, or a part of it.

    It is raised as every draft, when nothing is lacking. A note of client support is never carried over,
    since tier II reads what happened. Raises NothingChosen, PartAlready, StaleSave; then nothing has changed.
    """
    if not points and not comments:
        raise NothingChosen
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        known = Ticket.objects.filter(key=key).first()
        if known is not None:
            return known
        ticket.claim_version(version)
        said = [one for one in comments if one.kind != CommentKind.INTERNAL]
        draft = _draft(ticket, key, [*points, *(one.text for one in said if one.text)], at=at)
        note_event(ticket=draft, what="split_from", by=by, at=at, number=ticket.number)
        note_event(ticket=ticket, what="split_off", by=by, at=at)
        _carry_files(draft, ticket, said, by=by, at=at)
        if is_part:
            _make_part(draft, ticket, by=by, at=at)
        else:
            TicketRelation.objects.create(
                ticket=draft, other=ticket, kind=RelationKind.SPLIT, by=by, at=at
            )
    return draft


def _draft(ticket: Ticket, key: UUID, texts: Sequence[str], *, at: datetime) -> Ticket:
    return Ticket.objects.create(
        key=key,
        responsible=ticket.responsible,
        state=TicketState.DRAFT,
        state_since=at,
        started_at=at,
        moved_at=at,
        seen_at=at,
        inquiry=ticket.inquiry,
        client=ticket.client,
        topic=ticket.topic,
        group=ticket.group,
        language=ticket.language,
        may_contact=ticket.may_contact,
        facts=ticket.facts,
        summary=first_line(texts[0]) if texts else "",
        description="\n\n".join(texts),
    )


def _carry_files(
    draft: Ticket, ticket: Ticket, said: Sequence[TicketComment], *, by: User, at: datetime
) -> None:
    """The same stored files, under one word that says where they come from."""
    files = StoredFile.objects.filter(
        pk__in=TicketComment.files.through.objects.filter(ticketcomment__in=said).values(
            "storedfile"
        )
    ).order_by("pk")
    if files:
        keep_comment(
            draft, kind=CommentKind.TIER2, text=ticket.number, files=list(files), by=by, at=at
        )


def _make_part(draft: Ticket, ticket: Ticket, *, by: User, at: datetime) -> None:
    if ticket.parent is not None:
        raise PartAlready(number=ticket.number, whole=ticket.parent.number)
    if ticket.state in OPEN:
        make_part_of(ticket=draft, whole=ticket, version=draft.version, by=by, at=at)
