"""Every change of a finished inquiry leaves a version, with who, when and which step it was."""

from datetime import datetime

from accounts.models import User
from inquiries.models import Inquiry


def save_version(
    inquiry: Inquiry, *, why: str, by: User | None, at: datetime, fields: list[str] | None = None
) -> None:
    """Save the inquiry, or some fields of it, and its version. `why` is a code."""
    # The names by which django-simple-history asks for them.
    for name, value in (("_history_user", by), ("_history_date", at), ("_change_reason", why)):
        setattr(inquiry, name, value)
    inquiry.save(update_fields=fields)


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
