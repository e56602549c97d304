"""What can be done to the XML of a signature; each refused with its own code."""

import base64
from copy import deepcopy

import pytest
from lxml import etree

from documents.signatures import Code
from tests.documents.signatures import pki
from tests.documents.signatures.judging import codes
from tests.documents.signatures.xades import (
    DS,
    NS,
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


def test_signature_value_flipped():
    def flip(root):
        element = part(root, "ds:SignatureValue")
        value = bytearray(base64.b64decode(element.text))
        value[10] ^= 1
        element.text = base64.b64encode(bytes(value)).decode()

    assert found(after=flip) == {Code.SIGNATURE_VALUE_WRONG}


@pytest.mark.parametrize("value", ["", "AAAA", "!!"])
def test_signature_value_that_is_none(value):
    def change(root):
        part(root, "ds:SignatureValue").text = value

    assert found(after=change) <= {Code.SIGNATURE_VALUE_WRONG, Code.SIGNATURE_STRUCTURE}


def test_signing_time_changed():
    def change(root):
        part(root, "x:SigningTime").text = "2020-01-01T00:00:00Z"

    assert Code.SIGNED_PROPERTIES_CHANGED in found(after=change)


def test_signing_time_that_is_none():
    def change(root):
        part(root, "x:SigningTime").text = "yesterday"

    assert found(before=change) == {Code.SIGNATURE_STRUCTURE}


def test_digest_changed_to_fit_another_file():
    def change(root):
        part(root, "ds:DigestValue").text = base64.b64encode(bytes(32)).decode()

    assert Code.DATA_FILE_CHANGED in found(after=change)


def test_signer_certificate_swapped():
    other = pki.signer(pki.world().issuer, "TAMM,JAAN,38001085718", "PNOEE-38001085718")

    def swap(root):
        part(root, "ds:X509Certificate").text = base64.b64encode(other.der).decode()

    assert found(after=swap) == {Code.CERTIFICATE_MISMATCH}


def test_certificate_taken_away():
    def take(root):
        holder = part(root, "ds:X509Data")
        holder.remove(holder[0])

    assert found(after=take) == {Code.CERTIFICATE_MISSING}


def test_certificate_that_cannot_be_read():
    def change(root):
        part(root, "ds:X509Certificate").text = "AAAA"

    assert found(after=change) == {Code.CERTIFICATE_BROKEN}


def test_signing_certificate_property_taken_away():
    def take(root):
        holder = part(root, "x:SignedSignatureProperties")
        holder.remove(part(root, "x:SigningCertificateV2"))

    assert found(before=take) == {Code.CERTIFICATE_MISSING}


def test_whole_signature_taken_from_another_container():
    foreign = signature_xml(Making(files={"leping.pdf": b"another", "lisa 1.txt": b"text"}))
    entries = entries_of()

    report = codes(zipped([*entries[:-1], (entries[-1][0], foreign)]))

    assert report == {Code.DATA_FILE_CHANGED}


def test_dtd_with_an_external_entity():
    dtd = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'

    assert raw(lambda xml: xml.replace(b"?>", b"?>" + dtd, 1)) == {Code.XML_DTD}


def test_entity_bomb():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

    assert raw(lambda xml: xml.replace(b"?>", b"?>" + bomb, 1)) == {Code.XML_DTD}


def test_dtd_in_another_encoding():
    def encode(xml):
        text = xml.decode().split("?>", 1)[1]
        return ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x>' + text).encode("utf-16")

    assert raw(encode) == {Code.XML_UNSAFE}


def test_an_encoding_that_is_not_utf_8():
    assert raw(lambda xml: xml.replace(b"UTF-8", b"ISO-8859-1", 1)) == {Code.XML_UNSAFE}


@pytest.mark.parametrize("node", [b"<!-- a -->", b"<?php a ?>"])
def test_a_comment_that_could_cut_a_text(node):
    assert raw(lambda xml: xml.replace(b"<ds:DigestValue>", b"<ds:DigestValue>" + node, 1)) == {
        Code.XML_UNSAFE
    }


def test_xml_attributes_that_canonical_forms_inherit():
    def add(xml):
        return xml.replace(b"<ds:Signature ", b'<ds:Signature xml:base="x" ', 1)

    assert raw(add) == {Code.XML_UNSAFE}


def test_xml_that_is_broken():
    assert raw(lambda xml: xml[:-30]) == {Code.XML_BROKEN}


def test_a_root_of_another_standard():
    assert raw(lambda xml: xml.replace(b"02918/v1.2.1", b"2918/v1.2.1")) == {
        Code.SIGNATURE_STRUCTURE
    }


def test_wrapping_signed_properties_moved_into_an_object():
    """The signed part is kept where its Id is found, and a false one put where it belongs."""

    def wrap(root):
        real = part(root, "x:SignedProperties")
        false = deepcopy(real)
        false.set("Id", "false")
        false.find(".//x:SigningTime", NS).text = "2020-01-01T00:00:00Z"
        holder = etree.SubElement(part(root, "ds:Signature"), f"{{{DS}}}Object")
        real.getparent().replace(real, false)
        holder.append(real)

    assert found(after=wrap) == {Code.SIGNATURE_STRUCTURE}


def test_duplicate_id():
    def duplicate(root):
        part(root, "x:SignedProperties").set("Id", "S0")

    assert found(after=duplicate) == {Code.DUPLICATE_ID}


def test_two_signed_info():
    def double(root):
        first = part(root, "ds:SignedInfo")
        first.addnext(deepcopy(first))

    assert found(after=double) <= {Code.SIGNATURE_STRUCTURE, Code.DUPLICATE_ID}


@pytest.mark.parametrize("path", ["ds:SignedInfo", "ds:SignatureValue", "ds:KeyInfo", "ds:Object"])
def test_a_part_missing(path):
    def take(root):
        element = part(root, path)
        element.getparent().remove(element)

    assert found(after=take) == {Code.SIGNATURE_STRUCTURE}


def test_more_elements_than_any_signature_has():
    filler = b"<x:Filler/>" * 20_001

    assert raw(lambda xml: xml.replace(b"<x:SigningTime>", filler + b"<x:SigningTime>")) == {
        Code.TOO_LARGE
    }
