"""One signature of a container, judged step by step as EN 319 102-1 orders it."""

import datetime as dt
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec
from lxml import etree

from documents.signatures import signer
from documents.signatures.algorithms import der_of_pair, is_signed, signature_method
from documents.signatures.archive import archive_timestamps, covered_by_archive, token_in
from documents.signatures.canonical import canonical
from documents.signatures.certificate import Certificate
from documents.signatures.codes import Code
from documents.signatures.container import Container
from documents.signatures.evidence import (
    Circumstances,
    check_answers,
    check_freshness,
    check_not_future,
)
from documents.signatures.judged import Judged, judge_certificate
from documents.signatures.level import profile_of
from documents.signatures.names import DS, XADES
from documents.signatures.references import check_references
from documents.signatures.report import Profile, Refused, SignatureReport
from documents.signatures.time_mark import check_policy, check_time_mark, is_marked
from documents.signatures.timestamp import Token, check_token
from documents.signatures.xades import Xades, at_most_one, decoded, only, read_signature_file


@dataclass
class Check(Judged):
    container: Container = field(kw_only=True)


def check_signature(
    name: str, content: bytes, container: Container, around: Circumstances
) -> SignatureReport:
    """Judge the signature of one signature file; never raises for what the file holds."""
    check = Check(name, around, container=container)
    try:
        _judge(check, read_signature_file(content, around.policy))
    except Refused as refused:
        check.findings.refuse(refused.finding.code, refused.finding.detail)
    return check.report()


def _judge(check: Check, xades: Xades) -> None:
    """The story of one signature.

    1. Its references cover exactly the data files and its own signed properties.
    2. The certificate that was signed along made the signature's value, and is for signing.
    3. A timestamp or a time-mark proves when it existed.
    4. The issuer was a granted qualified service then, and the certificate valid.
    5. An OCSP response from about then says that it was not revoked.
    6. Archive timestamps, where present, hold.
    """
    check.certificate = signer.first_certificate(xades)
    check.claimed_at = xades.claimed_at
    check_references(xades, check.container, check.findings)
    certificate = check.certificate = signer.signing_certificate(xades)
    _check_value(xades, certificate)
    signer.check_purpose(certificate, check.findings)
    has_mark = check_policy(xades, check.findings)
    check.profile = profile_of(xades, has_mark)
    embedded = signer.embedded_certificates(xades)
    if check.profile in (Profile.B, Profile.T):
        _judge_without_evidence(check, xades, embedded)
    elif check.profile == Profile.LT_TM:
        _judge_time_mark(check, xades, certificate, embedded)
    else:
        _judge_timestamped(check, xades, certificate, embedded, has_mark)


def _check_value(xades: Xades, certificate: Certificate) -> None:
    chosen = only(xades.signed_info, f"{DS}SignatureMethod").get("Algorithm")
    method = signature_method(str(chosen))
    canonicalization = only(xades.signed_info, f"{DS}CanonicalizationMethod")
    octets = canonical(xades.signed_info, canonicalization)
    is_curve = isinstance(certificate.key, ec.EllipticCurvePublicKey)
    value = der_of_pair(xades.value) if is_curve else xades.value
    if not is_signed(certificate.key, method, value, octets):
        raise Refused(Code.SIGNATURE_VALUE_WRONG)


def _judge_without_evidence(check: Check, xades: Xades, embedded: list[Certificate]) -> None:
    """Level B or T: refused, whatever else is right, since nothing proves what was true then."""
    if check.profile == Profile.T:
        check.proved_at = _signature_timestamp(check, xades, embedded).made_at
        check.findings.refuse(Code.NO_REVOCATION)
    else:
        check.findings.refuse(Code.NO_TIMESTAMP)
        if not xades.unsigned_named(f"{XADES}RevocationValues"):
            check.findings.refuse(Code.NO_REVOCATION)
    if check.certificate and not list(check.around.trust.issuers_of(check.certificate)):
        check.findings.refuse(Code.ISSUER_UNKNOWN)


