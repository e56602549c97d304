from datetime import datetime

from documents.actions.note_event import note_event
from documents.actions.send_envelope import revoke_links_of
from documents.models import Envelope, Paper
from documents.models.paper import AFTER_CHECK
from documents.states import PAPER_MOVES, PaperState


def open_envelope(*, envelope: Envelope, without: Paper, at: datetime) -> None:
    """A paper in an envelope turned out to be wrong, in the caller's transaction.

    1. Nobody can sign the envelope any more: its links open nothing.
    2. The other papers in it are ready to be put into a new one, unsigned.

    Papers that a person has confirmed already keep their container: it is the original.
    """
    others = envelope.papers.active().exclude(pk=without.pk)
    if envelope.opened_at is not None or others.filter(state__in=AFTER_CHECK).exists():
        return
    envelope.opened_at = at
    envelope.save(update_fields=["opened_at"])
    revoke_links_of(envelope, at=at)
    for paper in others:
        if PAPER_MOVES.allows("open_envelope", paper.state):
            paper.state = PAPER_MOVES.target("open_envelope", PaperState(paper.state))
            paper.envelope, paper.return_check = None, None
            paper.save(update_fields=["state", "envelope", "return_check"])
    note_event(case=envelope.case, what="envelope_opened", by=None, at=at)
