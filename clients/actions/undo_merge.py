from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions import record_access
from accounts.models import User
from clients.actions.merge_clients import BATCH
from clients.actions.renew_keys import renew_keys
from clients.actions.write_fields import refuse_taken_code
from clients.models import Client, ClientMerge
from common.refusals import Refusal


class MergeUndone(Refusal):
    """There is nothing left to undo."""

    code = "merge_undone"
    sentence = _("This merge was undone already.")


class KeptClientMerged(Refusal):
    """The card that was kept has been merged into another one since."""

    code = "kept_client_merged"
    sentence = _("The kept card was merged into another one later. Undo that merge first.")


def undo_merge(*, merge: ClientMerge, by: User, at: datetime) -> ClientMerge:
    """Two cards were merged by mistake.

    1. Lock both and look whether the way back is open.
    2. Give the kept card back what it had before, except what was changed after the merge.
    3. Return the rows that went along, except those that were moved on or removed since.
    4. Open the merged card again, and let each be found by its own.

    Raises MergeUndone, KeptClientMerged, PersonalCodeTaken; then nothing has changed.
    """
    with refuse_taken_code(), transaction.atomic():
        kept, merged = _lock_both(merge)
        merge = ClientMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
        if merge.undone_at:
            raise MergeUndone
        if kept.merged_into_id:
            raise KeptClientMerged
        for field in merge.taken_fields:
            if getattr(kept, field) == getattr(merged, field):
                setattr(kept, field, _before(merge, field))
        _save(kept, by, at)
        merged.merged_into = None
        _save(merged, by, at)
        _return_rows(merge)
        renew_keys(client=kept)
        renew_keys(client=merged)
        merge.undone_at, merge.undone_by = at, by
        merge.save(update_fields=["undone_at", "undone_by"])
        for client in (kept, merged):
            record_access(what="client.undo_merge", by=by, at=at, subject=client)
    return merge


def _lock_both(merge: ClientMerge) -> tuple[Client, Client]:
    rows = Client.objects.select_for_update(of=("self",)).filter(
        pk__in=[merge.kept_id, merge.merged_id]
    )
    both = {client.pk: client for client in rows.order_by("pk")}
    return both[merge.kept_id], both[merge.merged_id]


def _save(client: Client, by: User, at: datetime) -> None:
    client.version += 1
    client.written_by(by, at, "merge undone")
    client.save()


def _before(merge: ClientMerge, field: str) -> Any:
    """Return what the kept card had before, unless it came from a card that has left again since."""
    value = getattr(merge.kept.history.get(history_id=merge.version_before), field)
    undone = merge.kept.merges.filter(undone_at__isnull=False, version_before__isnull=False)
    for earlier in undone.filter(pk__lt=merge.pk).select_related("merged").order_by("-pk"):
        if field in earlier.taken_fields and value == getattr(earlier.merged, field):
            value = getattr(merge.kept.history.get(history_id=earlier.version_before), field)
    return value


def _return_rows(merge: ClientMerge) -> None:
    for model_name, field in set(merge.moved_rows.order_by().values_list("model", "field")):
        model = apps.get_model(model_name)
        moved = merge.moved_rows.filter(model=model_name, field=field)
        ids = list(moved.values_list("row_id", flat=True))
        for start in range(0, len(ids), BATCH):
            rows = model._base_manager.filter(pk__in=ids[start : start + BATCH])
            rows.filter(**{f"{field}_id": merge.kept_id}).update(**{f"{field}_id": merge.merged_id})
