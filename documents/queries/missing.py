from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.queries import who_may_decide
from clients.models import ContactKind
from documents.kinds import Effect, Guard
from documents.models import AccessCase, AgencyDelegation, Paper, PaperContent, TemplateVersion
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
        return ANCHORS.get(self.guard, CONTENT)

    @property
    def is_of_content(self) -> bool:
        return self.guard not in ANCHORS


SIGNING = "sign_for_agency"  # competence; given by name, so no substitute holds it

# Where on the page of the case each guard is put right.
ANCHORS = {
    Guard.ORGANISATION: "organisation",
    Guard.REPRESENTATION: "check",
    Guard.REPRESENTATIVES: "signers",
    Guard.CLIENT_CONTACTS: "contacts",
    Guard.AGENCY_SIGNATORY: "id_delegation",
}
CONTENT = "papers-content"  # of the paper itself: its own page of what it says


SENTENCES: dict[str, Promise] = {
    "no_organisation": _("The organisation has not been chosen."),
    "no_address": _("The register gives no address for the organisation."),
    "no_check": _("The right of representation has not been checked."),
    "check_underway": _("The right of representation is being checked."),
    "check_to_read": _("The answer of the register must be read and confirmed by a person."),
    "check_negative": _("The check does not allow these people to sign for the organisation."),
    "check_old": _("The representation check is no longer fresh: check again."),
    "no_representatives": _("Nobody has been chosen to sign for the client."),
    "no_code": _(
        "Somebody who signs has no personal code, by which the signature would be known: type the person in with the code."
    ),
    "not_covered": _("The check does not speak of exactly these people: check them."),
    "no_client": _("The organisation has no client card yet: give its phone and e-mail."),
    "no_email": _("The client's e-mail address is missing."),
    "no_phone": _("The client's phone number is missing."),
    "no_signatory": _("Nobody has been chosen to sign for the agency."),
    "delegation_ended": _("The delegation of the agency's signatory is not in force today."),
    "no_signatory_code": _(
        "The delegation lacks the personal code by which the signature is known: an administrator adds it."
    ),
    "no_competence_to_sign": _(
        "The agency's signatory does not hold the competence to sign for the agency today."
    ),
    "no_person": _("Say whom the paper authorises: name, personal code, e-mail and phone."),
    "no_services": _("Choose the services in which the person may act."),
    "no_period": _("Say from which day the authorisation is in force."),
    "period_over": _("The last day of the authorisation has passed."),
    "no_main_user": _("Choose the main user who signs."),
    "main_user_ended": _("The main user's authorisation is not in force today."),
    "beyond_main_user": _(
        "The main user who signs may not act in all of these services, so cannot give them on."
    ),
    "no_ended_access": _("Choose what the paper ends."),
    "access_has_ended": _("What the paper would end is not in force any more."),
    "no_last_day": _("Say when it ends."),
    "no_breach": _("Say which obligation was broken, or why the agreement ends."),
    "no_template": _("There is no approved template for this paper."),
}


def what_is_missing(paper: Paper, at: datetime) -> list[Missing]:
    """Say what must be put right before a draft of this paper is made; empty means nothing."""
    found = [
        Missing(guard, code, SENTENCES[code])
        for guard in paper.guards
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
    if not all(one.code for one in chosen):
        return ["no_code"]
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
    if not paper.delegation.personal_code:
        return ["no_signatory_code"]
    may_sign = who_may_decide(SIGNING, today).filter(pk=paper.delegation.holder_id)
    return [] if may_sign.exists() else ["no_competence_to_sign"]


def _content(paper: Paper) -> PaperContent | None:
    return getattr(paper, "content", None)


def _authorised_person(paper: Paper, at: datetime) -> list[str]:
    content = _content(paper)
    if content is None:
        return ["no_person"]
    typed = (content.person_name, content.personal_code, content.email, content.phone)
    return [] if all(typed) else ["no_person"]


def _services(paper: Paper, at: datetime) -> list[str]:
    content = _content(paper)
    if content is None or not content.services:
        return ["no_services"]
    if content.valid_from is None:
        return ["no_period"]
    today = timezone.localdate(at)
    return ["period_over"] if content.valid_until and content.valid_until < today else []


def _main_user(paper: Paper, at: datetime) -> list[str]:
    content = _content(paper)
    if content is None or content.main_user is None:
        return ["no_main_user"]
    is_ours = content.main_user.organisation_code == paper.case.organisation_code
    is_in_force = content.main_user.is_in_force_on(timezone.localdate(at))
    if not (is_ours and is_in_force):
        return ["main_user_ended"]
    return ["beyond_main_user"] if set(content.services) - set(content.main_user.services) else []


def _ended_access(paper: Paper, at: datetime) -> list[str]:
    content = _content(paper)
    if content is None or content.ended_access is None:
        return ["no_ended_access"]
    access = content.ended_access
    is_open = access.closed_at is None and access.organisation_code == paper.case.organisation_code
    return [] if is_open else ["access_has_ended"]


def _last_day(paper: Paper, at: datetime) -> list[str]:
    content = _content(paper)
    if content is None or not content.effect:
        return ["no_last_day"]
    needs_day = content.effect == Effect.ON_DATE
    return ["no_last_day"] if needs_day and content.last_day is None else []


def _breach(paper: Paper, at: datetime) -> list[str]:
    content = _content(paper)
    return [] if content and content.provision and content.breach else ["no_breach"]


GUARDS: dict[Guard, Callable[[Paper, datetime], list[str]]] = {
    Guard.ORGANISATION: _organisation,
    Guard.REPRESENTATION: _representation,
    Guard.REPRESENTATIVES: _representatives,
    Guard.CLIENT_CONTACTS: _client_contacts,
    Guard.AGENCY_SIGNATORY: _agency_signatory,
    Guard.AUTHORISED_PERSON: _authorised_person,
    Guard.SERVICES: _services,
    Guard.MAIN_USER: _main_user,
    Guard.ENDED_ACCESS: _ended_access,
    Guard.LAST_DAY: _last_day,
    Guard.BREACH: _breach,
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
        "case__client",
        "delegation__holder",
        "template_version__template",
        "representation_check",
        "content__main_user",
        "content__ended_access",
        "envelope__container",
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
