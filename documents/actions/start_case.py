from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from clients.models import Client
from common.actions import take_number
from documents.actions.note_event import note_event
from documents.actions.set_organisation import set_organisation
from documents.kinds import AccessKind, kinds_for
from documents.models import Access, AccessCase, Paper

FIRST_PAPERS = ("KASUTUSLEPING",)  # what a new client needs first


def start_case(
    *,
    key: UUID,
    portal: str,
    organisation_code: str = "",
    client: Client | None = None,
    inquiry_id: int | None = None,
    kinds: Sequence[str] | None = None,
    by: User,
    at: datetime,
) -> AccessCase:
    """Somebody asks for access to a portal.

    1. If the case of this key is there already, because a page was sent twice, give that one.
    2. Take a number and open the case with whoever started it as responsible.
    3. Begin the papers that were asked for: unless said otherwise the agreement, if there is none yet.
    4. If the organisation is known, look it up and ask for the representation check at once.
    """
    with transaction.atomic():
        known = AccessCase.objects.filter(key=key).first()
        if known is not None:
            return known
        case = AccessCase.objects.create(
            key=key,
            number=take_number(series="J", at=at),
            portal=portal,
            client=client.survivor if client else None,
            inquiry_id=inquiry_id,
            responsible=by,
            started_at=at,
        )
        wanted = _first_papers(organisation_code) if kinds is None else kinds
        for kind in kinds_for(portal):
            if kind.code in wanted:
                Paper.objects.create(case=case, kind=kind.code, created_at=at)
        note_event(case=case, what="case_started", by=by, at=at)
        if organisation_code:
            set_organisation(case=case, organisation_code=organisation_code, by=by, at=at)
    return case


def _first_papers(organisation_code: str) -> Sequence[str]:
    held = Access.objects.of_organisation(organisation_code).filter(
        kind=AccessKind.AGREEMENT, closed_at__isnull=True
    )
    return () if organisation_code and held.exists() else FIRST_PAPERS
