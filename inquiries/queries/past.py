from collections.abc import Collection, Iterator

from django.db.models import CASCADE, Count

from inquiries.models import Inquiry, PastImport, PastInquiry

CHUNK = 500


def used_elsewhere(inquiry_ids: Collection[int]) -> set[int]:
    """Those that another record points at which does not simply go with them."""
    used: set[int] = set()
    for relation in Inquiry._meta.related_objects:
        if relation.on_delete is CASCADE:
            continue
        name = relation.field.name
        rows = relation.related_model._base_manager.filter(**{f"{name}__in": inquiry_ids})  # type: ignore[union-attr]
        used |= set(rows.values_list(name, flat=True))
    return used & set(inquiry_ids)


def changed_since(inquiry_ids: Collection[int]) -> set[int]:
    """Those of which there is more than the version that they came with."""
    versions = Inquiry.history.filter(id__in=inquiry_ids).values("id")
    many = versions.annotate(versions=Count("history_id")).filter(versions__gt=1)
    return set(many.values_list("id", flat=True))


def touched(past_import: PastImport) -> Iterator[tuple[PastInquiry, str]]:
    """Yield the inquiries of an import that would stay at an undo, and why."""
    came = PastInquiry.objects.filter(past_import=past_import).order_by("pk")
    ids = list(came.values_list("inquiry", flat=True))
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        why = dict.fromkeys(changed_since(chunk), "changed")
        why |= dict.fromkeys(used_elsewhere(chunk), "used")
        if why:
            for row in came.filter(inquiry__in=why).select_related("inquiry"):
                yield row, why[row.inquiry_id]
