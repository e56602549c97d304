"""What a certificate says: whose it is, what it is for, and who signed it."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PSS, PKCS1v15
from cryptography.x509.oid import NameOID

from documents.signatures.algorithms import Key, SignatureMethod, digest, is_signed
from documents.signatures.codes import Code
from documents.signatures.report import Refused

ExtensionT = TypeVar("ExtensionT", bound=x509.ExtensionType)

PERSONAL_CODE = re.compile(r"(?:PNOEE-)?(\d{11})")
OTHER_PERSON = re.compile(r"(?:PNO|PAS|IDC|TIN)[A-Z]{2}-.+")


@dataclass(frozen=True)
class Certificate:
    der: bytes

    @cached_property
    def parsed(self) -> x509.Certificate:
        try:
            return x509.load_der_x509_certificate(self.der)
        except ValueError as error:
            raise Refused(Code.CERTIFICATE_BROKEN) from error

    @cached_property
    def key(self) -> Key:
        """Return the public key. Raises Refused for kinds that we do not judge."""
        try:
            key = self.parsed.public_key()
        except UnsupportedAlgorithm as error:
            raise Refused(Code.ALGORITHM_REFUSED, "key") from error
        except ValueError:
            key = _faulty_rsa_key(self.der)
        if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
            raise Refused(Code.ALGORITHM_REFUSED, type(key).__name__)
        return key

    @cached_property
    def extensions(self) -> x509.Extensions:
        try:
            return self.parsed.extensions
        except (ValueError, x509.DuplicateExtension) as error:
            raise Refused(Code.CERTIFICATE_BROKEN, "extensions") from error

    @cached_property
    def sha256(self) -> str:
        return digest("sha256", self.der).hex()

    @cached_property
    def subject(self) -> x509.Name:
        return self.parsed.subject

    @cached_property
    def issuer(self) -> x509.Name:
        return self.parsed.issuer

    @property
    def serial(self) -> int:
        return self.parsed.serial_number

    @cached_property
    def not_before(self) -> dt.datetime:
        return self.parsed.not_valid_before_utc

    @cached_property
    def not_after(self) -> dt.datetime:
        return self.parsed.not_valid_after_utc

    def was_valid(self, at: dt.datetime) -> bool:
        return self.not_before <= at <= self.not_after

    @property
    def name(self) -> str:
        return self._attribute(NameOID.COMMON_NAME)

    @property
    def personal_code(self) -> str:
        """Return the code from serialNumber; another country's keeps its prefix."""
        serial = self._attribute(NameOID.SERIAL_NUMBER)
        if found := PERSONAL_CODE.fullmatch(serial):
            is_ours = self._attribute(NameOID.COUNTRY_NAME) in ("EE", "") or "-" in serial
            return found[1] if is_ours else ""
        return serial if OTHER_PERSON.fullmatch(serial) else ""

    @property
    def is_of_person(self) -> bool:
        names = (NameOID.SURNAME, NameOID.GIVEN_NAME, NameOID.PSEUDONYM)
        return bool(self.personal_code) or any(map(self._attribute, names))

    def _attribute(self, oid: x509.ObjectIdentifier) -> str:
        found = self.parsed.subject.get_attributes_for_oid(oid)
        return str(found[0].value) if found else ""

    def extension(self, kind: type[ExtensionT]) -> ExtensionT | None:
        try:
            return self.extensions.get_extension_for_class(kind).value
        except x509.ExtensionNotFound:
            return None

    def is_critical(self, kind: type[x509.ExtensionType]) -> bool:
        return any(isinstance(one.value, kind) and one.critical for one in self.extensions)

    @cached_property
    def policies(self) -> frozenset[str]:
        found = self.extension(x509.CertificatePolicies)
        return frozenset(one.policy_identifier.dotted_string for one in found or ())

    @cached_property
    def purposes(self) -> frozenset[str]:
        found = self.extension(x509.ExtendedKeyUsage)
        return frozenset(one.dotted_string for one in found or ())

    def has_key_usage(self, name: str) -> bool:
        usage = self.extension(x509.KeyUsage)
        return bool(usage and getattr(usage, name))

    def has_unknown_critical_extension(self) -> bool:
        return any(
            one.critical and isinstance(one.value, x509.UnrecognizedExtension)
            for one in self.extensions
        )

    def is_issued_by(self, issuer: "Certificate") -> bool:
        """Tell whether the issuer's key made the signature. Whether it may, its list entry says."""
        return self.issuer == issuer.subject and self.is_signed_by(issuer.key)

    def is_signed_by(self, key: Key) -> bool:
        method = self.signature_method
        return method is not None and is_signed(
            key, method, self.parsed.signature, self.parsed.tbs_certificate_bytes
        )

    @cached_property
    def signature_method(self) -> SignatureMethod | None:
        """Cards from before 2016 are signed with SHA-1, which cryptography's own check refuses."""
        chosen = self.parsed.signature_hash_algorithm
        if chosen is None:
            return None
        parameters = self.parsed.signature_algorithm_parameters
        families = ((ec.ECDSA, "ecdsa"), (PSS, "pss"), (PKCS1v15, "rsa"))
        family = next((name for kind, name in families if isinstance(parameters, kind)), "")
        return SignatureMethod(family, chosen.name.replace("-", "_")) if family else None


@lru_cache(maxsize=256)
def load(der: bytes) -> Certificate:
    """Return the certificate. Raises Refused when it cannot be read at all."""
    certificate = Certificate(der)
    try:  # what is read only when it is asked for shall not fail in the middle of a check
        _ = (certificate.subject, certificate.issuer, certificate.serial)
        _ = (certificate.not_before, certificate.not_after, certificate.signature_method)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise Refused(Code.CERTIFICATE_BROKEN) from error
    return certificate


def _faulty_rsa_key(der: bytes) -> rsa.RSAPublicKey:
    """Read a key whose modulus was written without its leading zero, as a run of cards has it.

    Read as DER says, the number is negative; the card and every program that checked it meant the
    positive one.
    """
    try:
        info = asn1_x509.Certificate.load(der)["tbs_certificate"]["subject_public_key_info"]
        numbers = info["public_key"].parsed
        modulus = int.from_bytes(numbers["modulus"].contents, "big")
        return rsa.RSAPublicNumbers(numbers["public_exponent"].native, modulus).public_key()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(Code.CERTIFICATE_BROKEN, "key") from error
