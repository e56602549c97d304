"""A container judged: the file itself, then each signature, then the whole."""

import datetime as dt
import logging

from documents.signatures.codes import Code
from documents.signatures.container import Container, open_container
from documents.signatures.evidence import Circumstances
from documents.signatures.policy import DEFAULT, Policy
from documents.signatures.report import (
    Finding,
    Findings,
    Refused,
    Report,
    SignatureReport,
    Verdict,
    refusal,
)
from documents.signatures.signature import check_signature
from documents.signatures.trust import TrustList

logger = logging.getLogger(__name__)


def check_container(
    content: bytes, *, name: str, trust: TrustList, at: dt.datetime, policy: Policy = DEFAULT
) -> Report:
    """Judge an ASiC-E or BDOC container; never raises for what the file holds.

    1. The container is taken apart; where that fails there is nothing more to say.
    2. Each signature is judged over its data files.
    3. The whole is valid when the file is and every signature in it is.
    """
    findings = Findings()
    around = Circumstances(trust, at, policy)
    try:
        container = open_container(content, policy, findings)
        signatures = tuple(
            check_signature(file, xml, container, around)
            for file, xml in sorted(container.signature_files.items())
        )
    except Refused as refused:
        return refusal(refused.finding, at)
    except Exception as error:
        # What nobody thought of is no reason to accept, and none to fail the one who asked.
        logger.exception("a container could not be judged", extra={"file": name})
        return refusal(Finding(Code.UNREADABLE, type(error).__name__), at)
    if trust.next_update and trust.next_update < at:
        findings.warn(Code.LIST_OUT_OF_DATE, trust.next_update.isoformat())
    return _whole(findings, container, signatures, at)


def _whole(
    findings: Findings,
    container: Container,
    signatures: tuple[SignatureReport, ...],
    at: dt.datetime,
) -> Report:
    good = not findings.errors and all(one.verdict == Verdict.VALID for one in signatures)
    return Report(
        verdict=Verdict.VALID if good and signatures else Verdict.INVALID,
        errors=tuple(findings.errors) or _none_signed(signatures),
        warnings=tuple(findings.warnings),
        data_files=tuple(container.data_files.values()),
        signatures=signatures,
        checked_at=at,
    )


def _none_signed(signatures: tuple[SignatureReport, ...]) -> tuple[Finding, ...]:
    return () if signatures else (Finding(Code.NO_SIGNATURES),)
