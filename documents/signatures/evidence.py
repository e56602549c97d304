"""When the signature existed, and that its certificate was not revoked then.

The same for containers and PDF: both hand in tokens, what they cover, and OCSP responses.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from documents.signatures.certificate import Certificate
from documents.signatures.codes import Code
from documents.signatures.policy import Policy
from documents.signatures.report import Findings, Refused
from documents.signatures.revocation import Answer, check_response
from documents.signatures.trust import TrustList


@dataclass(frozen=True)
class Circumstances:
    """What a check is made with."""

    trust: TrustList
    at: dt.datetime
    policy: Policy


def check_answers(
    responses: Sequence[bytes],
    certificate: Certificate,
    issuer: Certificate,
    embedded: list[Certificate],
    around: Circumstances,
) -> list[Answer]:
    """Return the answers that hold for this certificate.

    A signature may carry answers for other certificates of its chain, which are passed over; when
    none is left, the reason of the first that was not simply another's is given. Raises Refused.
    """
    answers, refusals = [], []
    for content in responses:
        try:
            answers.append(
                check_response(
                    content,
                    certificate,
                    issuer,
                    certificates=embedded,
                    trust=around.trust,
                    policy=around.policy,
                )
            )
        except Refused as refused:
            refusals.append(refused)
    if answers:
        return answers
    telling = [one for one in refusals if one.finding.code != Code.OCSP_OTHER_CERTIFICATE]
    raise [*telling, *refusals, Refused(Code.NO_REVOCATION)][0]


def check_status(answers: list[Answer], proved_at: dt.datetime, findings: Findings) -> None:
    """The certificate was good; one that was revoked only later had signed before that."""
    revoked = [answer.revoked_at for answer in answers if answer.revoked_at is not None]
    is_good = any(answer.is_good for answer in answers)
    if revoked and (not is_good or min(revoked) <= proved_at):
        findings.refuse(Code.REVOKED, min(revoked).isoformat())
    elif not is_good:
        findings.refuse(Code.STATUS_UNKNOWN)


def check_freshness(
    answers: list[Answer], proved_at: dt.datetime, policy: Policy, findings: Findings
) -> None:
    """Hold the best answer against the timestamp: not before it, and not long after it."""
    second = proved_at.replace(microsecond=0)  # OCSP counts whole seconds
    good = [answer for answer in answers if answer.is_good] or answers
    after = [answer for answer in good if answer.produced_at >= second]
    if not after:
        findings.refuse(Code.OCSP_BEFORE_TIMESTAMP)
        return
    best = min(after, key=lambda answer: answer.produced_at)
    late = best.produced_at - proved_at
    if late > policy.ocsp_too_late:
        findings.refuse(Code.OCSP_TOO_LATE, str(late))
    elif late > policy.ocsp_late:
        findings.warn(Code.OCSP_LATE, str(late))
    is_stale = best.this_update < proved_at - policy.ocsp_stale
    if is_stale or best.this_update > best.produced_at:
        findings.refuse(Code.OCSP_STALE)


def check_not_future(moments: Sequence[dt.datetime], around: Circumstances, to: Findings) -> None:
    if any(moment > around.at + around.policy.clock_skew for moment in moments):
        to.refuse(Code.EVIDENCE_IN_FUTURE)
