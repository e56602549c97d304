"""One row of an old table as what it says of a contact and of a client; words are not judged here."""

import datetime as dt
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from stdnum.ee import ik

from clients.codes import compact_code, masked_code
from clients.folding import LEGAL_FORMS, words_of
from inquiries.past.fields import CHOICES, OF_CLIENT
from inquiries.past.moments import read_moment
from inquiries.past.tables import Cell, Unusable
from inquiries.past.values import LONGEST_VALUE

ELEVEN = re.compile(r"(?<!\d)[1-8]\d{10}(?!\d)")
LONGEST = {"old_number": 80, "place": 200, "source_text": 300, "client_name": 200}


@dataclass(frozen=True)
class Reading:
    """How the cells of the rows are to be understood."""

    columns: Mapping[int, str]  # place → field
    zone: ZoneInfo
    now: dt.datetime
    width: int  # of the headings: a longer row has slipped
    day_first: bool = True
    of_clients: bool = False  # a list of clients, not of inquiries


@dataclass(frozen=True)
class PastRow:
    """What one row says. The texts in `values` are the old system's words for our choices."""

    line: int
    key: str  # by which the row is known again: the old number, or what the row holds
    old_number: str
    started_at: dt.datetime | None
    ended_at: dt.datetime | None
    texts: Mapping[str, str]
    values: Mapping[str, str]
    client: Mapping[str, str] = field(default_factory=dict)


def read_row(line: int, cells: Sequence[Cell] | Unusable, reading: Reading) -> PastRow:
    """Raises Unusable."""
    if isinstance(cells, Unusable):
        raise cells
    of_field = {name: cells[place] for place, name in reading.columns.items() if place < len(cells)}
    if len(cells) > reading.width:
        raise Unusable("too_many_cells")
    texts = {name: str(cell).strip() for name, cell in of_field.items()}
    client = {name: texts[name] for name in OF_CLIENT if texts.get(name)}
    started_at, ended_at = (None, None) if reading.of_clients else _moments(of_field, reading)
    old_number = texts.get("old_number", "")[: LONGEST["old_number"]]
    return PastRow(
        line=line,
        key=_key(old_number, cells),
        old_number=old_number,
        started_at=started_at,
        ended_at=ended_at,
        texts={
            name: without_codes(texts.get(name, ""))[: LONGEST.get(name, 20_000)]
            for name in ("question", "answer", "source_text", "place")
        },
        values={name: texts[name][:LONGEST_VALUE] for name in CHOICES if texts.get(name)},
        client=_client(client, is_wanted=reading.of_clients),
    )


def _moments(
    of_field: Mapping[str, Cell], reading: Reading
) -> tuple[dt.datetime, dt.datetime | None]:
    if of_field.get("started_at", "") == "":
        raise Unusable("no_date", "started_at")
    ways = {"day_first": reading.day_first, "zone": reading.zone, "now": reading.now}
    started_at = read_moment(
        of_field["started_at"],
        of_field.get("started_time", ""),
        field="started_at",
        **ways,  # type: ignore[arg-type]
    )
    if of_field.get("ended_at", "") == "":
        return started_at, None
    ended_at = read_moment(
        of_field["ended_at"],
        field="ended_at",
        after=started_at,
        **ways,  # type: ignore[arg-type]
    )
    if ended_at < started_at:
        raise Unusable("ends_before_start", "ended_at", str(of_field["ended_at"]))
    return started_at, ended_at


def _key(old_number: str, cells: Sequence[Cell]) -> str:
    if old_number:
        return f"n:{old_number.casefold()}"
    content = "\x1f".join(map(str, cells)).encode("utf-8", "replace")
    return f"h:{hashlib.sha256(content).hexdigest()[:40]}"


def _client(client: dict[str, str], *, is_wanted: bool) -> dict[str, str]:
    name = " ".join(client.get(part, "") for part in ("first_name", "last_name")).strip()
    if not name and not client.get("client_name"):
        if is_wanted:
            raise Unusable("no_name", "client_name")
        return {part: text for part, text in client.items() if part in {"phone", "email"}}
    code = compact_code(client.get("personal_code", ""))
    if code and not ik.is_valid(code):
        raise Unusable("personal_code_not_valid", "personal_code")
    registry = compact_code(client.get("registry_code", ""))
    if registry and not re.fullmatch(r"[1789]\d{7}", registry):
        raise Unusable("registry_code_not_valid", "registry_code", registry)
    if code and registry:
        raise Unusable("two_codes", "personal_code")
    full = name or client["client_name"]
    return {
        **client,
        "client_name": full[:200],
        "personal_code": code,
        "registry_code": registry,
        "kind": "organisation" if registry or (not code and _is_firm(full)) else "person",
    }


def _is_firm(name: str) -> bool:
    """«Näide OÜ» is an organisation: its first or last word is a legal form."""
    words = words_of(name)
    return len(words) > 1 and bool({words[0], words[-1]} & (LEGAL_FORMS - {"fie"}))


def without_codes(text: str) -> str:
    """Mask the personal codes that stand in running text."""
    return ELEVEN.sub(
        lambda match: masked_code(match[0]) if ik.is_valid(match[0]) else match[0], text
    )


def masked_cell(cell: Cell, field_name: str) -> str:
    """A cell as a page may show it: of a code only its beginning."""
    text = str(cell)
    if field_name == "personal_code" and text:
        return masked_code(compact_code(text))
    if len(text) == 11 and text.isdigit():
        return masked_code(text)
    return without_codes(text)
