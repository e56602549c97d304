"""Access cases by the hundred thousand, and what is measured on them."""

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from uuid import uuid4

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleAssignment, User
from benchmarks.subject import Subject, browser, get
from documents.actions import Terms, add_paper, request_draft, start_case
from documents.actions.render_draft import render_draft
from documents.actions.request_draft import request_drafts
from documents.models import Access, AccessCase, AgencyDelegation, Paper
from documents.queries import access_held
from documents.signers import from_check
from documents.states import CLOSED_CASES, CaseState, PaperState
from registry.models import Organisation

BATCH = 5_000
PAPERS_OF_A_CASE = (
    "KASUTUSLEPING",
    "VOLIKIRI_PEA",
    "VOLIKIRI_TAVA",
    "VOLIKIRI_TAVA",
    "VOLIKIRI_TAVA",
)
# Of twenty cases eighteen are done; the others stand somewhere on their way.
ON_THE_WAY = (
    (CaseState.SENT, PaperState.SENT),
    (CaseState.DRAFT_READY, PaperState.DRAFT_READY),
    (CaseState.PARTLY_SIGNED, PaperState.PARTLY_SIGNED),
    (CaseState.RETURNED, PaperState.RETURNED),
)
PERSON = {
    "personal_code": "47001011027",
    "email": "kati@klient.example.ee",
    "phone": "+372 5300 0101",
    "services": {"charges": ["view", "draft"]},
}


def multiply_cases(count: int, at: dt.datetime) -> None:
    """Make so many cases with two or three papers each, and the access that the done ones gave."""
    codes = list(Organisation.objects.order_by("pk").values_list("registry_code", "name")[:count])
    held = RoleAssignment.objects.filter(role="specialist").values("user")
    people = list(User.objects.filter(pk__in=held).order_by("pk"))
    numbers = iter(range(count))
    while batch := list(itertools.islice(numbers, BATCH)):
        with transaction.atomic():
            cases = AccessCase.objects.bulk_create(_case(n, codes, people, at) for n in batch)
            papers = Paper.objects.bulk_create(_papers(cases, at))
            Access.objects.bulk_create(_accesses(papers, at))


