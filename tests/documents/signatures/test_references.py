"""References, algorithms and signed parts that are not as they should be; each with its own code."""

import base64
from copy import deepcopy

import pytest
from lxml import etree

from documents.signatures import Code
from tests.documents.signatures import pki
from tests.documents.signatures.judging import codes
from tests.documents.signatures.xades import (
    DS,
    EXCLUSIVE,
    FILES,
    NS,
    XADES,
    Making,
    container,
    entries_of,
    signature_xml,
    zipped,
)


def found(**options):
    return codes(container(**options))


def part(root, path):
    return root.find(f".//{path}", NS)


def raw(edit):
    """Return the codes of a container whose signature file was edited as bytes."""
    entries = entries_of()
    name, xml = entries[-1]
    return codes(zipped([*entries[:-1], (name, edit(xml))]))


def test_signed_properties_that_belong_to_another_signature():
    def change(root):
        part(root, "x:QualifyingProperties").set("Target", "#S9")

    assert found(after=change) == {Code.WRONG_TARGET}


def test_signed_properties_not_referenced():
    def take(root):
        element = root.find(".//ds:Reference[@Type]", NS)
        element.getparent().remove(element)

    assert found(before=take) == {Code.SIGNED_PROPERTIES_NOT_SIGNED}


def test_signed_properties_referenced_without_type():
    def change(root):
        del root.find(".//ds:Reference[@Type]", NS).attrib["Type"]

    assert Code.SIGNED_PROPERTIES_NOT_SIGNED in found(before=change)


@pytest.mark.parametrize(
    "algorithm",
    [
        "http://www.w3.org/TR/1999/REC-xslt-19991116",
        "http://www.w3.org/TR/1999/REC-xpath-19991116",
        "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
        "http://www.w3.org/2000/09/xmldsig#base64",
    ],
)
def test_a_transform_other_than_a_canonical_form(algorithm):
    def change(root):
        part(root, "ds:Transform").set("Algorithm", algorithm)

    assert Code.TRANSFORM_REFUSED in found(before=change)


def test_a_transform_of_a_data_file():
    def change(root):
        digest = root.find(".//ds:Reference/ds:DigestMethod", NS)
        transforms = etree.fromstring(
            f'<ds:Transforms xmlns:ds="{DS}"><ds:Transform Algorithm="{EXCLUSIVE}"/></ds:Transforms>'
        )
        digest.addprevious(transforms)

    assert found(before=change) == {Code.TRANSFORM_REFUSED}


@pytest.mark.parametrize("uri", ["", "#S0", "http://example.ee/x"])
def test_a_reference_to_something_else(uri):
    def change(root):
        root.find(".//ds:Reference", NS).set("URI", uri)

    assert {Code.DATA_FILE_NOT_SIGNED} < found(before=change)


def test_a_reference_without_uri():
    def change(root):
        del root.find(".//ds:Reference", NS).attrib["URI"]

    assert found(before=change) == {Code.REFERENCE_UNEXPECTED}


def test_one_data_file_referenced_twice():
    def double(root):
        first = root.find(".//ds:Reference", NS)
        again = deepcopy(first)
        again.set("Id", "again")
        first.addnext(again)

    assert Code.DATA_FILE_SIGNED_TWICE in found(before=double)


def test_hmac_with_the_public_key():
    method = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"

    assert found(signature_method=method) == {Code.HMAC_REFUSED}


@pytest.mark.parametrize(
    ("method", "code"),
    [
        ("http://www.w3.org/2000/09/xmldsig#rsa-sha1", Code.WEAK_DIGEST),
        ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1", Code.WEAK_DIGEST),
        ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", Code.SIGNATURE_VALUE_WRONG),
        ("http://www.w3.org/2009/xmldsig11#dsa-sha256", Code.ALGORITHM_REFUSED),
    ],
)
def test_a_signature_method_that_is_weak_or_not_the_keys(method, code):
    assert found(signature_method=method) == {code}


