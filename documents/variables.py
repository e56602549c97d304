"""What the variables of a template hold for one paper."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from clients.models import Client, ContactKind, ContactPoint
from documents.content_variables import content_variables, day_in_words
from documents.models import AgencyDelegation, Paper, TemplateVersion
from documents.signers import representatives


def variables_of(
    paper: Paper,
    *,
    number: str,
    version: TemplateVersion,
    delegation: AgencyDelegation | None,
    at: dt.datetime,
) -> dict[str, object]:
    """Return every variable that a template of the paper's kind may name, as it is at this moment."""
    client = paper.case.client
    signers = representatives(paper)
    everything: dict[str, object] = {
        "dok": {
            "number": number,
            "kuupaev": day_in_words(timezone.localdate(at)),
            "versioon": str(version.number),
        },
        "amet": _agency(delegation),
        "klient": {
            **organisation_of(paper),
            "epost": contact_of(client, ContactKind.EMAIL),
            "telefon": contact_of(client, ContactKind.PHONE),
        },
        "esindajad": [
            {
                "nimi": one.name,
                "isikukood": one.personal_code,
                "ametikoht": one.job_title,
                "alus": one.basis,
                "esindusviis": "ühiselt" if len(signers) > 1 else "üksi",
            }
            for one in signers
        ],
        "uhine_esindus": len(signers) > 1,
        **content_variables(paper),
    }
    return {name: everything[name] for name in paper.rules.variables}


def _agency(delegation: AgencyDelegation | None) -> dict[str, object]:
    agency = settings.AGENCY
    return {
        "nimi": agency["name"],
        "registrikood": agency["registry_code"],
        "aadress": agency["address"],
        "telefon": agency["phone"],
        "epost": agency["email"],
        "allkirjastaja": {
            "nimi": str(delegation.holder) if delegation else "",
            "ametikoht": delegation.job_title if delegation else "",
            "alus": delegation.basis if delegation else "",
        },
    }


def organisation_of(paper: Paper) -> dict[str, str]:
    """The organisation as the check found it; what the check does not say, as we know it."""
    case, check = paper.case, paper.representation_check
    known = case.known_organisation
    found: dict[str, str] = {}
    if check is not None and check.registry_code == case.organisation_code:
        found = {"nimi": check.organisation_name, "oiguslik_vorm": check.legal_form}
        for evidence in check.evidence.all():
            found["aadress"] = evidence.content.get("address") or found.get("aadress", "")
    return {
        "nimi": found.get("nimi") or (known.name if known else "") or case.organisation_name,
        "registrikood": case.organisation_code,
        "oiguslik_vorm": found.get("oiguslik_vorm") or (known.legal_form if known else ""),
        "aadress": found.get("aadress") or (known.address if known else ""),
    }


def contact_point_of(client: Client | None, kind: str) -> ContactPoint | None:
    """The number or address that goes into a paper: a confirmed one, and the newest of those."""
    if client is None:
        return None
    points = [one for one in client.contact_points.all() if one.kind == kind]
    oldest = dt.datetime.min.replace(tzinfo=dt.UTC)
    points.sort(key=lambda one: (one.confirmed_at or oldest, one.created_at, one.pk))
    return points[-1] if points else None


def contact_of(client: Client | None, kind: str) -> str:
    point = contact_point_of(client, kind)
    return point.shown if point else ""