def _case(
    number: int, codes: Sequence[tuple[str, str]], people: Sequence[User], at: dt.datetime
) -> AccessCase:
    code, name = codes[number % len(codes)]
    state = CaseState.DONE if number % 20 < 18 else ON_THE_WAY[number // 20 % 4][0]
    started = at - dt.timedelta(minutes=number * 7)
    return AccessCase(
        number=f"J-B-{number:07d}",
        portal="e_services",
        state=state,
        organisation_code=code,
        organisation_name=name[:500],
        responsible=people[number % len(people)],
        started_at=started,
        closed_at=started if state in CLOSED_CASES else None,
    )


def _papers(cases: Sequence[AccessCase], at: dt.datetime) -> Iterator[Paper]:
    by_case = dict(ON_THE_WAY)
    for case in cases:
        state = by_case.get(CaseState(case.state), PaperState.DONE)
        moment = case.started_at if state == PaperState.DONE else None
        for place, kind in enumerate(PAPERS_OF_A_CASE[: 2 + case.pk % 2]):
            yield Paper(
                case=case,
                kind=kind,
                state=state,
                number=f"B-{case.pk}-{place}",
                created_at=case.started_at,
                rendered_at=case.started_at,
                checked_at=moment,
                entered_at=moment,
                told_at=moment,
            )


def _accesses(papers: Sequence[Paper], at: dt.datetime) -> Iterator[Access]:
    today = timezone.localdate(at)
    for paper in papers:
        if paper.state != PaperState.DONE or paper.rules.grants is None:
            continue
        is_ended = paper.case_id % 3 == 0
        yield Access(
            organisation_code=paper.case.organisation_code,
            organisation_name=paper.case.organisation_name,
            kind=paper.rules.grants,
            person_name="Kati Näidis" if paper.rules.about_somebody else "",
            granted_by=paper,
            valid_from=timezone.localdate(paper.created_at),
            ends_on=max(today, timezone.localdate(paper.created_at)) if is_ended else None,
            closed_at=at if is_ended else None,
        )


def organisations_that_hold() -> list[str]:
    held = Access.objects.filter(closed_at__isnull=True).order_by("-pk")
    return list(dict.fromkeys(held.values_list("organisation_code", flat=True)[:400]))[:100]


def held(code: str) -> list[Access]:
    return access_held(code, timezone.localdate())


def case_lists() -> list[str]:
    """The list of cases as it is opened and narrowed."""
    address = reverse("documents:list")
    states = [CaseState.SENT, CaseState.RETURNED, CaseState.DONE]
    return [
        address,
        f"{address}?whose=mine&state=open",
        f"{address}?whose=all&state=",
        *(f"{address}?state={state}" for state in states),
    ]


def set_of_four(at: dt.datetime) -> list[Paper]:
    """An agreement, a main user and two regular users asked for in one go, in the caller's transaction."""
    known = Paper.objects.filter(
        representation_check__verdict="sole", case__client__contact_points__kind="email"
    ).first()
    if known is None or known.representation_check is None:
        raise RuntimeError("the demo has no checked paper")
    check = known.representation_check
    check.answered_at = check.evidence_at = at
    check.save(update_fields=["answered_at", "evidence_at"])
    case = start_case(
        key=uuid4(),
        portal=known.case.portal,
        organisation_code=known.case.organisation_code,
        client=known.case.client,
        kinds=PAPERS_OF_A_CASE[:1],
        by=known.case.responsible,
        at=at,
    )
    first = case.papers.get()
    first.representation_check = check
    first.save(update_fields=["representation_check"])
    for number, kind in enumerate(PAPERS_OF_A_CASE[1:4]):
        case.refresh_from_db()
        terms = Terms(**PERSON, person_name=f"Kati {number}", valid_from=timezone.localdate(at))
        add_paper(
            case=case, kind=kind, terms=terms, version=case.version, by=case.responsible, at=at
        )
    case.refresh_from_db()
    check = first.representation_check
    assert check is not None
    return request_drafts(
        paper=first,
        version=case.version,
        chosen=[from_check(one) for one in check.people.all()[:1]],
        delegation=AgencyDelegation.objects.order_by("pk").first(),
        by=case.responsible,
        at=at,
    )


def draw_set(_variant: object) -> None:
    """From the press of the button to four papers set, taken back at the end."""
    at = timezone.now()
    with transaction.atomic():
        for paper in set_of_four(at):
            drawn = render_draft(paper=Paper.objects.get(pk=paper.pk), at=at)
            if drawn.state != PaperState.DRAFT_READY:
                raise RuntimeError(drawn.error)
        transaction.set_rollback(True)


def owed_draft() -> Paper:
    """The paper that each pass draws anew: asked for once, never committed as drawn."""
    owed = Paper.objects.filter(state=PaperState.DRAFT_REQUESTED).order_by("pk").first()
    if owed is not None:
        return owed
    paper = (
        Paper.objects.exclude(representation_check=None)
        .filter(number=None, case__client__contact_points__kind="email")
        .filter(representation_check__verdict="sole")
        .first()
    )
    return request_draft(
        paper=paper,
        version=paper.case.version,
        chosen=[from_check(paper.representation_check.people.first())],
        delegation=AgencyDelegation.objects.first(),
        by=paper.case.responsible,
        at=timezone.now(),
    )


def draw(paper: Paper) -> None:
    """What the worker does with a draft that is owed, taken back at the end."""
    with transaction.atomic():
        drawn = render_draft(paper=Paper.objects.get(pk=paper.pk), at=timezone.now())
        if drawn.state != PaperState.DRAFT_READY:
            raise RuntimeError(drawn.error)
        transaction.set_rollback(True)


def subjects() -> list[Subject]:
    client = browser()
    return [
        Subject("draft, warm worker", 600, lambda: [owed_draft()], draw, 15),
        Subject("set of four drafts", 3000, lambda: [0], draw_set, 8),
        Subject("access held", 15, organisations_that_hold, held, 200),
        Subject("list of cases", 60, case_lists, lambda at: get(client, at), 30, each=True),
    ]
