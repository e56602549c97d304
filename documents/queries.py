from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.queries import who_may_decide
from clients.models import ContactKind
from documents.kinds import Guard
from documents.models import AccessCase, AgencyDelegation, Paper, TemplateVersion
from documents.signers import from_paper, is_covered, representatives
from documents.variables import contact_point_of, organisation_of
from registry.states import CheckPurpose


@dataclass(frozen=True)
class Missing:
    """One thing without which a draft is not made, in plain words, and where it is put right."""

    guard: Guard
    code: str
    sentence: Promise | str

    @property
    def anchor(self) -> str:
        return ANCHORS[self.guard]


SIGNING = "sign_for_agency"  # competence; given by name, so no substitute holds it

# Where on the page of the case each guard is put right.
ANCHORS = {
    Guard.ORGANISATION: "organisation",
    Guard.REPRESENTATION: "check",
    Guard.REPRESENTATIVES: "signers",
    Guard.CLIENT_CONTACTS: "contacts",
    Guard.AGENCY_SIGNATORY: "id_delegation",
}


SENTENCES: dict[str, Promise] = {
    "no_organisation": _("The organisation has not been chosen."),
    "no_address": _("The register gives no address for the organisation."),
    "no_check": _("The right of representation has not been checked."),
    "check_underway": _("The right of representation is being checked."),
    "check_to_read": _("The answer of the register must be read and confirmed by a person."),
    "check_negative": _("The check does not allow these people to sign for the organisation."),
    "check_old": _("The representation check is no longer fresh: check again."),
    "no_representatives": _("Nobody has been chosen to sign for the client."),
    "not_covered": _("The check does not speak of exactly these people: check them."),
    "no_client": _("The organisation has no client card yet: give its phone and e-mail."),
    "no_email": _("The client's e-mail address is missing."),
    "no_phone": _("The client's phone number is missing."),
    "no_signatory": _("Nobody has been chosen to sign for the agency."),
    "delegation_ended": _("The delegation of the agency's signatory is not in force today."),
    "no_competence_to_sign": _(
        "The agency's signatory does not hold the competence to sign for the agency today."
    ),
    "no_template": _("There is no approved template for this paper."),
}


def what_is_missing(paper: Paper, at: datetime) -> list[Missing]:
    """Say what must be put right before a draft of this paper is made; empty means nothing."""
    found = [
        Missing(guard, code, SENTENCES[code])
        for guard in paper.rules.guards
        for code in GUARDS[guard](paper, at)
    ]
    if not found and TemplateVersion.objects.latest_of(paper.kind) is None:
        found.append(Missing(Guard.ORGANISATION, "no_template", SENTENCES["no_template"]))
    return found


def _organisation(paper: Paper, at: datetime) -> list[str]:
    if not paper.case.organisation_code:
        return ["no_organisation"]
    return [] if organisation_of(paper)["aadress"] else ["no_address"]


def _representation(paper: Paper, at: datetime) -> list[str]:
    check = paper.representation_check
    if check is None or check.registry_code != paper.case.organisation_code:
        return ["no_check"]
    if check.is_underway:
        return ["check_underway"]
    if check.waits_for_people:
        return ["check_to_read"]
    if not check.allows_representation:
        return ["check_negative"]
    return [] if check.is_fresh(at, CheckPurpose.DRAFTING) else ["check_old"]


def _representatives(paper: Paper, at: datetime) -> list[str]:
    chosen = [from_paper(one) for one in representatives(paper)]
    check = paper.representation_check
    if not chosen:
        return ["no_representatives"]
    if check is not None and check.allows_representation and not is_covered(check, chosen):
        return ["not_covered"]
    return []


def _client_contacts(paper: Paper, at: datetime) -> list[str]:
    client = paper.case.client
    if client is None:
        return ["no_client"]
    wanted = ((ContactKind.EMAIL, "no_email"), (ContactKind.PHONE, "no_phone"))
    return [code for kind, code in wanted if contact_point_of(client, kind) is None]


def _agency_signatory(paper: Paper, at: datetime) -> list[str]:
    if paper.delegation is None:
        return ["no_signatory"]
    today = timezone.localdate(at)
    if not paper.delegation.is_in_force_on(today):
        return ["delegation_ended"]
    may_sign = who_may_decide(SIGNING, today).filter(pk=paper.delegation.holder_id)
    return [] if may_sign.exists() else ["no_competence_to_sign"]


GUARDS: dict[Guard, Callable[[Paper, datetime], list[str]]] = {
    Guard.ORGANISATION: _organisation,
    Guard.REPRESENTATION: _representation,
    Guard.REPRESENTATIVES: _representatives,
    Guard.CLIENT_CONTACTS: _client_contacts,
    Guard.AGENCY_SIGNATORY: _agency_signatory,
}


def delegations_in_force(at: datetime) -> list[AgencyDelegation]:
    """Who may sign for the agency today, by name: the delegation and the competence are both in force."""
    today = timezone.localdate(at)
    held = (
        AgencyDelegation.objects.in_force_on(today)
        .filter(holder__in=who_may_decide(SIGNING, today))
        .select_related("holder")
    )
    return sorted(held, key=lambda one: (str(one.holder), one.pk))


def with_checks(papers: QuerySet[Paper]) -> QuerySet[Paper]:
    """Papers with everything that the question "what is missing" looks at."""
    return papers.select_related(
        "case__client", "delegation__holder", "template_version__template", "representation_check"
    ).prefetch_related(
        "signers",
        "case__client__contact_points",
        "representation_check__people",
        "representation_check__signatories",
        "representation_check__evidence",
    )


def count_open_cases(user_id: int) -> int:
    """How many cases somebody has open, for whoever steps in."""
    return AccessCase.objects.open().filter(responsible=user_id).count()


@dataclass(frozen=True)
class TemplateToApprove:
    """A wording that waits for a second person, beside the one by which papers are drawn up now."""

    version: TemplateVersion
    in_force: TemplateVersion | None
    is_own: bool  # nobody approves what they wrote themselves


def templates_to_approve(*, by: User) -> list[TemplateToApprove]:
    """Return the wordings that wait, the oldest first."""
    versions = TemplateVersion.objects.visible_to(by).select_related("template")
    waiting = list(versions.waiting().select_related("written_by").order_by("written_at", "pk"))
    wanted = {version.template_id for version in waiting}
    approved = versions.approved().filter(template__in=wanted).order_by("number")
    in_force = {version.template_id: version for version in approved}
    return [
        TemplateToApprove(
            version, in_force.get(version.template_id), version.written_by_id == by.pk
        )
        for version in waiting
    ]
