"""OCSP responses kept in the signature: for this certificate, by one who may say so, at the right time."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import SignatureAlgorithmOID

from documents.signatures.algorithms import HASHES, SignatureMethod, digest, is_signed
from documents.signatures.certificate import Certificate, load
from documents.signatures.codes import Code
from documents.signatures.policy import Policy
from documents.signatures.report import Refused
from documents.signatures.trust import OCSP_TYPES, TrustList

OCSP_SIGNING = "1.3.6.1.5.5.7.3.9"
_ECDSA = {
    SignatureAlgorithmOID.ECDSA_WITH_SHA1,
    SignatureAlgorithmOID.ECDSA_WITH_SHA224,
    SignatureAlgorithmOID.ECDSA_WITH_SHA256,
    SignatureAlgorithmOID.ECDSA_WITH_SHA384,
    SignatureAlgorithmOID.ECDSA_WITH_SHA512,
}
_NONCE = x509.ObjectIdentifier("1.3.6.1.5.5.7.48.1.2")


@dataclass(frozen=True)
class Answer:
    """One judged response."""

    produced_at: dt.datetime
    this_update: dt.datetime
    revoked_at: dt.datetime | None
    is_good: bool
    nonce: bytes
    responder: Certificate
    is_listed: bool  # the responder stands in the list itself
    is_embedded: bool  # its certificate came with the signature


def check_response(
    content: bytes,
    certificate: Certificate,
    issuer: Certificate,
    *,
    certificates: Iterable[Certificate],
    trust: TrustList,
    policy: Policy,
) -> Answer:
    """Judge one OCSP response (RFC 6960, 3.2).

    1. It is a successful response that says something of this certificate of this issuer.
    2. The responder that it names made its signature.
    3. The responder is the issuer, or was authorised by it, or is a listed service granted then.

    Raises Refused.
    """
    try:
        response = ocsp.load_der_ocsp_response(content)
        if response.response_status != ocsp.OCSPResponseStatus.SUCCESSFUL:
            raise Refused(Code.OCSP_BROKEN, response.response_status.name)
        single = _single(response, certificate, issuer)
        embedded = [load(one.public_bytes(Encoding.DER)) for one in response.certificates]
        embedded += certificates
        listed = trust.certificates(*OCSP_TYPES)
        responder = _responder(response, [*embedded, *listed, issuer], policy)
        is_listed = _check_authority(responder, issuer, response.produced_at_utc, trust)
        return Answer(
            produced_at=response.produced_at_utc,
            this_update=single.this_update_utc,
            revoked_at=single.revocation_time_utc,
            is_good=single.certificate_status == ocsp.OCSPCertStatus.GOOD,
            nonce=nonce_of(response),
            responder=responder,
            is_listed=is_listed,
            is_embedded=responder in embedded,
        )
    except (ValueError, TypeError, x509.DuplicateExtension, UnsupportedAlgorithm) as error:
        raise Refused(Code.OCSP_BROKEN) from error


def _single(
    response: ocsp.OCSPResponse, certificate: Certificate, issuer: Certificate
) -> ocsp.OCSPSingleResponse:
    for single in response.responses:
        if single.serial_number != certificate.serial:
            continue
        name = single.hash_algorithm.name.replace("-", "_")
        hashed_name = digest(name, certificate.issuer.public_bytes())
        hashed_key = digest(name, key_bits_of(issuer))
        if single.issuer_name_hash == hashed_name and single.issuer_key_hash == hashed_key:
            return single
    raise Refused(Code.OCSP_OTHER_CERTIFICATE)


def key_bits_of(certificate: Certificate) -> bytes:
    """Return the subject's key as it stands in the certificate, which key hashes are made over."""
    parsed = asn1_x509.Certificate.load(certificate.der)
    info = parsed["tbs_certificate"]["subject_public_key_info"]
    return bytes(info["public_key"].contents[1:])


def _responder(
    response: ocsp.OCSPResponse, candidates: Iterable[Certificate], policy: Policy
) -> Certificate:
    """Return the one that the response names and whose key made its signature."""
    method = _method(response, policy)
    named = [one for one in candidates if _is_named(one, response)]
    if not named:
        raise Refused(Code.OCSP_UNTRUSTED, "responder not found")
    for certificate in named:
        if is_signed(certificate.key, method, response.signature, response.tbs_response_bytes):
            return certificate
    raise Refused(Code.OCSP_SIGNATURE_WRONG)


def _is_named(certificate: Certificate, response: ocsp.OCSPResponse) -> bool:
    if response.responder_name is not None:
        return certificate.subject == response.responder_name
    hashed = hashlib.sha1(key_bits_of(certificate), usedforsecurity=False)  # RFC 6960, 4.2.1
    return hashed.digest() == response.responder_key_hash


def _method(response: ocsp.OCSPResponse, policy: Policy) -> SignatureMethod:
    chosen = response.signature_hash_algorithm
    name = chosen.name.replace("-", "_") if chosen else ""
    if name not in HASHES:
        raise Refused(Code.ALGORITHM_REFUSED, f"OCSP: {name}")
    if name == "sha1" and response.produced_at_utc >= policy.sha1_evidence_until:
        raise Refused(Code.WEAK_DIGEST, "OCSP")
    oid = response.signature_algorithm_oid
    if oid == SignatureAlgorithmOID.RSASSA_PSS:
        return SignatureMethod("pss", name)
    return SignatureMethod("ecdsa" if oid in _ECDSA else "rsa", name)


def _check_authority(
    responder: Certificate, issuer: Certificate, moment: dt.datetime, trust: TrustList
) -> bool:
    """Return whether the responder is listed. Raises Refused when nobody gave it the right."""
    is_listed = any(one.was_granted(moment, *OCSP_TYPES) for one in trust.services_of(responder))
    is_delegated = OCSP_SIGNING in responder.purposes and responder.is_issued_by(issuer)
    if not (is_listed or is_delegated or responder.der == issuer.der):
        raise Refused(Code.OCSP_UNTRUSTED, responder.name)
    if not responder.was_valid(moment):
        raise Refused(Code.OCSP_RESPONDER_EXPIRED, responder.name)
    return is_listed


def nonce_of(response: ocsp.OCSPResponse) -> bytes:
    """Return the nonce as it stands; SK's is not wrapped in an OCTET STRING."""
    for extension in response.extensions:
        if extension.oid == _NONCE:
            value: bytes = extension.value.nonce
            return value
    return b""
