"""What a page shows of an import before it is run: a few rows as they would come."""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from clients.models import Client
from inquiries.models import Channel, PastImport
from inquiries.past.tables import rows_below
from inquiries.past_files import content_of
from inquiries.past_judging import PastJudge, Ready

SHOWN = 8


@dataclass(frozen=True)
class Preview:
    """A row as it would come."""

    line: int
    old_number: str
    started_at: datetime | None
    channel: str
    topic: str
    agent: str
    client: str
    is_new_client: bool
    question: str


def preview(past_import: PastImport, now: datetime) -> list[Preview]:
    """Raises NotATable, FileGone."""
    judge = PastJudge(past_import, now, remembers=True)
    rows = list(islice(rows_below(content_of(past_import), past_import.shape), SHOWN * 3))
    ready = judge.judge(rows).ready[:SHOWN]
    known = Client.objects.defer("personal_code").in_bulk(
        [one.client for one in ready if one.client is not None and one.client >= 0]
    )
    return [_shown(one, known) for one in ready]


def _shown(one: Ready, known: dict[int, Client]) -> Preview:
    fields = one.fields
    is_known = one.client is not None and one.client in known
    name = known[one.client].name if is_known and one.client else one.identity.name
    return Preview(
        line=one.row.line,
        old_number=one.row.old_number,
        started_at=one.row.started_at,
        channel=str(Channel(fields["channel"]).label) if fields else "",
        topic=str(fields.get("topic") or ""),
        agent=str(fields.get("agent") or ""),
        client=name or one.client_text,
        is_new_client=one.client is not None and not is_known,
        question=one.row.texts["question"],
    )
