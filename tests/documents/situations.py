"""Cases in the middle of their way: drafted, sent, signed."""

import datetime as dt

from django.utils import timezone

from clients.models import ConfirmedHow
from documents import actions
from documents.actions.render_draft import render_draft
from documents.kinds import KINDS
from documents.models import AccessCase, Paper, PaperTemplate
from registry.models import RepresentationCheck, Verdict
from tests.documents import signing
from tests.factories.documents import (
    JURI,
    MARI,
    SEED,
    TIINA,
    AccessCaseFactory,
    AgencyDelegationFactory,
    CheckPersonFactory,
    SignerFactory,
    TemplateVersionFactory,
)
from tests.factories.registry import OrganisationFactory, RepresentationCheckFactory

PERSON = {
    "person_name": "Kati Kask",
    "personal_code": "47001011027",
    "email": "kati@naidis.example.ee",
    "phone": "+372 5300 1235",
    "services": {"charges": ["view", "draft", "submit"]},
}


class World:
    """A case with its papers, the people who sign it, and the specialist who works on it."""

    def __init__(self, kinds=("KASUTUSLEPING",), *, is_joint=False, at=None):
        self.at = at or timezone.now()
        seed_templates()
        OrganisationFactory(registry_code="19999905", name="Näidis OÜ")
        self.delegation = AgencyDelegationFactory()
        self.case = AccessCaseFactory(started_at=self.at)
        self.by = self.case.responsible
        self.codes = [MARI[1], JURI[1]] if is_joint else [MARI[1]]
        self.check = self._check("drafting", is_joint)
        for kind in kinds:
            self.add(kind)

    def _check(self, purpose, is_joint):
        check = RepresentationCheckFactory(
            registry_code="19999905",
            purpose=purpose,
            sole=True,
            requested_at=self.at,
            **(self._read_by_a_person() if is_joint else {}),
        )
        people = (MARI, JURI) if is_joint else (MARI,)
        for place, (name, code) in enumerate(people):
            CheckPersonFactory(
                check_of=check,
                name=name,
                code=code,
                position=place,
                may_alone=not is_joint,
                groups=[1] if is_joint else [],
            )
            if is_joint:
                check.signatories.create(name=name, code=code, country="EST")
        return check

    def _read_by_a_person(self):
        return {
            "state": "confirmed",
            "verdict": Verdict.JOINT_SATISFIED,
            "settled_at": self.at,
            "settled_by": self.by,
            "settled_reason": "loetud",
        }

    def add(self, kind, **terms):
        self.reload()
        known = terms or (PERSON | {"valid_from": self.at.date()} if "VOLIKIRI" in kind else {})
        paper = actions.add_paper(
            case=self.case,
            kind=kind,
            terms=actions.Terms(**known) if known else None,
            version=self.case.version,
            by=self.by,
            at=self.at,
        )
        Paper.objects.filter(pk=paper.pk).update(representation_check=self.check)
        return paper

    def reload(self):
        self.case = AccessCase.objects.get(pk=self.case.pk)
        return self.case

    @property
    def version(self):
        return self.reload().version

    @property
    def papers(self):
        return list(Paper.objects.filter(case=self.case).order_by("pk"))

    def people(self):
        from documents.signers import from_check  # noqa: PLC0415

        return [from_check(one) for one in self.check.people.order_by("position")]

    def draft(self):
        """Every paper of the case has its draft."""
        first = self.case.papers.in_preparation().order_by("pk").first()
        asked = actions.request_drafts(
            paper=first,
            version=self.version,
            chosen=self.people(),
            delegation=self.delegation,
            by=self.by,
            at=self.at,
        )
        for paper in asked:
            render_draft(paper=Paper.objects.get(pk=paper.pk), at=self.at)
        self.reload()
        return self

    def seal(self):
        """The drafts lie in their envelopes."""
        actions.make_envelopes(case=self.reload(), by=self.by, at=self.at)
        self.envelopes = list(self.case.envelopes.filter(opened_at=None).order_by("pk"))
        return self

    def send(self, *, is_attached=False):
        for envelope in self.envelopes:
            signers = envelope.signers.exclude(role="agency")
            addresses = {
                one.pk: actions.Address(f"{one.pk}@example.ee", ConfirmedHow.CALLBACK)
                for one in signers
            }
            actions.send_envelope(
                envelope=envelope,
                addresses=addresses,
                is_attached=is_attached,
                version=self.version,
                by=self.by,
                at=self.at,
            )
        self.reload()
        return self

    def bring(self, envelope, *codes, **options):
        """Somebody brings the container back, signed by these people, and it is judged."""
        content = signing.signed_by(envelope, *codes, at=self.at)
        returned = actions.receive_return(
            envelope=envelope,
            upload=signing.upload(content),
            came_by=options.pop("came_by", signing.STAFF),
            by=self.by,
            at=self.at,
            **options,
        )
        return signing.judged(returned, self.at)

    def agency_signs(self, envelope):
        content = signing.signed_by(envelope, TIINA, at=self.at)
        returned = actions.sign_for_agency(
            envelope=envelope,
            upload=signing.upload(content),
            by=self.delegation.holder,
            at=self.at,
        )
        return signing.judged(returned, self.at)

    def register_agrees(self):
        """The register has said once more today that they may."""
        check = self._check("return", len(self.codes) > 1)
        asked = RepresentationCheck.objects.filter(purpose="return", state="requested")
        Paper.objects.filter(return_check__in=asked).update(return_check=check)
        return self

    def confirm(self):
        for envelope in self.envelopes:
            actions.confirm_return(envelope=envelope, version=self.version, by=self.by, at=self.at)
        self.reload()
        return self

    def enter(self, **options):
        for paper in self.papers:
            actions.enter_in_portal(
                paper=paper, version=self.version, by=self.by, at=self.at, **options
            )
        self.reload()
        return self


def seed_templates():
    """The first wordings of all kinds, also where a test has emptied the tables."""
    for kind in KINDS:
        body = (SEED.parent / f"{kind.lower()}.et.txt").read_text(encoding="utf-8")
        template, _new = PaperTemplate.objects.get_or_create(kind=kind)
        TemplateVersionFactory(template=template, body=body)


def later(world, **delta):
    world.at += dt.timedelta(**delta)
    return world


__all__ = ["PERSON", "SignerFactory", "World", "later"]
