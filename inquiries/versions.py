"""Every change of a finished inquiry leaves a version, with who, when and which step it was."""

from collections.abc import Sequence
from datetime import datetime

from accounts.models import User
from inquiries.models import Inquiry
from inquiries.words import WORDS


def save_version(
    inquiry: Inquiry, *, why: str, by: User | None, at: datetime, fields: list[str] | None = None
) -> None:
    """Save the inquiry, or some fields of it, its version and what it is found by. `why` is a code."""
    _tell_history(inquiry, why=why, by=by, at=at)
    inquiry.save(update_fields=fields)
    if fields is None or not set(WORDS.fields).isdisjoint(fields):
        WORDS.write([inquiry])


def save_first_versions(
    inquiries: Sequence[Inquiry], *, why: str, by: User | None, at: datetime
) -> None:
    """Save many new inquiries at once, each with its one version and what it is found by."""
    Inquiry.objects.bulk_create(inquiries)
    Inquiry.history.bulk_history_create(
        inquiries, default_user=by, default_date=at, default_change_reason=why
    )
    WORDS.write(inquiries)


def delete_with_version(inquiry: Inquiry, *, why: str, by: User, at: datetime) -> None:
    """Take the inquiry away; a last version says so, and the versions stay under its id."""
    _tell_history(inquiry, why=why, by=by, at=at)
    inquiry.delete()


def _tell_history(inquiry: Inquiry, *, why: str, by: User | None, at: datetime) -> None:
    # The names by which django-simple-history asks for them.
    for name, value in (("_history_user", by), ("_history_date", at), ("_change_reason", why)):
        setattr(inquiry, name, value)


def keep_first_version(inquiry: Inquiry) -> None:
    """Give an inquiry that was loaded in bulk its first version, before it is first changed."""
    if inquiry.history.exists():
        return
    before = Inquiry.objects.get(pk=inquiry.pk)
    model = Inquiry.history.model
    fields = {field.attname: getattr(before, field.attname) for field in model.tracked_fields}
    model.objects.create(
        history_date=before.wrapped_up_at,
        history_type="+",
        history_user_id=before.agent_id,
        history_change_reason="finished",
        **fields,
    )
