"""One signature while it is being judged, the same for containers and PDF."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from documents.signatures import signer
from documents.signatures.certificate import Certificate
from documents.signatures.evidence import Circumstances, check_answers, check_status
from documents.signatures.level import level_of, means_of
from documents.signatures.report import Findings, Level, Profile, SignatureReport, Verdict
from documents.signatures.revocation import Answer


@dataclass
class Judged:
    name: str
    around: Circumstances
    findings: Findings = field(default_factory=Findings)
    certificate: Certificate | None = None
    proved_at: dt.datetime | None = None
    claimed_at: dt.datetime | None = None
    profile: Profile | None = None
    level: Level | None = None

    def report(self) -> SignatureReport:
        found, certificate = self.findings, self.certificate
        return SignatureReport(
            name=self.name,
            verdict=Verdict.INVALID if found.errors else Verdict.VALID,
            errors=tuple(found.errors),
            warnings=tuple(found.warnings),
            signer=certificate.name if certificate else "",
            personal_code=certificate.personal_code if certificate else "",
            certificate_sha256=certificate.sha256 if certificate else "",
            signed_at=self.proved_at,
            claimed_at=self.claimed_at,
            level=self.level,
            profile=self.profile,
            means=means_of(certificate) if certificate and not found.errors else None,
        )


def judge_certificate(
    judged: Judged,
    certificate: Certificate,
    embedded: list[Certificate],
    responses: Sequence[bytes],
    moment: dt.datetime,
) -> list[Answer]:
    """Judge the certificate at the proved moment; what became of it later does not matter.

    Returns the OCSP answers that hold. Raises Refused.
    """
    around, findings = judged.around, judged.findings
    signer.check_validity(certificate, moment, findings)
    signer.check_key(certificate, moment, around.policy, findings)
    issuer, status = signer.trusted_issuer(certificate, moment, around.trust, around.policy)
    judged.level = level_of(certificate, status, findings)
    answers = check_answers(responses, certificate, issuer, embedded, around)
    check_status(answers, moment, findings)
    return answers