def test_a_canonical_form_that_we_do_not_know():
    def change(root):
        part(root, "ds:CanonicalizationMethod").set("Algorithm", "urn:x")

    assert found(before=change) == {Code.CANONICALIZATION_REFUSED}


def test_nested_signature():
    def nest(root):
        inner = deepcopy(part(root, "ds:Signature"))
        for element in inner.iter():
            if element.get("Id"):
                element.set("Id", f"inner-{element.get('Id')}")
        part(root, "x:UnsignedSignatureProperties").append(inner)

    assert found(after=nest) == {Code.NESTED_SIGNATURE}


def test_several_signatures_in_one_file():
    def double(root):
        again = deepcopy(root[0])
        for element in again.iter():
            if element.get("Id"):
                element.set("Id", f"again-{element.get('Id')}")
        root.append(again)

    assert found(after=double) == {Code.SEVERAL_SIGNATURES}


def test_an_unsigned_property_that_we_cannot_judge():
    def add(root):
        etree.SubElement(part(root, "x:UnsignedSignatureProperties"), f"{{{XADES}}}Unheard")

    assert found(after=add) == {Code.SIGNATURE_STRUCTURE}


def test_media_type_not_signed():
    def take(root):
        holder = part(root, "x:SignedDataObjectProperties")
        holder.getparent().remove(holder)

    assert found(before=take) == {Code.MEDIA_TYPE_DIFFERS}


def test_media_type_signed_twice_for_one_file():
    def double(root):
        first = part(root, "x:DataObjectFormat")
        first.addnext(deepcopy(first))

    assert found(before=double) == {Code.MEDIA_TYPE_DIFFERS}


@pytest.mark.parametrize("files", [{}, {"leping.pdf": FILES["leping.pdf"]}])
def test_a_signature_over_fewer_files(files):
    partial = signature_xml(Making(files=files))
    entries = entries_of()

    assert Code.DATA_FILE_NOT_SIGNED in codes(zipped([*entries[:-1], (entries[-1][0], partial)]))


@pytest.mark.parametrize("path", ["ds:SignedInfo", "ds:Reference", "x:SignedSignatureProperties"])
def test_something_in_the_signed_parts_that_the_standard_does_not_name(path):
    def add(root):
        etree.SubElement(part(root, path), f"{{{XADES}}}Unheard")

    assert found(before=add) == {Code.SIGNATURE_STRUCTURE}


def test_no_signing_time():
    def take(root):
        element = part(root, "x:SigningTime")
        element.getparent().remove(element)

    assert found(before=take) == {Code.SIGNATURE_STRUCTURE}


@pytest.mark.parametrize(("number", "codes_of"), [(0, {Code.CERTIFICATE_MISMATCH}), (1, set())])
def test_serial_number_of_the_certificate_where_it_is_told(number, codes_of):
    serial = pki.world().signer.certificate.serial_number * number

    def add(root):
        holder = part(root, "x:Cert")
        issuer = etree.SubElement(holder, f"{{{XADES}}}IssuerSerial")
        etree.SubElement(issuer, f"{{{DS}}}X509IssuerName").text = "CN=Test Issuer"
        etree.SubElement(issuer, f"{{{DS}}}X509SerialNumber").text = str(serial)

    assert found(before=add) == codes_of


@pytest.mark.parametrize("uri", ["/leping.pdf", "./leping.pdf", "LEPING.pdf"])
def test_a_name_is_exactly_the_entrys(uri):
    def change(root):
        root.find(".//ds:Reference", NS).set("URI", uri)

    assert found(before=change) == {Code.DATA_FILE_MISSING, Code.DATA_FILE_NOT_SIGNED}


def test_ecdsa_values_without_leading_zeros_are_read():
    def shorten(root):
        element = part(root, "ds:SignatureValue")
        value = base64.b64decode(element.text)
        longer = bytes(2) + value[:32] + bytes(2) + value[32:]
        element.text = base64.b64encode(longer).decode()

    # The numbers are the same however many zeros stand before them; only the timestamp tells.
    assert found(after=shorten) == {Code.TIMESTAMP_MISMATCH}
