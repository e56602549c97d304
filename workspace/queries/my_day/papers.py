"""Cards about access cases, representation checks and the templates of papers."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Scope
from documents.models import AccessCase, TemplateVersion
from documents.queries import doubtful, rights_to_close, waiting_for_signature
from documents.states import CaseState
from registry.models import RepresentationCheck
from registry.states import OPEN_TO_PEOPLE
from workspace.cards import Card, Figures, Line, Questions, address, first_rows

# As the page of the case colours them: what is ours to do, what lies with the client, what went wrong.
OURS = (
    CaseState.STARTED,
    CaseState.DRAFT_READY,
    CaseState.AGENCY_SIGNED,
    CaseState.RETURNED,
    CaseState.CHECKED,
)
TONES = dict.fromkeys(OURS, "warn") | dict.fromkeys(
    (CaseState.DRAFT_FAILED, CaseState.FAULTY, CaseState.EXPIRED), "bad"
)
TONES |= dict.fromkeys((CaseState.SENT, CaseState.PARTLY_SIGNED), "acc")


def cases(user: User, at: datetime) -> Card:
    """One's own cases; who may change all sees everybody's, so that none is forgotten."""
    rows = AccessCase.objects.visible_to(user).open()
    whose = {}
    if user.scope_of("documents.change_case") != Scope.ALL:
        whose = {"whose": "mine"}
        rows = rows.filter(responsible__in=user.acts_for_ids)
    found, count = first_rows(rows.order_by("-started_at", "-pk"))
    return Card(
        "cases",
        _("Access cases under way"),
        "folder-open",
        count,
        address("documents:list", **whose),
        lines=[
            Line(
                title=case.organisation_name or case.number,
                url=address("documents:case", case.pk),
                detail=f"{case.number} · {case.get_portal_display()}",
                at=case.started_at,
                pill=case.get_state_display(),
                tone=TONES.get(CaseState(case.state), ""),
            )
            for case in found
        ],
    )


def _papers_for_us(user: User, at: datetime) -> Questions:
    mine = AccessCase.objects.visible_to(user).filter(responsible__in=user.acts_for_ids)
    return {"cases-for-us": mine.for_us()}


def _for_us(user: User, at: datetime, numbers: Mapping[str, int]) -> Card:
    """Own cases in which the next step is ours."""
    where = address("documents:list", whose="mine", turn="us")
    return Card("cases-for-us", _("Papers for us"), "file-text", numbers["cases-for-us"], where)


for_us = Figures(_papers_for_us, _for_us)


def _unsigned(user: User, at: datetime) -> Questions:
    return {"to-sign": waiting_for_signature(user_id=user.pk)}


def _signature(user: User, at: datetime, numbers: Mapping[str, int]) -> list[Card]:
    """For the few who sign for the agency; for others there is nothing, and no card."""
    count = numbers["to-sign"]
    where = address("documents:to_sign")
    title = _("Waiting for my signature")
    return [Card("to-sign", title, "signature", count, where, tone="warn")] if count else []


to_sign = Figures(_unsigned, _signature)


def _accesses(user: User, at: datetime) -> Questions:
    return {"rights-to-close": rights_to_close(timezone.localdate(at)), "in-doubt": doubtful()}


def _to_look_after(user: User, at: datetime, numbers: Mapping[str, int]) -> list[Card]:
    """Rights whose last day is over; and accesses that the register makes doubtful, if any."""
    where = address("documents:access")
    close, doubt = numbers["rights-to-close"], numbers["in-doubt"]
    title = _("Rights to close today")
    cards = [
        Card("rights-to-close", title, "lock", close, where, tone="bad" if close else ""),
    ]
    if doubt:
        title = _("Accesses in doubt")
        cards.append(Card("in-doubt", title, "alert-triangle", doubt, where, tone="warn"))
    return cards


rights = Figures(_accesses, _to_look_after)


def checks(user: User, at: datetime) -> Card:
    """Checks that a person must read; whoever may confirm all of them sees all."""
    rows = RepresentationCheck.objects.visible_to(user).filter(state__in=OPEN_TO_PEOPLE)
    whose = {}
    if not user.has_perm("registry.confirm_check"):
        whose = {"show": "mine"}
        rows = rows.filter(requested_by__in=user.acts_for_ids)
    found, count = first_rows(rows.order_by("requested_at", "pk"))
    return Card(
        "checks",
        _("Representation checks to read"),
        "shield-check",
        count,
        address("registry:checks", **whose),
        tone="warn" if count else "",
        lines=[
            Line(
                title=check.organisation_name or check.registry_code,
                url=address("registry:check", check.pk),
                detail=check.registry_code,
                at=check.requested_at,
                pill=check.get_state_display(),
                tone="warn",
            )
            for check in found
        ],
    )


def templates(user: User, at: datetime) -> Card:
    waiting = TemplateVersion.objects.visible_to(user).waiting().select_related("template")
    found, count = first_rows(waiting.order_by("written_at", "pk"))
    return Card(
        "templates",
        _("Templates to approve"),
        "template",
        count,
        address("documents:templates"),
        lines=[
            Line(
                title=version.template.get_kind_display(),
                url=address("documents:templates"),
                detail=f"v{version.number}",
                at=version.written_at,
            )
            for version in found
        ],
    )
