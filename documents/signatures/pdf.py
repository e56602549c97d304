"""A signed PDF judged (PAdES, EN 319 142-1). Only the worker imports this module, for pyHanko.

The certificate, the timestamp and the OCSP responses are judged as those of a container are.
"""

import datetime as dt
import hashlib
import logging
from dataclasses import dataclass, field

from asn1crypto import cms

from documents.signatures import signer
from documents.signatures.algorithms import HASHES, digest
from documents.signatures.certificate import Certificate
from documents.signatures.cms_signature import (
    attributes_of,
    embedded_in,
    find_signer,
    is_content_type,
    is_made_by,
    method_of,
    signed_digest,
)
from documents.signatures.codes import Code
from documents.signatures.evidence import Circumstances, check_freshness, check_not_future
from documents.signatures.judged import Judged, judge_certificate
from documents.signatures.pdf_file import SignedPart, SignedPdf, check_revisions, open_pdf
from documents.signatures.policy import DEFAULT, Policy
from documents.signatures.report import (
    DataFile,
    Finding,
    Findings,
    Profile,
    Refused,
    Report,
    SignatureReport,
    Verdict,
    refusal,
)
from documents.signatures.timestamp import check_token
from documents.signatures.trust import TrustList

logger = logging.getLogger(__name__)
PDF_TYPE = "application/pdf"


@dataclass
class Check(Judged):
    part: SignedPart = field(kw_only=True)
    pdf: SignedPdf = field(kw_only=True)


def check_pdf(
    content: bytes, *, name: str, trust: TrustList, at: dt.datetime, policy: Policy = DEFAULT
) -> Report:
    """Judge a signed PDF; never raises for what the file holds.

    1. The file is taken apart; byte ranges leave out the signatures' own digits alone.
    2. Each signature is judged over what it covers.
    3. Nothing that is seen came into the file after a signature.
    """
    findings = Findings()
    around = Circumstances(trust, at, policy)
    try:
        pdf = open_pdf(content, policy)
        signatures = tuple(
            _check_part(one, pdf, around) for one in pdf.parts if not one.is_timestamp
        )
        _check_whole(pdf, findings)
    except Refused as refused:
        return refusal(refused.finding, at)
    except Exception as error:
        logger.exception("a PDF could not be judged", extra={"file": name})
        return refusal(Finding(Code.UNREADABLE, type(error).__name__), at)
    if not signatures:
        findings.refuse(Code.PDF_NOT_SIGNED)
    if trust.next_update and trust.next_update < at:
        findings.warn(Code.LIST_OUT_OF_DATE, trust.next_update.isoformat())
    good = not findings.errors and all(one.verdict == Verdict.VALID for one in signatures)
    return Report(
        verdict=Verdict.VALID if good else Verdict.INVALID,
        errors=tuple(findings.errors),
        warnings=tuple(findings.warnings),
        data_files=(DataFile(name, PDF_TYPE, len(content), hashlib.sha256(content).hexdigest()),),
        signatures=signatures,
        checked_at=at,
    )


def _check_whole(pdf: SignedPdf, findings: Findings) -> None:
    try:
        check_revisions(pdf)
    except Refused as refused:
        findings.refuse(refused.finding.code, refused.finding.detail)


def _check_part(part: SignedPart, pdf: SignedPdf, around: Circumstances) -> SignatureReport:
    check = Check(part.name, around, part=part, pdf=pdf)
    try:
        _judge(check)
    except Refused as refused:
        check.findings.refuse(refused.finding.code, refused.finding.detail)
    except (ValueError, TypeError, KeyError, AttributeError) as error:  # CMS is read as it is asked
        check.findings.refuse(Code.SIGNATURE_STRUCTURE, type(error).__name__)
    return check.report()


def _judge(check: Check) -> None:
    """The story of one signature, in the order of EN 319 102-1; see signature.py."""
    signed, info = _read(check.part)
    embedded = [*embedded_in(signed), *check.pdf.certificates]
    certificate = check.certificate = _signing_certificate(info, embedded)
    check.claimed_at = _claimed_at(info)
    _check_content(info, check.part, check.around.policy)
    if not is_made_by(info, certificate):
        raise Refused(Code.SIGNATURE_VALUE_WRONG)
    signer.check_purpose(certificate, check.findings)
    moments = _moments(check, info, embedded)
    responses = check.pdf.responses
    check.profile = _profile(check, bool(moments), bool(responses))
    if not moments:
        raise Refused(Code.NO_TIMESTAMP)
    check.proved_at = min(moments)
    answers = judge_certificate(check, certificate, embedded, responses, check.proved_at)
    check_freshness(answers, check.proved_at, check.around.policy, check.findings)
    moments += [answer.produced_at for answer in answers]
    check_not_future(moments, check.around, check.findings)


def _read(part: SignedPart) -> tuple[cms.SignedData, cms.SignerInfo]:
    try:
        outer = cms.ContentInfo.load(part.cms, strict=True)
        signed = outer["content"]
        (info,) = signed["signer_infos"]
        inner = signed["encap_content_info"]
        is_detached = inner["content_type"].native == "data" and inner["content"].native is None
        if not is_detached or not is_content_type(info, "data"):
            raise Refused(Code.SIGNATURE_STRUCTURE, "CMS")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refused(Code.SIGNATURE_STRUCTURE, "CMS") from error
    return signed, info


def _signing_certificate(info: cms.SignerInfo, embedded: list[Certificate]) -> Certificate:
    try:
        found = find_signer(info, embedded)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refused(Code.CERTIFICATE_MISSING) from error
    if found is None:
        raise Refused(Code.CERTIFICATE_MISMATCH)
    return found


def _check_content(info: cms.SignerInfo, part: SignedPart, policy: Policy) -> None:
    name, expected = signed_digest(info)
    if name not in HASHES or "sha1" in (name, method_of(info).digest):
        raise Refused(Code.WEAK_DIGEST, name)
    if digest(name, part.covered) != expected:
        raise Refused(Code.PDF_CHANGED, part.name)


def _claimed_at(info: cms.SignerInfo) -> dt.datetime | None:
    value = attributes_of(info).get("signing_time")
    moment = value.native if value is not None else None
    return moment if isinstance(moment, dt.datetime) else None


def _moments(check: Check, info: cms.SignerInfo, embedded: list[Certificate]) -> list[dt.datetime]:
    """Return the moments that timestamps over the signature, or over the whole file later, prove."""
    pairs = [(token, info["signature"].native) for token in _tokens(info)]
    pairs += [
        (part.cms, part.covered)
        for part in check.pdf.parts
        if part.is_timestamp and part.end > check.part.end
    ]
    return [
        check_token(
            token,
            covered,
            certificates=embedded,
            trust=check.around.trust,
            policy=check.around.policy,
        ).made_at
        for token, covered in pairs
    ]


def _tokens(info: cms.SignerInfo) -> list[bytes]:
    found = []
    for attribute in info["unsigned_attrs"] or ():
        if attribute["type"].native == "signature_time_stamp_token":
            found += [value.dump() for value in attribute["values"]]
    return found


def _profile(check: Check, has_time: bool, has_answers: bool) -> Profile:
    if not has_time:
        return Profile.B
    if not has_answers:
        return Profile.T
    later = any(one.is_timestamp and one.end > check.part.end for one in check.pdf.parts)
    return Profile.LTA if later else Profile.LT
