"""The kinds of paper as data: who signs, what must be so before a draft, what the paper does.

A kind is added here, with its template; no code asks for a kind by name. Stage 1 offers the user
agreement alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Portal(TextChoices):
    E_SERVICES = "e_services", _("E-service portal")
    KOTKAS = "kotkas", "KOTKAS"
    PISTRIK = "pistrik", "PISTRIK"
    FOREST = "forest", _("Forest portal")


class SignerRole(TextChoices):
    AGENCY = "agency", _("Agency")
    REPRESENTATIVE = "representative", _("Representative")
    MAIN_USER = "main_user", _("Main user")
    USER = "user", _("User")


class Guard(TextChoices):
    """What must be so before a draft of the paper is made."""

    ORGANISATION = "organisation", _("organisation with its name and address")
    REPRESENTATION = "representation", _("positive and fresh representation check")
    CLIENT_CONTACTS = "client_contacts", _("client's e-mail and phone")
    REPRESENTATIVES = "representatives", _("representatives who sign")
    AGENCY_SIGNATORY = "agency_signatory", _("agency's signatory with a delegation in force")


class Effect(TextChoices):
    """When the paper takes effect once everyone has signed."""

    LAST_SIGNATURE = "last_signature", _("with the last signature")
    ON_RECEIPT = "on_receipt", _("on receipt")
    THIRTY_DAYS = "thirty_days", _("30 days after receipt")
    ON_DATE = "on_date", _("on the date named in it")


@dataclass(frozen=True)
class PaperKind:
    code: str
    label: Promise
    title: str  # in Estonian, the language of papers
    series: str  # of its numbers
    portal: Portal
    # Each element is one full set of signers; any one of the sets will do.
    signer_sets: tuple[frozenset[SignerRole], ...]
    guards: tuple[Guard, ...]
    effect: Effect
    covering_letter: str
    restriction_basis: str  # why its text is for internal use
    restriction_years: int  # AvTS § 40 lg 3: private life, from the making of the paper
    # Variables a template of this kind may name; a list stands for "one or several of these".
    variables: Mapping[str, object] = field(default_factory=dict)

    @property
    def signer_roles(self) -> frozenset[SignerRole]:
        return frozenset().union(*self.signer_sets)

    @property
    def is_two_sided(self) -> bool:
        return all(SignerRole.AGENCY in roles and len(roles) > 1 for roles in self.signer_sets)


COMMON_VARIABLES: dict[str, object] = {
    "dok": {"number": "", "kuupaev": "", "versioon": ""},
    "amet": {
        "nimi": "",
        "registrikood": "",
        "aadress": "",
        "telefon": "",
        "epost": "",
        "allkirjastaja": {"nimi": "", "ametikoht": "", "alus": ""},
    },
    "klient": {
        "nimi": "",
        "registrikood": "",
        "oiguslik_vorm": "",
        "aadress": "",
        "epost": "",
        "telefon": "",
    },
    "esindajad": [
        {"nimi": "", "isikukood": "", "ametikoht": "", "alus": "", "esindusviis": ""},
    ],
    "uhine_esindus": "",
}

KINDS: dict[str, PaperKind] = {
    kind.code: kind
    for kind in (
        PaperKind(
            code="KASUTUSLEPING",
            label=_("User agreement"),
            title="E-teenuste portaali kasutamise leping",
            series="KL",
            portal=Portal.E_SERVICES,
            signer_sets=(frozenset({SignerRole.AGENCY, SignerRole.REPRESENTATIVE}),),
            guards=(
                Guard.ORGANISATION,
                Guard.REPRESENTATION,
                Guard.CLIENT_CONTACTS,
                Guard.REPRESENTATIVES,
                Guard.AGENCY_SIGNATORY,
            ),
            effect=Effect.LAST_SIGNATURE,
            covering_letter="draft_for_signature",
            restriction_basis="AvTS § 35 lg 1 p 12",
            restriction_years=75,
            variables=COMMON_VARIABLES,
        ),
    )
}
KIND_CHOICES = [(kind.code, kind.label) for kind in KINDS.values()]


def kinds_for(portal: str) -> list[PaperKind]:
    return [kind for kind in KINDS.values() if kind.portal == portal]
