"""Timestamp tokens (RFC 3161): what they cover, who made them, when (EN 319 102-1, 5.4)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from asn1crypto import cms, tsp
from cryptography.x509 import ExtendedKeyUsage

from documents.signatures.algorithms import HASHES, digest
from documents.signatures.certificate import Certificate
from documents.signatures.cms_signature import (
    embedded_in,
    find_signer,
    is_content_type,
    is_made_by,
    method_of,
    signed_digest,
)
from documents.signatures.codes import Code
from documents.signatures.policy import Policy
from documents.signatures.report import Refused
from documents.signatures.trust import TSA_QTST, TrustList

TIME_STAMPING = "1.3.6.1.5.5.7.3.8"


@dataclass(frozen=True)
class Token:
    made_at: dt.datetime
    certificate: Certificate


def check_token(
    content: bytes,
    covered: bytes,
    *,
    certificates: Iterable[Certificate],
    trust: TrustList,
    policy: Policy,
) -> Token:
    """Judge one token.

    1. It is a signed timestamp, over the digest of what it should cover.
    2. One signer made it, whose certificate it names; the signature holds.
    3. The certificate is for timestamps alone and was valid then.
    4. A listed service, granted then, stands behind it.

    Raises Refused.
    """
    try:
        signed, info = _read(content)
        made_at = _moment(info)
        _check_imprint(info, covered)
        (signer,) = signed["signer_infos"]
        listed = trust.certificates(TSA_QTST)
        certificate = find_signer(signer, [*embedded_in(signed), *certificates, *listed])
        if certificate is None:
            raise Refused(Code.TIMESTAMP_CERTIFICATE, "not found")
        _check_signature(signed, signer, certificate, policy)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise Refused(Code.TIMESTAMP_BROKEN) from error
    _check_certificate(certificate, made_at)
    _check_trust(certificate, made_at, trust)
    return Token(made_at, certificate)


def _read(content: bytes) -> tuple[cms.SignedData, tsp.TSTInfo]:
    outer = cms.ContentInfo.load(content, strict=True)
    if outer["content_type"].native != "signed_data":
        raise Refused(Code.TIMESTAMP_BROKEN)
    signed = outer["content"]
    inner = signed["encap_content_info"]
    if inner["content_type"].native != "tst_info":
        raise Refused(Code.TIMESTAMP_BROKEN)
    return signed, inner["content"].parsed


def _moment(info: tsp.TSTInfo) -> dt.datetime:
    moment: dt.datetime = info["gen_time"].native
    return moment.astimezone(dt.UTC)


def _check_imprint(info: tsp.TSTInfo, covered: bytes) -> None:
    imprint = info["message_imprint"]
    name = imprint["hash_algorithm"]["algorithm"].native
    if name not in HASHES or name == "sha1":
        raise Refused(Code.WEAK_DIGEST, f"timestamp: {name}")
    if digest(name, covered) != imprint["hashed_message"].native:
        raise Refused(Code.TIMESTAMP_MISMATCH)


def _check_signature(
    signed: cms.SignedData, signer: cms.SignerInfo, certificate: Certificate, policy: Policy
) -> None:
    content = signed["encap_content_info"]["content"]
    name, expected = signed_digest(signer)
    if name not in HASHES or not is_content_type(signer, "tst_info"):
        raise Refused(Code.TIMESTAMP_BROKEN, name)
    made_at = _moment(content.parsed)
    if "sha1" in (name, method_of(signer).digest) and made_at >= policy.sha1_evidence_until:
        raise Refused(Code.WEAK_DIGEST, "timestamp")
    if digest(name, bytes(content)) != expected or not is_made_by(signer, certificate):
        raise Refused(Code.TIMESTAMP_BROKEN, "signature")


def _check_certificate(certificate: Certificate, made_at: dt.datetime) -> None:
    if certificate.purposes != {TIME_STAMPING} or not certificate.is_critical(ExtendedKeyUsage):
        raise Refused(Code.TIMESTAMP_CERTIFICATE, "purpose")
    if not certificate.was_valid(made_at):
        raise Refused(Code.TIMESTAMP_CERTIFICATE, "validity")


def _check_trust(certificate: Certificate, made_at: dt.datetime, trust: TrustList) -> None:
    services = [*trust.services_of(certificate)]
    services += [service for service, _ in trust.issuers_of(certificate)]
    if not any(service.was_granted(made_at, TSA_QTST) for service in services):
        raise Refused(Code.TIMESTAMP_UNTRUSTED, certificate.name)
