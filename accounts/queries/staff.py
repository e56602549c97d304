"""Who may decide, who deals with what, and who is there."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.models import (
    Competence,
    CompetenceHolding,
    LineState,
    Responsibility,
    RoleAssignment,
    Substitution,
    User,
)


def may_decide(user: User, competence_code: str, on: dt.date) -> bool:
    """Say whether the person may take this kind of decision on this day.

    A substitute may decide what the colleague may, unless the competence is given by name.
    """
    return deciding_as(user, competence_code, on) is not None


def deciding_as(user: User, competence_code: str, on: dt.date) -> CompetenceHolding | None:
    """Return the holding on which the decision rests: own first, else a substituted colleague's."""
    colleagues = Substitution.objects.running_on(on).filter(substitute=user).values("substituted")
    holdings = (
        CompetenceHolding.objects.held_on(on)
        .filter(competence__code=competence_code, user__is_active=True)
        .filter(Q(user=user) | Q(user__in=colleagues, competence__is_personal=False))
        .select_related("competence", "user")
        .order_by("pk")
    )
    found = list(holdings)
    return next((held for held in found if held.user_id == user.pk), next(iter(found), None))


def who_may_decide(competence_code: str, on: dt.date) -> QuerySet[User]:
    """Those who hold the competence themselves on this day."""
    holdings = CompetenceHolding.objects.held_on(on).filter(competence__code=competence_code)
    return User.objects.filter(is_active=True, competence_holdings__in=holdings).distinct()


@dataclass(frozen=True)
class DirectoryLine:
    user: User
    topic_codes: list[str]
    counties: list[str]  # none: all of Estonia
    is_present: bool
    substitute: User | None  # who does this person's duties today

    @property
    def is_ready(self) -> bool:
        return self.is_present and self.user.line_state == LineState.READY


def directory(
    topic_code: str | None = None,
    county: str | None = None,
    text: str = "",
    *,
    at: dt.datetime | None = None,
    unit_ids: Iterable[int] | None = None,
    among: QuerySet[User] | None = None,
) -> list[DirectoryLine]:
    """Who deals with a topic in a county, with phone and whether present.

    Those ready for calls come first, then the others who are present.

    A person responsible for a topic's group deals with each topic of the group, and one named for
    no county with all of them. Two queries and one for the substitutes, however long the list.
    """
    at = at or timezone.now()
    people = User.objects.all() if among is None else among
    people = people.filter(is_active=True).select_related("unit")
    if topic_code or county:
        people = people.filter(pk__in=_responsible(topic_code, county).values("user"))
    if unit_ids is not None:
        people = people.filter(unit__in=list(unit_ids))
    today = timezone.localdate(at)
    people = people.prefetch_related(
        Prefetch("responsibilities", Responsibility.objects.order_by("topic_code", "county")),
        Prefetch(
            "substitutions",
            Substitution.objects.running_on(today).select_related("substitute").order_by("pk"),
            to_attr="running_substitutions",
        ),
    ).order_by("last_name", "first_name", "pk")
    # Some hundreds of people; SQLite would not know that õ and Õ are one letter.
    lines = [_line(user, at) for user in people if is_meant(user, text)]
    return sorted(lines, key=lambda line: (not line.is_ready, not line.is_present))


def is_meant(user: User, text: str) -> bool:
    """Whether each word typed is in the person's name, title, phone or unit."""
    words = [str(user), user.job_title, user.phone, user.unit.name_et if user.unit else ""]
    written = " ".join(words).casefold()
    return all(word in written for word in text.casefold().split())


def _responsible(topic_code: str | None, county: str | None) -> QuerySet[Responsibility]:
    found = Responsibility.objects.all()
    if topic_code:
        found = found.filter(topic_code__in={topic_code, topic_code.split("-")[0]})
    if county:
        found = found.filter(county__in=["", county])
    return found


def _line(user: User, at: dt.datetime) -> DirectoryLine:
    responsibilities = user.responsibilities.all()
    running: list[Substitution] = user.running_substitutions  # type: ignore[attr-defined]
    return DirectoryLine(
        user=user,
        topic_codes=list(dict.fromkeys(held.topic_code for held in responsibilities)),
        counties=list(dict.fromkeys(held.county for held in responsibilities if held.county)),
        is_present=user.is_present(at),
        substitute=running[0].substitute if running else None,
    )


@dataclass(frozen=True)
class CompetenceRow:
    competence: Competence
    holdings: list[CompetenceHolding]


def competence_matrix(on: dt.date) -> list[CompetenceRow]:
    """Each kind of decision with those who may take it now or later."""
    holdings = CompetenceHolding.objects.not_over_on(on).select_related("user__unit")
    rows = Competence.objects.prefetch_related(
        Prefetch(
            "holdings",
            holdings.order_by("user__last_name", "user__first_name", "starts_on"),
            to_attr="current_holdings",
        )
    )
    return [CompetenceRow(row, row.current_holdings) for row in rows]  # type: ignore[attr-defined]


def substituted_today(user: User, day: dt.date) -> list[Substitution]:
    """Whom the person substitutes today: shown on every page."""
    return list(
        Substitution.objects.running_on(day)
        .filter(substitute=user)
        .select_related("substituted")
        .order_by("pk")
    )


def staff_with_role(role: str, on: dt.date) -> QuerySet[User]:
    held = RoleAssignment.objects.held_on(on).filter(role=role)
    return User.objects.filter(is_active=True, role_assignments__in=held).distinct()


def staff_with_roles(on: dt.date) -> QuerySet[User]:
    """Everybody, closed accounts last, each with `current_roles`."""
    return (
        User.objects.select_related("unit")
        .prefetch_related(
            Prefetch(
                "role_assignments",
                RoleAssignment.objects.held_on(on).order_by("pk"),
                to_attr="current_roles",
            )
        )
        .order_by("-is_active", "last_name", "first_name", "pk")
    )


def has_totp(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
