"""The kinds of paper as data: who signs, what must be so before a draft, what the paper does.

A kind is added here, with its template; no code asks for a kind by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.vocabulary import (
    AGREEMENT,
    AUTHORISATION,
    COMMON_VARIABLES,
    END,
    MAIN_USER,
    PARTIES,
    PERSON,
    RIGHTS,
)


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
    AUTHORISED_PERSON = "authorised_person", _("person authorised, with code and contacts")
    SERVICES = "services", _("services in which the person may act")
    MAIN_USER = "main_user", _("main user whose authorisation is in force")
    ENDED_ACCESS = "ended_access", _("access in force that the paper ends")
    LAST_DAY = "last_day", _("day on which it ends")
    BREACH = "breach", _("obligation that was broken")


class Effect(TextChoices):
    """When the paper takes effect once everyone has signed."""

    LAST_SIGNATURE = "last_signature", _("with the last signature")
    ON_RECEIPT = "on_receipt", _("on receipt")
    AT_ONCE = "at_once", _("at once, given through the portal")
    THIRTY_DAYS = "thirty_days", _("30 days after receipt")
    ON_DATE = "on_date", _("on the date named in it")


class AccessKind(TextChoices):
    """What somebody holds in the portal."""

    AGREEMENT = "agreement", _("User agreement")
    MAIN_USER = "main_user", _("Main user")
    USER = "user", _("Regular user")


class PortalService(TextChoices):
    """What is done in the e-service portal (document-templates.et.md §0)."""

    CHARGES = "charges", _("Charge declarations until 2020")
    MANURE = "manure", _("Manure and grazing notices")
    WELLS = "wells", _("Bore-well data")
    F_GAS = "f_gas", _("F-gas permits")
    FOKA = "foka", "FOKA"


# As the papers name them, in Estonian.
SERVICE_TITLES = {
    PortalService.CHARGES: "keskkonnatasu deklaratsioonid (kuni 2020)",
    PortalService.MANURE: "sõnniku- ja karjatamisteatised",
    PortalService.WELLS: "puurkaevude andmed",
    PortalService.F_GAS: "F-gaaside load",
    PortalService.FOKA: "fluoritud kasvuhoonegaaside register FOKA",
}


@dataclass(frozen=True)
class SignerSet:
    """People who sign together, and what must be so for them to sign."""

    roles: frozenset[SignerRole]
    guards: tuple[Guard, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    code: str
    label: Promise
    title: str  # in Estonian, the language of papers
    series: str  # of its numbers
    portal: Portal = Portal.E_SERVICES
    # Any one of the sets will do; the first is proposed.
    signer_sets: tuple[SignerSet, ...]
    guards: tuple[Guard, ...]  # whoever signs
    effects: tuple[Effect, ...]  # the first is proposed
    covering_letter: str = "draft_for_signature"
    notice: str  # to the client, with the entry in the portal
    restriction_basis: str = "AvTS § 35 lg 1 p 12"  # why its text is for internal use
    restriction_years: int = 75  # AvTS § 40 lg 3: private life, from the making of the paper
    grants: AccessKind | None = None
    ends: tuple[AccessKind, ...] = ()
    # Variables a template of this kind may name; a list stands for "one or several of these".
    variables: Mapping[str, object] = field(default_factory=dict)

    @property
    def signer_roles(self) -> frozenset[SignerRole]:
        return frozenset().union(*(one.roles for one in self.signer_sets))

    @property
    def is_two_sided(self) -> bool:
        return all(
            SignerRole.AGENCY in one.roles and len(one.roles) > 1 for one in self.signer_sets
        )

    @property
    def about_somebody(self) -> bool:
        """Whether the paper speaks of one authorised person."""
        return "kasutaja" in self.variables

    def guards_of(self, signer_set: int) -> tuple[Guard, ...]:
        return (*self.guards, *self.signer_sets[signer_set].guards)


_BY_REPRESENTATIVES = SignerSet(
    frozenset({SignerRole.REPRESENTATIVE}), (Guard.REPRESENTATION, Guard.REPRESENTATIVES)
)
_BY_BOTH = SignerSet(
    frozenset({SignerRole.AGENCY, SignerRole.REPRESENTATIVE}),
    (Guard.REPRESENTATION, Guard.REPRESENTATIVES, Guard.AGENCY_SIGNATORY),
)
_BY_AGENCY = SignerSet(frozenset({SignerRole.AGENCY}), (Guard.AGENCY_SIGNATORY,))
_BY_MAIN_USER = SignerSet(frozenset({SignerRole.MAIN_USER}), (Guard.MAIN_USER,))
_BY_USER = SignerSet(frozenset({SignerRole.USER}))
KINDS: dict[str, PaperKind] = {
    kind.code: kind
    for kind in (
        PaperKind(
            code="KASUTUSLEPING",
            label=_("User agreement"),
            title="E-teenuste portaali kasutamise leping",
            series="KL",
            signer_sets=(_BY_BOTH,),
            guards=(Guard.ORGANISATION, Guard.CLIENT_CONTACTS),
            effects=(Effect.LAST_SIGNATURE,),
            notice="access_open",
            grants=AccessKind.AGREEMENT,
            variables=COMMON_VARIABLES,
        ),
        PaperKind(
            code="VOLIKIRI_PEA",
            label=_("Main-user authorisation"),
            title="Portaali peakasutaja volikiri",
            series="VP",
            signer_sets=(_BY_REPRESENTATIVES,),
            guards=(
                Guard.ORGANISATION,
                Guard.CLIENT_CONTACTS,
                Guard.AUTHORISED_PERSON,
                Guard.SERVICES,
            ),
            effects=(Effect.ON_DATE,),
            notice="access_open",
            grants=AccessKind.MAIN_USER,
            variables={**COMMON_VARIABLES, **PERSON, **RIGHTS, "edasivolitus": ""},
        ),
        PaperKind(
            code="VOLIKIRI_TAVA",
            label=_("Regular-user authorisation"),
            title="Portaali tavakasutaja volikiri",
            series="VT",
            signer_sets=(_BY_REPRESENTATIVES, _BY_MAIN_USER),
            guards=(
                Guard.ORGANISATION,
                Guard.CLIENT_CONTACTS,
                Guard.AUTHORISED_PERSON,
                Guard.SERVICES,
            ),
            effects=(Effect.ON_DATE,),
            notice="access_open",
            grants=AccessKind.USER,
            variables={**COMMON_VARIABLES, **PERSON, **RIGHTS, **MAIN_USER},
        ),
        PaperKind(
            code="TAGASIVOTMINE_PEA",
            label=_("Withdrawal of a main user's authorisation"),
            title="Peakasutaja volituse tagasivõtmise avaldus",
            series="TP",
            signer_sets=(_BY_REPRESENTATIVES,),
            guards=(Guard.ORGANISATION, Guard.CLIENT_CONTACTS, Guard.ENDED_ACCESS, Guard.LAST_DAY),
            effects=(Effect.ON_RECEIPT, Effect.ON_DATE),
            notice="access_closed",
            ends=(AccessKind.MAIN_USER,),
            variables={
                **COMMON_VARIABLES,
                **PERSON,
                **AUTHORISATION,
                **END,
                "soltuvad": [{"nimi": "", "volikirja_nr": ""}],
                "soltuvad_suletakse": "",
            },
        ),
        PaperKind(
            code="TAGASIVOTMINE_TAVA",
            label=_("Withdrawal of a regular user's authorisation"),
            title="Tavakasutaja volituse tagasivõtmise avaldus",
            series="TT",
            signer_sets=(_BY_REPRESENTATIVES, _BY_MAIN_USER),
            guards=(Guard.ORGANISATION, Guard.CLIENT_CONTACTS, Guard.ENDED_ACCESS, Guard.LAST_DAY),
            effects=(Effect.ON_RECEIPT, Effect.ON_DATE),
            notice="access_closed",
            ends=(AccessKind.USER,),
            variables={**COMMON_VARIABLES, **PERSON, **AUTHORISATION, **END, **MAIN_USER},
        ),
        PaperKind(
            code="ARAUTLEMINE_KASUTAJA",
            label=_("Renunciation by the user"),
            title="Kasutaja avaldus volitusest loobumise kohta",
            series="AL",
            signer_sets=(_BY_USER,),
            guards=(Guard.ENDED_ACCESS, Guard.LAST_DAY),
            effects=(Effect.ON_RECEIPT, Effect.ON_DATE),
            notice="access_renounced",
            ends=(AccessKind.MAIN_USER, AccessKind.USER),
            variables={
                **PARTIES,
                **PERSON,
                **AUTHORISATION,
                **END,
                "peakasutajana": "",
                "teavitatud": "",
            },
        ),
        PaperKind(
            code="LEPINGU_LOPETAMINE_TEADE",
            label=_("Ending of the agreement by the client"),
            title="Teade portaali kasutamise lepingu lõpetamise kohta",
            series="LT",
            signer_sets=(_BY_REPRESENTATIVES,),
            guards=(Guard.ORGANISATION, Guard.CLIENT_CONTACTS, Guard.ENDED_ACCESS),
            effects=(Effect.THIRTY_DAYS, Effect.AT_ONCE),
            notice="agreement_ends",
            ends=(AccessKind.AGREEMENT,),
            variables={**COMMON_VARIABLES, **AGREEMENT, **END},
        ),
        PaperKind(
            code="LEPINGU_LOPETAMINE_KOKKULEPE",
            label=_("Ending of the agreement by both parties"),
            title="Kokkulepe portaali kasutamise lepingu lõpetamise kohta",
            series="LK",
            signer_sets=(_BY_BOTH,),
            guards=(Guard.ORGANISATION, Guard.CLIENT_CONTACTS, Guard.ENDED_ACCESS, Guard.LAST_DAY),
            effects=(Effect.ON_DATE,),
            notice="agreement_ends",
            ends=(AccessKind.AGREEMENT,),
            variables={**COMMON_VARIABLES, **AGREEMENT, **END},
        ),
        PaperKind(
            code="LEPINGU_LOPETAMINE_AMET",
            label=_("Ending of the agreement by the agency"),
            title="Teade lepingu lõpetamise kohta",
            series="LA",
            signer_sets=(_BY_AGENCY,),
            guards=(Guard.ENDED_ACCESS, Guard.BREACH),
            effects=(Effect.ON_RECEIPT,),
            notice="agreement_ends",
            ends=(AccessKind.AGREEMENT,),
            variables={
                **PARTIES,
                **AGREEMENT,
                **END,
                "rikkumine": {"satte_viide": "", "kirjeldus": ""},
            },
        ),
    )
}
KIND_CHOICES = [(kind.code, kind.label) for kind in KINDS.values()]


def kinds_for(portal: str) -> list[PaperKind]:
    return [kind for kind in KINDS.values() if kind.portal == portal]