def _judge_timestamped(
    check: Check,
    xades: Xades,
    certificate: Certificate,
    embedded: list[Certificate],
    has_mark: bool,
) -> None:
    token = _signature_timestamp(check, xades, embedded)
    check.proved_at = token.made_at
    signer.check_named_digest(xades, token.made_at, check.around.policy, check.findings)
    answers = judge_certificate(check, certificate, embedded, _responses(xades), token.made_at)
    check_freshness(answers, token.made_at, check.around.policy, check.findings)
    if has_mark:  # who signs the policy of time-marks says that there is one
        marks = [one for one in answers if is_marked(one.nonce, xades.value)]
        check_time_mark((marks or answers)[0], xades.value, check.findings)
    moments = [token.made_at, *(answer.produced_at for answer in answers)]
    for made_at in _archive_moments(check, xades, embedded):
        if made_at < token.made_at:
            check.findings.refuse(Code.ARCHIVE_TIMESTAMP_WRONG, "order")
        moments.append(made_at)
    check_not_future(moments, check.around, check.findings)
    _compare_claimed(check, token.made_at)


def _judge_time_mark(
    check: Check, xades: Xades, certificate: Certificate, embedded: list[Certificate]
) -> None:
    issuer = signer.any_issuer(certificate, check.around.trust)
    if issuer is None:
        raise Refused(Code.ISSUER_UNKNOWN, certificate.issuer.rfc4514_string())
    answers = check_answers(_responses(xades), certificate, issuer, embedded, check.around)
    marks = [one for one in answers if is_marked(one.nonce, xades.value)]
    answer = min(marks or answers, key=lambda one: one.produced_at)
    check_time_mark(answer, xades.value, check.findings)
    check.proved_at = answer.produced_at
    signer.check_named_digest(xades, answer.produced_at, check.around.policy, check.findings)
    judge_certificate(check, certificate, embedded, _responses(xades), answer.produced_at)
    check_not_future([answer.produced_at], check.around, check.findings)
    _compare_claimed(check, answer.produced_at)


def _signature_timestamp(check: Check, xades: Xades, embedded: list[Certificate]) -> Token:
    """Return the earliest timestamp over the signature's value; each that is there has to hold."""
    tokens = []
    for element in xades.unsigned_named(f"{XADES}SignatureTimeStamp"):
        method = at_most_one(element, f"{DS}CanonicalizationMethod")
        covered = canonical(xades.signature_value, method)
        tokens.append(_token(check, element, covered, embedded))
    return min(tokens, key=lambda token: token.made_at)


def _token(
    check: Check, element: etree._Element, covered: bytes, embedded: list[Certificate]
) -> Token:
    return check_token(
        token_in(element),
        covered,
        certificates=embedded,
        trust=check.around.trust,
        policy=check.around.policy,
    )


def _archive_moments(check: Check, xades: Xades, embedded: list[Certificate]) -> list[dt.datetime]:
    moments = []
    for element in archive_timestamps(xades):
        try:
            covered = covered_by_archive(element, xades, check.container)
            token = _token(check, element, covered, embedded)
        except Refused as refused:
            check.findings.refuse(Code.ARCHIVE_TIMESTAMP_WRONG, refused.finding.code)
        else:
            moments.append(token.made_at)
    return moments


def _responses(xades: Xades) -> list[bytes]:
    """Return the OCSP responses; lists of revoked certificates are no evidence here."""
    holders = xades.unsigned_named(f"{XADES}RevocationValues")
    if len(holders) != 1:
        raise Refused(Code.NO_REVOCATION)
    found = holders[0].iterfind(f"{XADES}OCSPValues/{XADES}EncapsulatedOCSPValue")
    return [decoded(element) for element in found]


def _compare_claimed(check: Check, proved_at: dt.datetime) -> None:
    claimed = check.claimed_at
    if claimed and abs(claimed - proved_at) > check.around.policy.claimed_time_differs:
        check.findings.warn(Code.CLAIMED_TIME_DIFFERS, claimed.isoformat())
