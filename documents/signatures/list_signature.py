"""The signature of a trusted list itself, by a key that was known before (TS 119 612, 5.7).

A list of lists is signed by the Commission's keys, kept by us; it names each country's list and the
keys that sign it. A list that is handed over as a file may also be believed as it is
(`read_trust_list`): that is for whoever hands it over to decide.
"""

from collections.abc import Iterable
from copy import deepcopy

from cryptography.hazmat.primitives.asymmetric import ec
from lxml import etree

from documents.signatures.algorithms import (
    der_of_pair,
    digest,
    digest_of,
    is_signed,
    signature_method,
)
from documents.signatures.canonical import METHODS, canonical
from documents.signatures.certificate import Certificate, load
from documents.signatures.names import DS, SIGNED_PROPERTIES_TYPE, XADES
from documents.signatures.report import Refused
from documents.signatures.safe_xml import XML
from documents.signatures.trust_reader import read_list_xml
from documents.signatures.xades import decoded, only

ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"


class ListNotGenuine(Exception):
    """The list's signature is missing, broken, or by a key that nobody named."""


def signer_of_list(content: bytes, signers: Iterable[Certificate]) -> Certificate:
    """Return which of the signers signed the list. Raises ListNotGenuine or ListUnreadable."""
    return _verify(read_list_xml(content), list(signers))


def _verify(root: etree._Element, signers: list[Certificate]) -> Certificate:
    """The signature is the root's own, by a known key, over the whole list but itself."""
    found = list(root.iterdescendants(f"{DS}Signature"))
    if len(found) != 1 or found[0].getparent() is not root:
        raise ListNotGenuine("signature")
    if any(str(name).startswith(XML) for name in [*root.attrib, *found[0].attrib]):
        raise ListNotGenuine("xml: attributes")
    try:
        signed_info = only(found[0], f"{DS}SignedInfo")
        signer = _signer(found[0], signers)
        _check_value(found[0], signed_info, signer)
        _check_references(root, found[0], signed_info)
    except Refused as refused:
        raise ListNotGenuine(refused.finding.code) from refused
    return signer


def _signer(signature: etree._Element, signers: list[Certificate]) -> Certificate:
    for element in only(signature, f"{DS}KeyInfo").iterdescendants(f"{DS}X509Certificate"):
        certificate = load(decoded(element))
        if any(certificate.der == known.der for known in signers):
            return certificate
    raise ListNotGenuine("signed by an unknown key")


def _check_value(
    signature: etree._Element, signed_info: etree._Element, signer: Certificate
) -> None:
    method = signature_method(str(only(signed_info, f"{DS}SignatureMethod").get("Algorithm", "")))
    octets = canonical(signed_info, only(signed_info, f"{DS}CanonicalizationMethod"))
    value = decoded(only(signature, f"{DS}SignatureValue"))
    if isinstance(signer.key, ec.EllipticCurvePublicKey):
        value = der_of_pair(value)
    if not is_signed(signer.key, method, value, octets):
        raise ListNotGenuine("value")


def _check_references(
    root: etree._Element, signature: etree._Element, signed_info: etree._Element
) -> None:
    covers_list = 0
    for reference in signed_info.iterchildren(f"{DS}Reference"):
        if reference.get("Type") == SIGNED_PROPERTIES_TYPE:
            octets = _own_properties(reference, signature)
        elif reference.get("URI") in ("", f"#{root.get('Id')}"):
            octets = _without_signature(reference, root)
            covers_list += 1
        else:
            raise ListNotGenuine("reference")
        _check_digest(reference, octets)
    if covers_list != 1:
        raise ListNotGenuine("the list is not covered")


def _own_properties(reference: etree._Element, signature: etree._Element) -> bytes:
    qualifying = only(only(signature, f"{DS}Object"), f"{XADES}QualifyingProperties")
    properties = only(qualifying, f"{XADES}SignedProperties")
    if reference.get("URI") != f"#{properties.get('Id')}":
        raise ListNotGenuine("signed properties")
    return canonical(properties, _canonicalization(reference))


def _without_signature(reference: etree._Element, root: etree._Element) -> bytes:
    transforms = [one.get("Algorithm") for one in reference.iterdescendants(f"{DS}Transform")]
    if ENVELOPED not in transforms:
        raise ListNotGenuine("transforms")
    copy = deepcopy(root)
    signature = only(copy, f"{DS}Signature")
    previous, tail = signature.getprevious(), signature.tail or ""
    if previous is not None:
        previous.tail = (previous.tail or "") + tail
    else:
        copy.text = (copy.text or "") + tail
    copy.remove(signature)
    return canonical(copy, _canonicalization(reference))


def _canonicalization(reference: etree._Element) -> etree._Element | None:
    transforms = list(reference.iterdescendants(f"{DS}Transform"))
    known = [one for one in transforms if one.get("Algorithm") in METHODS]
    others = [one for one in transforms if one not in known and one.get("Algorithm") != ENVELOPED]
    if others or len(known) > 1:
        raise ListNotGenuine("transforms")
    return known[0] if known else None


def _check_digest(reference: etree._Element, octets: bytes) -> None:
    name = digest_of(str(only(reference, f"{DS}DigestMethod").get("Algorithm", "")))
    if digest(name, octets) != decoded(only(reference, f"{DS}DigestValue")):
        raise ListNotGenuine("digest")
