"""A dozen access cases for the demo, one in each situation. Names of nobody, codes given to nobody."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import RoleAssignment, User
from clients.actions import add_contact_point, confirm_contact_point
from clients.models import ConfirmedHow, ContactKind
from documents import actions
from documents.actions.render_draft import render_draft
from documents.demo_access import hold_access, send_set
from documents.kinds import Portal
from documents.models import AccessCase, AgencyDelegation, Paper
from documents.signers import from_check
from documents.states import PaperState
from registry.models import CheckPerson, Organisation, RepresentationCheck

# Codes of people not yet born or over 105: valid, and nobody's.
PEOPLE = (
    ("Mari", "Maasikas", "47001011016"),
    ("Jüri", "Õunapuu", "37001011004"),
    ("Пётр", "Щёголев", "50101011028"),
    ("Anneli", "Šumilov", "60101011035"),
)
DELEGATES = (
    (
        "head_of_customer_service",
        "klienditeeninduse juht",
        "peadirektori käskkirja nr 1-1/26/5",
        "47002020019",
    ),
    (
        "coordinator",
        "klienditeeninduse vanemspetsialist",
        "peadirektori käskkirja nr 1-1/26/6",
        "37001011059",
    ),
)


def create_cases(*, at: datetime, rng: Random) -> list[AccessCase]:
    """Make the cases; again does no harm, since each has its key.

    Where Pango is installed the drafts are set at once, else they wait as they would for anybody.
    """
    specialists = _holders("specialist", at) or _holders("coordinator", at)
    found = list(Organisation.objects.filter(status="R").exclude(address="").order_by("pk")[:12])
    if not specialists or AccessCase.objects.filter(key=UUID(int=1)).exists():
        return []
    delegations = _delegations(at)
    maker = _Maker(specialists, rng, at)
    cases = [maker.advised(portal) for portal in (Portal.KOTKAS, Portal.KOTKAS, Portal.PISTRIK)]
    cases.append(maker.start(Portal.FOREST, None))
    for place, organisation in enumerate(found[:9]):
        case = maker.start(Portal.E_SERVICES, organisation)
        cases.append(case)
        _bring_on(case, place, delegations, maker.when)
    past = [maker.start(Portal.E_SERVICES, organisation) for organisation in found[9:]]
    hold_access(found[9:], past, at)
    return [*cases, *past]


def _bring_on(
    case: AccessCase, place: int, delegations: Sequence[AgencyDelegation], when: datetime
) -> None:
    """Take the case as far as its place in the row says."""
    paper = case.papers.get()
    if place == 0:
        return  # the worker asks the register
    verdict = "joint_incomplete" if place == 1 else "sole"
    _answer(paper, verdict, when)
    if place == 2:
        return  # no contacts yet
    _contacts(case, place, when)
    if place >= 4 and delegations:
        _draft(paper, delegations[place % len(delegations)], when)
    if place == 7:
        _end(case, when)
    if place == 8 and Paper.objects.filter(case=case, state=PaperState.DRAFT_READY).exists():
        send_set(case, when)


class _Maker:
    def __init__(self, specialists: list[User], rng: Random, at: datetime) -> None:
        self.specialists, self.rng, self.at, self.made = specialists, rng, at, 0
        self.when = at

    def start(self, portal: Portal, organisation: Organisation | None) -> AccessCase:
        self.made += 1
        self.when = self.at - timedelta(hours=self.rng.randint(1, 20))
        return actions.start_case(
            key=UUID(int=self.made),
            portal=portal,
            organisation_code=organisation.registry_code if organisation else "",
            by=self.rng.choice(self.specialists),
            at=self.when,
        )

    def advised(self, portal: Portal) -> AccessCase:
        case = self.start(portal, None)
        return actions.close_with_advice(
            case=case, version=case.version, by=case.responsible, at=self.when
        )


def _holders(role: str, at: datetime) -> list[User]:
    held = RoleAssignment.objects.held_on(timezone.localdate(at)).filter(role=role)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk"))


def _delegations(at: datetime) -> list[AgencyDelegation]:
    """Those who may sign for the agency, and one whose delegation has ended."""
    since = date(timezone.localdate(at).year, 1, 1)
    found = []
    for role, job_title, basis, code in DELEGATES:
        for holder in _holders(role, at)[:1]:
            delegation, _new = AgencyDelegation.objects.get_or_create(
                holder=holder,
                job_title=job_title,
                basis=basis,
                defaults={"valid_from": since, "personal_code": code},
            )
            found.append(delegation)
    return found


def _answer(paper: Paper, verdict: str, at: datetime) -> None:
    """What the register would have said; the demo asks nobody."""
    is_sole = verdict == "sole"
    known = paper.case.known_organisation
    check = RepresentationCheck.objects.create(
        registry_code=paper.case.organisation_code,
        organisation_name=paper.case.organisation_name,
        organisation_status="R",
        legal_form=known.legal_form if known else "",
        state="answered" if is_sole else "needs_reading",
        verdict=verdict,
        requested_at=at,
        requested_by=paper.case.responsible,
        answered_at=at,
        evidence_at=at,
    )
    people = _board(known) if known else PEOPLE
    for position, (first, last, code) in enumerate(people[: 1 + paper.pk % 2 if is_sole else 2]):
        CheckPerson.objects.create(
            check_of=check,
            position=position,
            of_code=check.registry_code,
            of_name=check.organisation_name,
            name=f"{first} {last}",
            first_name=first,
            last_name=last,
            role="JUHL",
            role_label="Juhatuse liige",
            may_alone=is_sole,
            groups=[] if is_sole else [1],
            represents=True,
            code=code,
            country="EST",
        )
    paper.representation_check = check
    paper.save(update_fields=["representation_check"])


def _board(organisation: Organisation) -> Sequence[tuple[str, str, str]]:
    """Those who stand on the register's card as the board; the codes are nobody's."""
    board = organisation.people.filter(role="JUHL", is_legal_person=False, ends_on__isnull=True)
    names = [name.rpartition(" ") for name in board.order_by("pk").values_list("name", flat=True)]
    found = [
        (first, last, code)
        for (first, _space, last), (_first, _last, code) in zip(names, PEOPLE, strict=False)
    ]
    return found or PEOPLE


def _contacts(case: AccessCase, place: int, at: datetime) -> None:
    by = case.responsible
    actions.give_contacts(case=case, phone=f"+3728400{place:04d}", by=by, at=at)
    case.refresh_from_db()
    if case.client is None or case.client.contact_points.filter(kind=ContactKind.EMAIL).exists():
        return
    point = add_contact_point(
        client=case.client,
        kind=ContactKind.EMAIL,
        value=f"klient{place}@example.ee",
        by=by,
        at=at,
    )
    confirm_contact_point(contact_point=point, how=ConfirmedHow.CALLBACK, by=by, at=at)


def _draft(paper: Paper, delegation: AgencyDelegation, at: datetime) -> None:
    paper.case.refresh_from_db()
    people = list(paper.representation_check.people.all()) if paper.representation_check else []
    paper = actions.request_draft(
        paper=paper,
        version=paper.case.version,
        chosen=[from_check(one) for one in people[:1]],
        delegation=delegation,
        by=paper.case.responsible,
        at=at,
    )
    render_draft(paper=Paper.objects.get(pk=paper.pk), at=at)


def _end(case: AccessCase, at: datetime) -> None:
    with transaction.atomic():
        case.refresh_from_db()
        actions.cancel_case(
            case=case,
            version=case.version,
            reason="Klient loobus, kasutab edaspidi KOTKASt.",
            by=case.responsible,
            at=at,
        )
