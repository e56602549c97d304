from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from inquiries.models import SavedView


def save_view(
    *,
    filters: Mapping[str, Any],
    by: User,
    at: datetime,
    of_list: str = "inquiries",
    name: str = "",
    is_shared: bool = False,
) -> SavedView:
    """A choice of filters is kept: under a name, or as the search that was just made.

    1. One's own view of that name gets the new filters; else make one.
    """
    fields = {"filters": dict(filters), "is_shared": is_shared and bool(name), "created_at": at}
    if not name:
        return SavedView.objects.create(owner=by, of_list=of_list, **fields)
    with transaction.atomic():
        view, _is_new = SavedView.objects.update_or_create(
            owner=by, of_list=of_list, name=name, defaults=fields
        )
    return view


def delete_view(*, view: SavedView, by: User, at: datetime) -> None:
    """The owner needs a view no longer.

    1. Delete it.
    """
    view.delete()
