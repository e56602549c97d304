from collections.abc import Collection

from django.db.models import Q

from accounts.models import User
from tickets.choices import ReplyPurpose
from tickets.models import CannedReply, Ticket
from tickets.queries.checklists import of_topic


def replies_for(
    ticket: Ticket, user: User, purposes: Collection[ReplyPurpose]
) -> list[CannedReply]:
    """Ready wordings for words about this ticket: in its language first, the closest to the matter first."""
    found = CannedReply.objects.visible_to(user).filter(
        of_topic(ticket),
        Q(group=None) | Q(group=ticket.group_id),
        purpose__in=purposes,
        is_active=True,
    )

    def closeness(reply: CannedReply) -> tuple[object, ...]:
        is_foreign = reply.language != ticket.language
        place = list(purposes).index(ReplyPurpose(reply.purpose))
        return is_foreign, reply.topic_id is None, place, reply.owner_id is None, reply.name

    return sorted(found, key=closeness)
