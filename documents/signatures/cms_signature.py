"""The signature of a CMS message (RFC 5652), as timestamps and signed PDF carry it."""

from collections.abc import Iterable
from typing import Any

from asn1crypto import algos, cms

from documents.signatures.algorithms import HASHES, SignatureMethod, digest, is_signed
from documents.signatures.certificate import Certificate, load
from documents.signatures.codes import Code
from documents.signatures.report import Refused


def attributes_of(signer: cms.SignerInfo) -> dict[str, Any]:
    """Return the signed attributes; one that stands twice or has two values is a ValueError."""
    attributes: dict[str, Any] = {}
    for one in signer["signed_attrs"]:
        (value,) = one["values"]
        name = one["type"].native
        if name in attributes:
            raise ValueError(name)
        attributes[name] = value
    return attributes


def embedded_in(signed: cms.SignedData) -> list[Certificate]:
    return [
        load(one.chosen.dump()) for one in signed["certificates"] or () if one.name == "certificate"
    ]


def find_signer(signer: cms.SignerInfo, candidates: Iterable[Certificate]) -> Certificate | None:
    """Return the certificate that the signed attributes name by its digest."""
    algorithm, expected = _named_certificate(attributes_of(signer))
    matching = (one for one in candidates if digest(algorithm, one.der) == expected)
    return next(matching, None)


def _named_certificate(attributes: dict[str, Any]) -> tuple[str, bytes]:
    if "signing_certificate_v2" in attributes:
        named = attributes["signing_certificate_v2"]["certs"][0]
        return str(named["hash_algorithm"]["algorithm"].native), named["cert_hash"].native
    named = attributes["signing_certificate"]["certs"][0]
    return "sha1", named["cert_hash"].native  # the digest that RFC 2634 fixed; it only names


def signed_digest(signer: cms.SignerInfo) -> tuple[str, bytes]:
    """Return the digest algorithm and the digest of the content that was signed."""
    name = str(signer["digest_algorithm"]["algorithm"].native)
    return name, attributes_of(signer)["message_digest"].native


def is_content_type(signer: cms.SignerInfo, name: str) -> bool:
    return bool(attributes_of(signer)["content_type"].native == name)


def is_made_by(signer: cms.SignerInfo, certificate: Certificate) -> bool:
    """Tell whether the certificate's key signed the attributes."""
    octets = signer["signed_attrs"].untag().dump()
    return is_signed(certificate.key, method_of(signer), signer["signature"].native, octets)


def method_of(signer: cms.SignerInfo) -> SignatureMethod:
    """Return how the signature was made. Raises Refused for what we do not judge."""
    algorithm: algos.SignedDigestAlgorithm = signer["signature_algorithm"]
    families = {"rsassa_pkcs1v15": "rsa", "rsassa_pss": "pss", "ecdsa": "ecdsa"}
    try:
        family = families[algorithm.signature_algo]
    except (KeyError, ValueError) as error:
        raise Refused(Code.ALGORITHM_REFUSED, str(algorithm["algorithm"].native)) from error
    try:
        name = algorithm.hash_algo
    except ValueError:  # RSA without a digest in its name: the signer's own is meant
        name = signer["digest_algorithm"]["algorithm"].native
    if name not in HASHES:
        raise Refused(Code.WEAK_DIGEST, str(name))
    return SignatureMethod(family, name)
