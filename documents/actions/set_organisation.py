from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models import Client
from common.refusals import Refusal
from documents.actions.ask_check import ask_check
from documents.actions.note_event import note_event
from documents.models import AccessCase
from documents.states import PaperState
from registry.queries import known_organisation


class OrganisationFixed(Refusal):
    """A paper already names the organisation."""

    code = "organisation_fixed"
    sentence = _("A draft already names the organisation. Set the draft aside first.")


def set_organisation(
    *, case: AccessCase, organisation_code: str, by: User, at: datetime
) -> AccessCase:
    """A case is about this organisation, in the caller's transaction.

    1. Look up its name in the open data, or in what the live register has said, and its card among
       the clients.
    2. Ask whether anybody may sign for it alone.

    Raises OrganisationFixed if a draft already names another.
    """
    papers = list(case.papers.active())
    if any(paper.state != PaperState.STARTED for paper in papers):
        raise OrganisationFixed
    known = known_organisation(organisation_code)
    case.organisation_code = organisation_code
    case.organisation_name = known.name[:500] if known else ""
    card = Client.objects.living().filter(registry_code=organisation_code).order_by("pk").first()
    if case.client is None or case.client.registry_code != organisation_code:
        case.client = card
    case.save(update_fields=["organisation_code", "organisation_name", "client"])
    note_event(case=case, what="organisation_set", by=by, at=at, code=organisation_code)
    for paper in papers:
        paper.signers.all().delete()
        ask_check(paper=paper, signatories=[], by=by, at=at)
    return case
