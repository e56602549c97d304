"""What stands in single fields of a row of the demo."""

import datetime as dt
from functools import lru_cache
from random import Random
from typing import Any

from django.conf import settings

from common.clock import working_clock
from inquiries.demo_shares import WRITTEN
from inquiries.models import Inquiry, LegalTerm
from inquiries.queries import last_day

COLUMNS = [str(field.column) for field in Inquiry._meta.concrete_fields]
BLANK: dict[str, Any] = {
    **dict.fromkeys(COLUMNS, ""),
    **dict.fromkeys(
        (
            "client_id", "topic_id", "main_topic_id", "owner_unit_id", "source_version_id",
            "referral_body_id", "callback_due_at", "registered_on", "answer_by",
            "follow_up_of_id", "mentions_id", "restricted_until", "recording_expires_on",
            "script_path",
        )
    ),
    "is_anonymous": 0,
    "is_restricted": 0,
    "version": 1,
}  # fmt: skip


def identified_of(row: dict[str, Any]) -> str:
    if row["channel"] in WRITTEN:
        return ""
    if not row["client_id"]:
        return "not"
    if row["channel"] == "callback":
        return "called_back"
    if row["id"] % 9 == 0:
        return "facts"
    return "number" if row["caller_number"] else "not"


def object_of(rng: Random) -> tuple[str, str, str]:
    kind = rng.choice(("permit", "application", "cadastral"))
    if kind == "cadastral":
        parts = (f"{rng.randrange(100_000):05d}", f"{rng.randrange(1000):03d}", f"{rng.randrange(10_000):04d}")  # fmt: skip
        return kind, ":".join(parts), "".join(parts)
    number = rng.randrange(500_000, 600_000)
    if kind == "permit":
        return kind, f"KL-{number}", f"KL{number}"
    return kind, f"T-KL/{number}", f"TKL{number}"


def stamp(moment: dt.datetime) -> str:
    """As both engines take a moment in UTC."""
    return str(moment)[:19]


@lru_cache(maxsize=4096)
def due_of(hour: dt.datetime) -> dt.datetime:
    return working_clock().add_hours(hour, settings.CALLBACK_WITHIN_HOURS)


def due(wrapped: dt.datetime) -> dt.datetime:
    return due_of(wrapped.replace(minute=wrapped.minute // 5 * 5, second=0, microsecond=0))


@lru_cache(maxsize=4096)
def last_day_of(term: LegalTerm, day: dt.date) -> dt.date:
    return last_day(term, day)
