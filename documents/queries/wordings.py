"""Wordings of papers: the one in force, those being written, and those that wait for a second person."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from documents.kinds import KINDS, PaperKind
from documents.models import TemplateVersion
from documents.states import TemplateState
from documents.wording_difference import DifferenceLine, difference


@dataclass(frozen=True)
class KindOfTemplate:
    """A kind of paper with the wording in force, the one that waits, and what that one has overtaken."""

    kind: PaperKind
    in_force: TemplateVersion | None
    waiting: TemplateVersion | None
    overtaken: list[TemplateVersion]


@dataclass(frozen=True)
class TemplateToApprove:
    """A wording that waits for a second person, beside the one by which papers are drawn up now."""

    version: TemplateVersion
    in_force: TemplateVersion | None
    is_own: bool  # nobody approves what they wrote themselves
    overtaken: list[TemplateVersion]  # earlier ones that nobody approved in time

    @property
    def difference(self) -> list[DifferenceLine]:
        return difference(self.in_force.body if self.in_force else "", self.version.body)


def templates_by_kind(*, by: User) -> list[KindOfTemplate]:
    """Return every kind of paper with its wordings."""
    versions = TemplateVersion.objects.visible_to(by).defer("body")
    found: dict[str, list[TemplateVersion]] = {code: [] for code in KINDS}
    for version in versions.select_related("template", "written_by", "approved_by"):
        found[version.template.kind].append(version)
    return [_by_kind(KINDS[code], rows) for code, rows in found.items()]


def _by_kind(kind: PaperKind, versions: list[TemplateVersion]) -> KindOfTemplate:
    newest_first = sorted(versions, key=lambda one: -one.number)
    approved = [one for one in newest_first if one.state == TemplateState.APPROVED]
    last = approved[0].number if approved else 0
    later = [one for one in newest_first if one.number > last]
    return KindOfTemplate(
        kind, approved[0] if approved else None, later[0] if later else None, later[1:]
    )


def templates_to_approve(*, by: User) -> list[TemplateToApprove]:
    """Return the wordings that wait, the oldest first, each with those that it has overtaken."""
    versions = TemplateVersion.objects.visible_to(by).select_related("template")
    waiting = list(versions.waiting().select_related("written_by").order_by("written_at", "pk"))
    wanted = {version.template_id for version in waiting}
    approved = versions.approved().filter(template__in=wanted).order_by("number")
    in_force = {version.template_id: version for version in approved}
    earlier = list(
        versions.overtaken().filter(template__in=wanted).select_related("written_by").defer("body")
    )
    return [
        _to_approve(version, in_force.get(version.template_id), earlier, by) for version in waiting
    ]


def _to_approve(
    version: TemplateVersion,
    in_force: TemplateVersion | None,
    earlier: Sequence[TemplateVersion],
    by: User,
) -> TemplateToApprove:
    last = in_force.number if in_force else 0
    overtaken = [
        one for one in earlier if one.template_id == version.template_id and one.number > last
    ]
    return TemplateToApprove(version, in_force, version.written_by_id == by.pk, overtaken)
