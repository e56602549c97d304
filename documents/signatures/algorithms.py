"""Digest and signature algorithms that are let through, and the verifying of a value with a key."""

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from documents.signatures.codes import Code
from documents.signatures.report import Refused

Key = rsa.RSAPublicKey | ec.EllipticCurvePublicKey

_XMLDSIG = "http://www.w3.org/2000/09/xmldsig#"
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_XMLENC = "http://www.w3.org/2001/04/xmlenc#"
_MORE_2007 = "http://www.w3.org/2007/05/xmldsig-more#"

HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),  # noqa: S303  # of old evidence alone; see docs/signature-policy.md
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
    "sha3_256": hashes.SHA3_256(),
    "sha3_384": hashes.SHA3_384(),
    "sha3_512": hashes.SHA3_512(),
}
DIGESTS = {
    f"{_MORE}sha224": "sha224",
    f"{_XMLENC}sha256": "sha256",
    f"{_MORE}sha384": "sha384",
    f"{_XMLENC}sha512": "sha512",
    f"{_MORE_2007}sha3-256": "sha3_256",
    f"{_MORE_2007}sha3-384": "sha3_384",
    f"{_MORE_2007}sha3-512": "sha3_512",
}
WEAK_DIGESTS = {f"{_XMLDSIG}sha1", f"{_MORE}md5", f"{_XMLENC}ripemd160"}
WEAK_SIGNATURES = {
    f"{_XMLDSIG}rsa-sha1",
    f"{_XMLDSIG}dsa-sha1",
    f"{_MORE}ecdsa-sha1",
    f"{_MORE}rsa-md5",
    f"{_MORE}rsa-ripemd160",
    f"{_MORE_2007}sha1-rsa-MGF1",
}


@dataclass(frozen=True)
class SignatureMethod:
    family: str  # rsa, pss or ecdsa
    digest: str


SIGNATURES = {
    f"{_MORE}rsa-{digest}": SignatureMethod("rsa", digest)
    for digest in ("sha224", "sha256", "sha384", "sha512")
}
SIGNATURES |= {
    f"{_MORE}ecdsa-{digest}": SignatureMethod("ecdsa", digest)
    for digest in ("sha224", "sha256", "sha384", "sha512")
}
SIGNATURES |= {
    f"{_MORE_2007}{digest.replace('_', '-')}-rsa-MGF1": SignatureMethod("pss", digest)
    for digest in ("sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512")
}


def digest_of(identifier: str) -> str:
    """Return the name of a digest algorithm. Raises Refused."""
    if identifier in WEAK_DIGESTS:
        raise Refused(Code.WEAK_DIGEST, identifier)
    if identifier not in DIGESTS:
        raise Refused(Code.ALGORITHM_REFUSED, identifier)
    return DIGESTS[identifier]


def signature_method(identifier: str) -> SignatureMethod:
    """Return the signature algorithm. Raises Refused."""
    if "hmac" in identifier.lower():
        raise Refused(Code.HMAC_REFUSED, identifier)
    if identifier in WEAK_SIGNATURES:
        raise Refused(Code.WEAK_DIGEST, identifier)
    if identifier not in SIGNATURES:
        raise Refused(Code.ALGORITHM_REFUSED, identifier)
    return SIGNATURES[identifier]


def digest(name: str, *parts: bytes) -> bytes:
    state = hashes.Hash(HASHES[name])
    for part in parts:
        state.update(part)
    return state.finalize()


def is_signed(key: Key, method: SignatureMethod, signature: bytes, content: bytes) -> bool:
    """Tell whether the value was made over the content by this key; ECDSA values as r and s in DER."""
    chosen = HASHES[method.digest]
    try:
        if method.family == "ecdsa" and isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, content, ec.ECDSA(chosen))
        elif method.family == "rsa" and isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, content, padding.PKCS1v15(), chosen)
        elif method.family == "pss" and isinstance(key, rsa.RSAPublicKey):
            mask = padding.MGF1(chosen)
            key.verify(signature, content, padding.PSS(mask, chosen.digest_size), chosen)
        else:
            return False
    except (InvalidSignature, ValueError):
        return False
    return True


def der_of_pair(value: bytes) -> bytes:
    """Turn XML's r and s, one after the other, into DER."""
    if not value or len(value) % 2:
        return b""
    half = len(value) // 2
    return encode_dss_signature(
        int.from_bytes(value[:half], "big"), int.from_bytes(value[half:], "big")
    )


def key_bits(key: Key) -> int:
    return int(key.key_size)
