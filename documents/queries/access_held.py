"""Who holds which access, on a day; and what has to be done about it."""

from datetime import date, timedelta

from django.db.models import QuerySet

from documents.kinds import AccessKind
from documents.models import Access, Paper

SOON = timedelta(days=30)
_ORDER = {AccessKind.AGREEMENT: 0, AccessKind.MAIN_USER: 1, AccessKind.USER: 2}


def access_held(organisation_code: str, day: date | None = None) -> list[Access]:
    """Return what an organisation and its people hold on a day: agreement, main users, users.

    Without a day: whatever has not been closed, also what begins later.
    """
    held = Access.objects.of_organisation(organisation_code)
    held = held.in_force_on(day) if day else held.filter(closed_at__isnull=True)
    rows = list(held.select_related("granted_by", "main_user").order_by("pk"))
    return sorted(rows, key=lambda one: (_ORDER[AccessKind(one.kind)], one.person_name, one.pk))


def depends_on(access: Access) -> list[Access]:
    """Return the open accesses that stand on this main user's authorisation."""
    open_ones = access.dependants.filter(closed_at__isnull=True)
    return list(open_ones.select_related("granted_by").order_by("person_name", "pk"))


def rights_to_close(day: date) -> QuerySet[Access]:
    """Notice ran out or the last day is over: the rights are to be closed by the next working day."""
    return _listed(Access.objects.to_close_on(day)).order_by("ends_on", "pk")


def expiring(day: date) -> QuerySet[Access]:
    """What ends within thirty days."""
    return _listed(Access.objects.expiring(day, day + SOON)).order_by("ends_on", "pk")


def doubtful() -> QuerySet[Access]:
    """What may have lost its ground, by the register."""
    return _listed(Access.objects.doubtful()).order_by("doubted_at", "pk")


def _listed(found: QuerySet[Access]) -> QuerySet[Access]:
    return found.select_related("client", "granted_by", "ended_by")


def lacks_agreement(paper: Paper, day: date) -> bool:
    """Whether the paper authorises somebody for an organisation of which no agreement is known."""
    if paper.rules.grants not in {AccessKind.MAIN_USER, AccessKind.USER}:
        return False
    known = Access.objects.of_organisation(paper.case.organisation_code).in_force_on(day)
    return not known.filter(kind=AccessKind.AGREEMENT).exists()


def held_by_person(code_hash: str, day: date) -> list[Access]:
    """Return what one person holds on a day, for all organisations."""
    if not code_hash:
        return []
    found = Access.objects.in_force_on(day).filter(code_hash=code_hash)
    return list(found.select_related("granted_by").order_by("organisation_name", "pk"))


def organisations_with_access(*, after: str, limit: int) -> list[str]:
    """Codes of organisations that hold something that nobody has closed, in order, after this one."""
    found = Access.objects.filter(closed_at__isnull=True, organisation_code__gt=after)
    codes = found.order_by("organisation_code").values_list("organisation_code", flat=True)
    return list(codes.distinct()[:limit])
