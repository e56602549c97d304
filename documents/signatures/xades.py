"""The parts of one XAdES signature, each found in its only allowed place (EN 319 132-1, 4.3).

A part is never looked for by its name or Id anywhere in the document: whoever moves a signed part
and puts another in its place finds that the other one is not where it belongs.
"""

import base64
import binascii
import datetime as dt
from dataclasses import dataclass

from lxml import etree

from documents.signatures import safe_xml
from documents.signatures.codes import Code
from documents.signatures.names import ASIC, DS, SIGNED_PROPERTIES_TYPE, XADES, XADES141
from documents.signatures.policy import Policy
from documents.signatures.report import Refused
from documents.signatures.safe_xml import text_of

_UNSIGNED = {
    f"{XADES}{name}"
    for name in (
        "SignatureTimeStamp",
        "CertificateValues",
        "RevocationValues",
        "CompleteCertificateRefs",  # names what stands in the values; nothing is believed for it
        "CompleteRevocationRefs",
    )
} | {
    f"{XADES141}{name}"
    for name in ("ArchiveTimeStamp", "TimeStampValidationData", "CompleteCertificateRefsV2")
}


@dataclass(frozen=True)
class Reference:
    element: etree._Element
    identifier: str
    uri: str
    type: str


@dataclass(frozen=True)
class Xades:
    element: etree._Element
    signed_info: etree._Element
    signature_value: etree._Element
    key_info: etree._Element
    qualifying: etree._Element
    signed_properties: etree._Element
    unsigned: tuple[etree._Element, ...]
    references: tuple[Reference, ...]

    def signed_property(self, name: str) -> etree._Element | None:
        signature = only(self.signed_properties, f"{XADES}SignedSignatureProperties")
        return at_most_one(signature, f"{XADES}{name}")

    def unsigned_named(self, name: str) -> list[etree._Element]:
        return [element for element in self.unsigned if element.tag == name]

    @property
    def value(self) -> bytes:
        return decoded(self.signature_value)

    @property
    def claimed_at(self) -> dt.datetime | None:
        element = self.signed_property("SigningTime")
        try:
            moment = dt.datetime.fromisoformat(text_of(element)) if element is not None else None
        except ValueError as error:
            raise Refused(Code.SIGNATURE_STRUCTURE, "SigningTime") from error
        return moment.replace(tzinfo=moment.tzinfo or dt.UTC) if moment else None


def read_signature_file(content: bytes, policy: Policy) -> Xades:
    """Return the one signature of a signature file. Raises Refused."""
    root = safe_xml.parse(content, policy)
    if root.tag != f"{ASIC}XAdESSignatures":
        raise Refused(Code.SIGNATURE_STRUCTURE, "root")
    children = list(root.iterchildren("*"))
    if not children:
        raise Refused(Code.NO_SIGNATURES)
    if len(children) > 1:
        raise Refused(Code.SEVERAL_SIGNATURES)
    safe_xml.check_plain(root)
    return read_signature(children[0])


def read_signature(element: etree._Element) -> Xades:
    if element.tag != f"{DS}Signature":
        raise Refused(Code.SIGNATURE_STRUCTURE, "Signature")
    if next(element.iterdescendants(f"{DS}Signature"), None) is not None:
        raise Refused(Code.NESTED_SIGNATURE)
    _check_once(element)
    qualifying = only(only(element, f"{DS}Object"), f"{XADES}QualifyingProperties")
    signed_info = only(element, f"{DS}SignedInfo")
    xades = Xades(
        element=element,
        signed_info=signed_info,
        signature_value=only(element, f"{DS}SignatureValue"),
        key_info=only(element, f"{DS}KeyInfo"),
        qualifying=qualifying,
        signed_properties=only(qualifying, f"{XADES}SignedProperties"),
        unsigned=_unsigned(qualifying),
        references=tuple(map(_reference, signed_info.iterchildren(f"{DS}Reference"))),
    )
    _check_target(xades)
    _check_parts(xades)
    return xades


