"""Cards about access cases, representation checks and the templates of papers."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Scope
from documents.models import AccessCase, TemplateVersion
from documents.states import CaseState
from registry.models import RepresentationCheck
from registry.states import OPEN_TO_PEOPLE
from workspace.cards import Card, Line, address, first_rows

TONES = {CaseState.DRAFT_FAILED: "bad", CaseState.DRAFT_READY: "good"}


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
