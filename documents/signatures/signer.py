"""The signing certificate: the one that was signed along, for signing, trusted when it signed."""

import datetime as dt

from asn1crypto import tsp
from lxml import etree

from documents.signatures.algorithms import digest, digest_of, key_bits
from documents.signatures.certificate import Certificate, load
from documents.signatures.codes import Code
from documents.signatures.names import DS, XADES
from documents.signatures.policy import Policy
from documents.signatures.report import Findings, Refused
from documents.signatures.safe_xml import text_of
from documents.signatures.trust import CA_QC, ServiceStatus, TrustList
from documents.signatures.xades import Xades, decoded, only


def signing_certificate(xades: Xades) -> Certificate:
    """Return the certificate whose digest was signed (EN 319 102-1, 5.2.3). Raises Refused."""
    named = _signed_reference(xades)
    algorithm = _named_digest(named)
    expected = decoded(only(named, f"{DS}DigestValue"))
    found = [load(decoded(one)) for one in xades.key_info.iterdescendants(f"{DS}X509Certificate")]
    if not found:
        raise Refused(Code.CERTIFICATE_MISSING)
    for certificate in found:
        if digest(algorithm, certificate.der) == expected:
            _check_serial(named, certificate)
            return certificate
    raise Refused(Code.CERTIFICATE_MISMATCH)


def _check_serial(named: etree._Element, certificate: Certificate) -> None:
    """Where the serial number is told beside the digest, it is the certificate's."""
    holder = named.getparent()
    plain = holder.find(f"{XADES}IssuerSerial/{DS}X509SerialNumber")
    encoded = holder.find(f"{XADES}IssuerSerialV2")
    try:
        told = int(text_of(plain)) if plain is not None else None
        if encoded is not None:
            told = tsp.IssuerSerial.load(decoded(encoded), strict=True)["serial_number"].native
    except (ValueError, TypeError) as error:
        raise Refused(Code.CERTIFICATE_MISMATCH, "serial number") from error
    if told is not None and told != certificate.serial:
        raise Refused(Code.CERTIFICATE_MISMATCH, "serial number")


def _named_digest(named: etree._Element) -> str:
    """SHA-1 is let through here, and judged by its time: it only tells which certificate is meant."""
    identifier = str(only(named, f"{DS}DigestMethod").get("Algorithm", ""))
    return "sha1" if identifier.endswith("#sha1") else digest_of(identifier)


def check_named_digest(
    xades: Xades, moment: dt.datetime, policy: Policy, findings: Findings
) -> None:
    if _named_digest(_signed_reference(xades)) == "sha1":
        is_old = moment < policy.sha1_evidence_until
        note = findings.warn if is_old else findings.refuse
        note(Code.WEAK_DIGEST_WARNING if is_old else Code.WEAK_DIGEST, "SigningCertificate")


def first_certificate(xades: Xades) -> Certificate | None:
    """Return the certificate that came along, to name the signer of a signature that is refused."""
    try:
        element = next(xades.key_info.iterdescendants(f"{DS}X509Certificate"), None)
        return load(decoded(element)) if element is not None else None
    except Refused:
        return None


def _signed_reference(xades: Xades) -> etree._Element:
    both = [xades.signed_property(name) for name in ("SigningCertificate", "SigningCertificateV2")]
    present = [one for one in both if one is not None]
    if len(present) != 1:
        raise Refused(Code.CERTIFICATE_MISSING, "SigningCertificate")
    first = next(present[0].iterchildren(f"{XADES}Cert"), None)
    if first is None:
        raise Refused(Code.CERTIFICATE_MISSING, "SigningCertificate")
    return only(first, f"{XADES}CertDigest")


def embedded_certificates(xades: Xades) -> list[Certificate]:
    """Return the certificates that came along as evidence; those that cannot be read are left out."""
    found = []
    for holder in xades.unsigned:
        for element in holder.iterdescendants(f"{XADES}EncapsulatedX509Certificate"):
            try:
                found.append(load(decoded(element)))
            except Refused:
                continue
    return found


def check_purpose(certificate: Certificate, findings: Findings) -> None:
    if not certificate.has_key_usage("content_commitment"):
        findings.refuse(Code.NOT_FOR_SIGNING)
    if certificate.has_unknown_critical_extension():
        findings.refuse(Code.CERTIFICATE_BROKEN, "critical extension")


def check_key(
    certificate: Certificate, moment: dt.datetime, policy: Policy, findings: Findings
) -> None:
    """Judge the key's size at the moment that the evidence proves."""
    bits = key_bits(certificate.key)
    if hasattr(certificate.key, "curve"):
        if bits < policy.min_curve_bits:
            findings.refuse(Code.WEAK_KEY, f"{bits}")
    elif bits < policy.min_rsa_bits:
        was_usual = bits >= policy.min_rsa_bits_before and moment < policy.rsa_1024_until
        note = findings.warn if was_usual else findings.refuse
        note(Code.SMALL_KEY_WARNING if was_usual else Code.WEAK_KEY, f"{bits}")


def check_validity(certificate: Certificate, moment: dt.datetime, findings: Findings) -> None:
    if moment < certificate.not_before:
        findings.refuse(Code.CERTIFICATE_NOT_YET_VALID)
    if moment > certificate.not_after:
        findings.refuse(Code.CERTIFICATE_EXPIRED)


def trusted_issuer(
    certificate: Certificate, moment: dt.datetime, trust: TrustList, policy: Policy
) -> tuple[Certificate, ServiceStatus]:
    """Return the listed issuer that was granted then, and its status. Raises Refused."""
    issuers = list(trust.issuers_of(certificate))
    if not issuers:
        raise Refused(Code.ISSUER_UNKNOWN, certificate.issuer.rfc4514_string())
    _check_strength(certificate, policy)
    for service, issuer in issuers:
        status = service.status_at(moment)
        if service.was_granted(moment, CA_QC) and status and _is_for_signatures(status):
            return issuer, status
    of_type = any(service.has_type(CA_QC) for service, _ in issuers)
    raise Refused(Code.SERVICE_NOT_GRANTED if of_type else Code.SERVICE_NOT_QUALIFIED)


def any_issuer(certificate: Certificate, trust: TrustList) -> Certificate | None:
    return next((issuer for _, issuer in trust.issuers_of(certificate)), None)


def _is_for_signatures(status: ServiceStatus) -> bool:
    named = {purpose for purpose in status.purposes if purpose.startswith("For")}
    return not named or bool(named & {"ForeSignatures", "ForeSeals"})


def _check_strength(certificate: Certificate, policy: Policy) -> None:
    method = certificate.signature_method
    if method is None or method.digest not in ("sha1",):
        return
    if certificate.not_before >= policy.sha1_evidence_until:
        raise Refused(Code.WEAK_DIGEST, "certificate")
