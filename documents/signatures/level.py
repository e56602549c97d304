"""What a signature is in law, and how much evidence it carries."""

import re

from cryptography import x509

from documents.signatures.certificate import Certificate
from documents.signatures.codes import Code
from documents.signatures.names import XADES, XADES141
from documents.signatures.qualification import qualifiers_for
from documents.signatures.report import Findings, Level, Means, Profile
from documents.signatures.trust import ServiceStatus
from documents.signatures.xades import Xades

_QC_STATEMENTS = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")
# DER of the identifiers inside the QC statements (EN 319 412-5).
_COMPLIANCE = bytes.fromhex("060604008e460101")
_DEVICE = bytes.fromhex("060604008e460104")
_SIGNATURE_TYPE = bytes.fromhex("060704008e46010601")
_SEAL_TYPE = bytes.fromhex("060704008e46010602")
# SK's and the state's policies; those of test certificates have a 3 within.
_SK = r"1\.3\.6\.1\.4\.1\.10015\."
_MEANS = (
    (re.compile(_SK + r"(3\.)?17\."), Means.SMART_ID),
    (re.compile(_SK + r"(3\.)?18\."), Means.MOBILE_ID),
    (re.compile(_SK + r"[13]\.3(\.|$)"), Means.MOBILE_ID),
    (re.compile(_SK + r"[13]\.[124](\.|$)"), Means.ID_CARD),
    (re.compile(r"1\.3\.6\.1\.4\.1\.(51361|51455)\."), Means.ID_CARD),
)


def profile_of(xades: Xades, has_time_mark_policy: bool) -> Profile:
    """Return the profile that the signature claims by what it carries."""
    has_timestamp = bool(xades.unsigned_named(f"{XADES}SignatureTimeStamp"))
    has_revocation = bool(xades.unsigned_named(f"{XADES}RevocationValues"))
    if has_timestamp and has_revocation:
        is_archived = bool(xades.unsigned_named(f"{XADES141}ArchiveTimeStamp"))
        return Profile.LTA if is_archived else Profile.LT
    if has_timestamp:
        return Profile.T
    return Profile.LT_TM if has_revocation and has_time_mark_policy else Profile.B


def level_of(certificate: Certificate, status: ServiceStatus, findings: Findings) -> Level:
    """Read the certificate's statements and the list's qualifiers; the list has the last word."""
    statements = qc_statements(certificate)
    qualifiers = qualifiers_for(certificate, status.qualifications)
    is_qualified = _COMPLIANCE in statements or "QCStatement" in qualifiers
    if "NotQualified" in qualifiers or not is_qualified:
        findings.refuse(Code.NOT_QUALIFIED)
        return Level.ADES
    on_device = _is_on_device(statements, qualifiers)
    if _is_seal(certificate, statements, qualifiers):
        return Level.QSEAL if on_device else Level.ADESEAL_QC
    if not on_device:
        findings.warn(Code.NOT_QUALIFIED_DEVICE)
    return Level.QES if on_device else Level.ADES_QC


def _is_on_device(statements: bytes, qualifiers: frozenset[str]) -> bool:
    if qualifiers & {"QCNoQSCD", "QCNoSSCD"}:
        return False
    listed = qualifiers & {"QCWithQSCD", "QCWithSSCD", "QCQSCDManagedOnBehalf"}
    return bool(listed) or _DEVICE in statements


def _is_seal(certificate: Certificate, statements: bytes, qualifiers: frozenset[str]) -> bool:
    if "QCForESeal" in qualifiers:
        return True
    if "QCForESig" in qualifiers or _SIGNATURE_TYPE in statements:
        return False
    return _SEAL_TYPE in statements or not certificate.is_of_person


def qc_statements(certificate: Certificate) -> bytes:
    for extension in certificate.extensions:
        if extension.oid == _QC_STATEMENTS:
            return bytes(extension.value.public_bytes())
    return b""


def means_of(certificate: Certificate) -> Means:
    if not certificate.is_of_person:
        return Means.SEAL
    for pattern, means in _MEANS:
        if any(pattern.match(policy) for policy in certificate.policies):
            return means
    return Means.OTHER
