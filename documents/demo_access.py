"""What clients of the demo hold in the portal, and a set of papers that lies with a client.

Signatures cannot be made up, so papers of the past stand as accepted without their containers.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from clients.models import ConfirmedHow
from documents import actions
from documents.actions.enter_in_portal import grant_access
from documents.actions.follow_papers import follow_papers
from documents.actions.lock_case import lock_case
from documents.models import Access, AccessCase, Paper, ToldHow
from documents.states import PaperState
from registry.models import Organisation

KATI = actions.Terms(
    person_name="Kati Näidis",
    personal_code="47001011027",
    email="kati@klient.example.ee",
    phone="+372 5300 0101",
    services={"charges": ["view", "draft", "submit"], "wells": ["view", "draft", "submit"]},
)
MART = actions.Terms(
    person_name="Mart Näidis",
    personal_code="37001011059",
    email="mart@klient.example.ee",
    phone="+372 5300 0102",
    services={"charges": ["view", "draft"]},
)
SET = (("VOLIKIRI_PEA", KATI), ("VOLIKIRI_TAVA", MART))


def hold_access(
    organisations: Sequence[Organisation], cases: Sequence[AccessCase], at: datetime
) -> list[Access]:
    """Each of these organisations has held an agreement, a main user and a regular user for a while.

    Of the second one the notice has run out; the first one's regular user ends soon.
    """
    held: list[Access] = []
    for place, (organisation, case) in enumerate(zip(organisations, cases, strict=False)):
        since = at - timedelta(days=90 + place)
        papers = [case.papers.get()]
        for kind, person in SET:
            case.refresh_from_db()
            terms = replace(person, valid_from=timezone.localdate(since))
            papers.append(
                actions.add_paper(
                    case=case,
                    kind=kind,
                    terms=terms,
                    version=case.version,
                    by=case.responsible,
                    at=since,
                )
            )
        held += _accepted(case, papers, since)
        _ends(held[-3:], place, at)
        assert case.organisation_code == organisation.registry_code  # noqa: S101
    return held


def _accepted(case: AccessCase, papers: Sequence[Paper], at: datetime) -> list[Access]:
    found = []
    with transaction.atomic():
        case = lock_case(case)
        for number, paper in enumerate(papers, 1):
            paper.refresh_from_db()
            paper.case = case
            paper.state = PaperState.DONE
            paper.number = f"{paper.rules.series}-VANA-{case.pk}-{number}"
            paper.rendered_at = paper.checked_at = paper.entered_at = paper.told_at = at
            paper.checked_by = paper.entered_by = case.responsible
            paper.registered_on, paper.told_how = timezone.localdate(at), ToldHow.MAIL
            paper.portal_record = f"E-{1000 + paper.pk}"
            paper.save()
            found.append(grant_access(paper, at))
        follow_papers(case=case, at=at)
    return found


def _ends(held: Sequence[Access], place: int, at: datetime) -> None:
    today = timezone.localdate(at)
    agreement, main_user, user = held
    if place == 0:
        user.ends_on = today + timedelta(days=12)
        user.save(update_fields=["ends_on"])
    elif place == 1:
        for access in (agreement, main_user, user):
            access.ends_on = today
            access.save(update_fields=["ends_on"])


def send_set(case: AccessCase, at: datetime) -> None:
    """The drafts of a case lie with the client: everybody has a letter with a link."""
    actions.make_envelopes(case=case, by=case.responsible, at=at)
    for envelope in case.envelopes.order_by("pk"):
        case.refresh_from_db()
        addresses = {
            signer.pk: actions.Address("klient@example.ee", ConfirmedHow.CALLBACK)
            for signer in envelope.signers.exclude(role="agency")
        }
        actions.send_envelope(
            envelope=envelope,
            addresses=addresses,
            version=case.version,
            by=case.responsible,
            at=at,
        )
