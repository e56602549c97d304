"""Timestamps that are another's, untrusted, broken or from the future."""

import base64

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID
from lxml import etree

from documents.signatures import Code
from tests.documents.signatures import lists, pki
from tests.documents.signatures.judging import codes
from tests.documents.signatures.xades import (
    NS,
    XADES,
    container,
    timestamp_element,
)

NOW, MINUTE, DAY = pki.NOW, pki.MINUTE, pki.DAY


def found(trust=None, at=NOW + 60 * MINUTE, **options):
    return codes(container(**options), trust=trust, at=at)


def test_timestamp_removed():
    assert found(timestamps=0) == {Code.NO_TIMESTAMP}


def test_timestamp_of_another_signature():
    token = pki.timestamp(b"another value", by=pki.world().authority, at=NOW)

    def swap(root):
        element = root.find(".//x:EncapsulatedTimeStamp", NS)
        element.text = base64.b64encode(token).decode()

    assert found(after=swap) == {Code.TIMESTAMP_MISMATCH}


def test_timestamp_by_an_authority_that_is_not_listed():
    foreign = pki.authority(pki.issuer("Foreign Root"), "Foreign Timestamps")

    assert found(authority=foreign) == {Code.TIMESTAMP_UNTRUSTED}


def test_timestamp_by_an_authority_not_granted_then():
    world = pki.world()
    late = lists.service(world.authority, "TSA/QTST", since=NOW + DAY)

    assert found(lists.trust(*lists.usual()[:2], late)) == {Code.TIMESTAMP_UNTRUSTED}


def test_timestamp_by_a_unit_of_a_listed_issuer():
    root = pki.issuer("Timestamp Issuer")
    unit = pki.authority(root, "Unit 1")
    trust = lists.trust(*lists.usual()[:2], lists.service(root, "TSA/QTST"))

    assert found(trust, authority=unit) == set()


@pytest.mark.parametrize(
    "options",
    [
        {"purposes": (ExtendedKeyUsageOID.CODE_SIGNING,)},
        {"purposes": (ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING)},
        {"ends": NOW - DAY},
        {"begins": NOW + DAY},
    ],
)
def test_timestamp_certificate_of_another_purpose_or_time(options):
    root = pki.issuer("Timestamp Issuer")
    trust = lists.trust(*lists.usual()[:2], lists.service(root, "TSA/QTST"))

    assert found(trust, authority=pki.authority(root, **options)) == {Code.TIMESTAMP_CERTIFICATE}


def test_timestamp_whose_signature_is_flipped():
    def flip(root):
        element = root.find(".//x:EncapsulatedTimeStamp", NS)
        value = bytearray(base64.b64decode(element.text))
        value[-3] ^= 1
        element.text = base64.b64encode(bytes(value)).decode()

    assert found(after=flip) == {Code.TIMESTAMP_BROKEN}


def test_timestamp_whose_attributes_name_another_certificate():
    other = pki.authority(pki.issuer("Other Root"), "Other")

    def swap(root):
        holder = root.find(".//x:SignatureTimeStamp", NS)
        value = etree.tostring(root.find(".//ds:SignatureValue", NS), method="c14n", exclusive=True)
        token = pki.timestamp(value, by=pki.world().authority, at=NOW, names=other.der)
        holder.getparent().replace(holder, timestamp_element("x:SignatureTimeStamp", token))

    assert found(after=swap) == {Code.TIMESTAMP_CERTIFICATE}


@pytest.mark.parametrize("content", [b"", b"\x30\x00", b"\x30\x80\x01", b"junk" * 50])
def test_timestamp_that_is_none(content):
    def swap(root):
        element = root.find(".//x:EncapsulatedTimeStamp", NS)
        element.text = base64.b64encode(content).decode()

    assert found(after=swap) == {Code.TIMESTAMP_BROKEN}


def test_two_tokens_in_one_timestamp():
    def double(root):
        holder = root.find(".//x:SignatureTimeStamp", NS)
        again = etree.SubElement(holder, f"{{{XADES}}}EncapsulatedTimeStamp")
        again.text = root.find(".//x:EncapsulatedTimeStamp", NS).text

    assert found(after=double) == {Code.SEVERAL_TIMESTAMPS}


def test_of_several_timestamps_the_earliest_counts_and_each_has_to_hold():
    assert found(timestamps=2) == set()

    def spoil(root):
        second = root.findall(".//x:EncapsulatedTimeStamp", NS)[1]
        second.text = base64.b64encode(b"junk").decode()

    assert found(timestamps=2, after=spoil) == {Code.TIMESTAMP_BROKEN}


def test_timestamp_over_a_sha_1_digest():
    assert found(imprint_digest="sha1") == {Code.WEAK_DIGEST}


def test_evidence_from_the_future():
    assert found(at=NOW - DAY) == {Code.EVIDENCE_IN_FUTURE}
    assert found(time_mark=True, at=NOW - DAY) == {Code.EVIDENCE_IN_FUTURE}


def test_a_clock_that_is_a_little_ahead_is_no_future():
    assert found(at=NOW - 2 * MINUTE) == set()


def test_archive_timestamp_over_something_else():
    def change(root):
        tokens = root.findall(".//x:EncapsulatedTimeStamp", NS)
        tokens[1].text = tokens[0].text

    assert found(archive=True, after=change) == {Code.ARCHIVE_TIMESTAMP_WRONG}


def test_evidence_changed_under_an_archive_timestamp():
    def change(root):
        holder = root.find(".//x:RevocationValues", NS)
        holder.set("Id", "changed")

    assert found(archive=True, after=change) == {Code.ARCHIVE_TIMESTAMP_WRONG}