def _check_once(element: etree._Element) -> None:
    """Each part that decides stands once in the whole signature, wherever it might be looked for."""
    for name in (f"{DS}SignedInfo", f"{DS}SignatureValue", f"{XADES}SignedProperties"):
        if sum(1 for _ in element.iterdescendants(name)) != 1:
            raise Refused(Code.SIGNATURE_STRUCTURE, etree.QName(name).localname)
    allowed = {f"{DS}{name}" for name in ("SignedInfo", "SignatureValue", "KeyInfo", "Object")}
    for child in element:
        if child.tag not in allowed:
            raise Refused(Code.SIGNATURE_STRUCTURE, str(child.tag))


def _check_target(xades: Xades) -> None:
    identifier = xades.element.get("Id")
    if not identifier or xades.qualifying.get("Target") != f"#{identifier}":
        raise Refused(Code.WRONG_TARGET)


def _check_parts(xades: Xades) -> None:
    """Nothing stands in the signed parts but what the schemas name, and what must be there is."""
    _check_children(xades.signed_info, f"{DS}CanonicalizationMethod", f"{DS}SignatureMethod")
    for reference in xades.references:
        _check_children(reference.element, f"{DS}DigestMethod", f"{DS}DigestValue")
    _check_children(xades.signed_properties, f"{XADES}SignedSignatureProperties")
    properties = only(xades.signed_properties, f"{XADES}SignedSignatureProperties")
    _check_children(properties, f"{XADES}SigningTime")


_ALLOWED = {
    f"{DS}SignedInfo": {f"{DS}Reference"},
    f"{DS}Reference": {f"{DS}Transforms"},
    f"{XADES}SignedProperties": {f"{XADES}SignedDataObjectProperties"},
    f"{XADES}SignedSignatureProperties": {
        f"{XADES}{name}"
        for name in (
            "SigningCertificate",
            "SigningCertificateV2",
            "SignaturePolicyIdentifier",
            "SignatureProductionPlace",
            "SignatureProductionPlaceV2",
            "SignerRole",
            "SignerRoleV2",
        )
    },
}


def _check_children(parent: etree._Element, *required: str) -> None:
    for name in required:
        only(parent, name)
    allowed = _ALLOWED[str(parent.tag)] | set(required)
    for child in parent.iterchildren("*"):
        if child.tag not in allowed:
            raise Refused(Code.SIGNATURE_STRUCTURE, str(child.tag))


def _unsigned(qualifying: etree._Element) -> tuple[etree._Element, ...]:
    """Return the unsigned properties in their order; one that we cannot judge is refused."""
    for child in qualifying:
        if child.tag not in (f"{XADES}SignedProperties", f"{XADES}UnsignedProperties"):
            raise Refused(Code.SIGNATURE_STRUCTURE, str(child.tag))
    holder = at_most_one(qualifying, f"{XADES}UnsignedProperties")
    if holder is None or not len(holder):
        return ()
    properties = only(holder, f"{XADES}UnsignedSignatureProperties")
    for child in [*properties, *holder]:
        if child is not properties and child.tag not in _UNSIGNED:
            raise Refused(Code.SIGNATURE_STRUCTURE, etree.QName(child).localname)
    return tuple(properties)


def _reference(element: etree._Element) -> Reference:
    uri = element.get("URI")
    if uri is None:
        raise Refused(Code.REFERENCE_UNEXPECTED, "no URI")
    return Reference(element, str(element.get("Id", "")), str(uri), str(element.get("Type", "")))


def is_signed_properties(reference: Reference, xades: Xades) -> bool:
    identifier = xades.signed_properties.get("Id")
    return reference.type == SIGNED_PROPERTIES_TYPE and reference.uri == f"#{identifier}"


def only(parent: etree._Element, name: str) -> etree._Element:
    """Return the one child of this name. Raises Refused."""
    found = list(parent.iterchildren(name))
    if len(found) != 1:
        raise Refused(Code.SIGNATURE_STRUCTURE, etree.QName(name).localname)
    return found[0]


def at_most_one(parent: etree._Element, name: str) -> etree._Element | None:
    found = list(parent.iterchildren(name))
    if len(found) > 1:
        raise Refused(Code.SIGNATURE_STRUCTURE, etree.QName(name).localname)
    return found[0] if found else None


def decoded(element: etree._Element) -> bytes:
    """Return the bytes of an element of base64. Raises Refused."""
    text = "".join(text_of(element).split())
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused(Code.SIGNATURE_STRUCTURE, etree.QName(element).localname) from error
