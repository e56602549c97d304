import uuid
from collections import Counter
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from clients.actions import create_clients
from common.actions import take_numbers
from inquiries.actions.try_past_import import MOST_ASIDE, keep_aside
from inquiries.models import Inquiry, PastClient, PastImport, PastInquiry
from inquiries.past.tables import Row
from inquiries.past_judging import Judged, PastJudge, Ready, number_key
from inquiries.past_lease import save_held
from inquiries.states import InquiryState, PastImportState
from inquiries.versions import save_first_versions

WHY = "imported"
TRIES = 3


def write_past_batch(
    *,
    past_import: PastImport,
    judge: PastJudge,
    rows: list[Row],
    at: datetime,
    leased_until: datetime,
) -> None:
    """Some rows of an old table are taken over.

    1. Wait for other imports, so that two do not make one client twice.
    2. Judge the rows by what is in the database now.
    3. Write the clients, then the inquiries: closed, with their own dates, one version each, and
       no letter, callback or event comes of them.
    4. Note the rows set aside and the place in the file, all in one transaction.

    If somebody makes the same client at that moment, the batch is judged anew. Raises LeaseLost.
    """
    for attempt in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                _wait_for_others()
                _write(past_import, judge, rows, at, leased_until)
        except IntegrityError:
            if attempt == TRIES:
                raise
        else:
            return


def _wait_for_others() -> None:
    running = PastImport.objects.filter(state=PastImportState.RUNNING).order_by("pk")
    list(running.select_for_update(of=("self",)).values_list("pk", flat=True))


def _write(
    past_import: PastImport, judge: PastJudge, rows: list[Row], at: datetime, leased_until: datetime
) -> None:
    judged = judge.judge(rows)
    clients = create_clients(identities=judged.to_make, by=past_import.requested_by, at=at, why=WHY)
    made = {-place: client.pk for place, client in enumerate(clients, start=1)}
    PastClient.objects.bulk_create(
        PastClient(client=client, past_import=past_import, source=past_import.source, key=key)
        for client, key in zip(clients, _keys(judged, past_import), strict=True)
    )
    if not past_import.of_clients:
        _write_inquiries(past_import, judged.ready, made, at)
    if past_import.set_aside < MOST_ASIDE:
        keep_aside(past_import, judged.aside)
    counts = {
        "rows": len(rows),
        "made": len(clients) if past_import.of_clients else len(judged.ready),
        "already": judged.already,
        "set_aside": len(judged.aside),
        "clients_made": len(clients),
        "clients_known": judged.clients_known,
        "without_client": judged.without_client,
    }
    save_held(
        past_import,
        position=rows[-1][0],
        leased_until=leased_until,
        **{name: getattr(past_import, name) + count for name, count in counts.items()},
    )


def _keys(judged: Judged, past_import: PastImport) -> list[str]:
    """The rows of a list of clients are known again by their keys; of inquiries, the inquiries are."""
    if not past_import.of_clients:
        return [""] * len(judged.to_make)
    by_client = {ready.client: ready.row.key for ready in reversed(judged.ready)}
    return [by_client[-place] for place in range(1, len(judged.to_make) + 1)]


def _write_inquiries(
    past_import: PastImport, ready: list[Ready], made: dict[int, int], at: datetime
) -> None:
    numbers = _numbers(ready)
    inquiries = [_inquiry(one, made, numbers) for one in ready]
    save_first_versions(inquiries, why=WHY, by=past_import.requested_by, at=at)
    PastInquiry.objects.bulk_create(
        PastInquiry(
            inquiry=inquiry,
            past_import=past_import,
            source=past_import.source,
            key=one.row.key,
            old_number=one.row.old_number,
            number_key=number_key(one.row.old_number),
            old_agent=one.row.values.get("agent", ""),
            client_text=one.client_text,
        )
        for inquiry, one in zip(inquiries, ready, strict=True)
    )


def _numbers(ready: list[Ready]) -> dict[int, Any]:
    """Numbers by the year of the contact itself, the earlier years first."""
    years = Counter(_year(one) for one in ready)
    return {
        year: iter(take_numbers(series="P", year=year, count=years[year])) for year in sorted(years)
    }


def _year(one: Ready) -> int:
    return timezone.localtime(_started(one)).year


def _started(one: Ready) -> datetime:
    if one.row.started_at is None:
        raise ValueError("a row of inquiries has a date")
    return one.row.started_at


def _inquiry(one: Ready, made: dict[int, int], numbers: dict[int, Any]) -> Inquiry:
    fields = dict(one.fields)
    topic = fields.pop("topic")
    started = _started(one)
    ended = one.row.ended_at or started
    client = made.get(one.client, one.client) if one.client is not None else None
    return Inquiry(
        key=uuid.uuid4(),
        number=next(numbers[_year(one)]),
        started_at=started,
        ended_at=one.row.ended_at,
        wrapped_up_at=ended,
        state=InquiryState.CLOSED,
        state_since=ended,
        client_id=client,
        responsible=fields["agent"],
        topic=topic,
        main_topic_id=(topic.parent_id or topic.pk) if topic else None,
        owner_unit_id=topic.owner_unit_id if topic else None,
        **one.row.texts,
        **fields,
    )
