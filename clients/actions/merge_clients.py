from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from accounts.actions import record_access
from accounts.models import User
from clients import handover
from clients.actions.change_client import ClientMerged
from clients.actions.renew_keys import renew_keys
from clients.actions.write_fields import refuse_taken_code
from clients.models import Client, ClientMerge, ContactPoint, MovedRow
from common.refusals import Refusal

# What is chosen together on the merge page, and the fields that belong to it.
CHOICES: dict[str, tuple[str, ...]] = {
    "name": ("name", "name_key", "first_name", "last_name"),
    "code": ("country", "registry_code", "foreign_code", "personal_code", "personal_code_hash"),
    "language": ("language",),
    "pinned_note": ("pinned_note", "pinned_at", "pinned_by_id"),
}
BATCH = 2000


class ClientsNotAlike(Refusal):
    """A person and an organisation are never one client, and a card is not its own double."""

    code = "clients_not_alike"
    sentence = _("Only two different cards of the same kind can be merged.")


def merge_clients(
    *,
    kept: Client,
    merged: Client,
    take: Collection[str] = (),
    reason: str = "",
    by: User,
    at: datetime,
) -> ClientMerge:
    """Two cards turn out to be one client.

    1. Lock both, in one order, and look again whether they may be merged.
    2. Close the merged card: it lives on in the kept one.
    3. Take onto the kept card what was chosen from the merged one (`take`: keys of CHOICES).
    4. Move contact points and the rows of other apps along, and write down which.
    5. Let the kept card be found by all that the merged one was found by, and log it.

    Nothing is lost: undo_merge leads back. Raises ClientsNotAlike, ClientMerged.
    """
    with refuse_taken_code(), transaction.atomic():
        kept, merged = _lock_both(kept, merged)
        merge = ClientMerge.objects.create(
            kept=kept,
            merged=merged,
            reason=reason.strip()[:300],
            at=at,
            by=by,
            taken_fields=[field for name in CHOICES if name in take for field in CHOICES[name]],
            version_before=_version_to_return_to(kept, by, at),
        )
        merged.merged_into = kept
        _save(merged, by, at, why="merged")
        for field in merge.taken_fields:
            setattr(kept, field, getattr(merged, field))
        _save(kept, by, at, why="merge")
        _carry_confirmations(kept, merged, by, at)
        for model, field in handover.followers():
            _move_rows(merge, model, field)
        renew_keys(client=kept)
        record_access(what="client.merge", by=by, at=at, subject=kept, reason=merge.reason)
        record_access(what="client.merge", by=by, at=at, subject=merged, reason=merge.reason)
    return merge


def _lock_both(kept: Client, merged: Client) -> tuple[Client, Client]:
    rows = Client.objects.select_for_update(of=("self",)).filter(pk__in=[kept.pk, merged.pk])
    both = {client.pk: client for client in rows.order_by("pk")}
    kept, merged = both[kept.pk], both[merged.pk]
    if kept.pk == merged.pk or kept.kind != merged.kind:
        raise ClientsNotAlike
    if kept.merged_into_id or merged.merged_into_id:
        raise ClientMerged
    return kept, merged


def _version_to_return_to(kept: Client, by: User, at: datetime) -> int:
    last = kept.history.order_by("-history_id").first()
    if last is None:  # written in bulk, before its first version
        kept.written_by(by, at, "before merge")
        kept.save()
        last = kept.history.order_by("-history_id").first()
    return int(last.history_id)


def _save(client: Client, by: User, at: datetime, *, why: str) -> None:
    client.version += 1
    client.written_by(by, at, why)
    client.save()


def _carry_confirmations(kept: Client, merged: Client, by: User, at: datetime) -> None:
    """A number that both have stays with each; what is known of it holds for the kept one too."""
    for known in merged.contact_points.filter(confirmed_at__isnull=False):
        twins = kept.contact_points.filter(kind=known.kind, value=known.value)
        for twin in twins.filter(confirmed_at__isnull=True):
            twin.confirmed_at, twin.confirmed_how = known.confirmed_at, known.confirmed_how
            twin.confirmed_by_id = known.confirmed_by_id
            twin.written_by(by, at, "merge")
            twin.save()


def _move_rows(merge: ClientMerge, model: type[Model], field: str) -> None:
    rows = model._base_manager.filter(**{f"{field}_id": merge.merged_id})
    if model is ContactPoint:
        rows = rows.exclude(pk__in=_twins(merge))
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    MovedRow.objects.bulk_create(
        (
            MovedRow(merge=merge, model=model._meta.label_lower, field=field, row_id=pk)
            for pk in ids
        ),
        batch_size=BATCH,
    )
    for start in range(0, len(ids), BATCH):
        batch = model._base_manager.filter(pk__in=ids[start : start + BATCH])
        batch.update(**{f"{field}_id": merge.kept_id})


def _twins(merge: ClientMerge) -> list[int]:
    """Contact points of the merged card that the kept one has already."""
    known = set(merge.kept.contact_points.values_list("kind", "value"))
    points = merge.merged.contact_points.all()
    return [point.pk for point in points if (point.kind, point.value) in known]
