"""Time-marks, and the signature policy that asks for them."""

import base64
from dataclasses import replace

import pytest
from lxml import etree

from documents.signatures import Code
from tests.documents.signatures import pki
from tests.documents.signatures.judging import codes
from tests.documents.signatures.xades import (
    NS,
    XADES,
    Making,
    container,
    time_mark_policy,
)

NOW, MINUTE, DAY = pki.NOW, pki.MINUTE, pki.DAY


def found(trust=None, at=NOW + 60 * MINUTE, **options):
    return codes(container(**options), trust=trust, at=at)


def test_time_mark_over_another_value():
    options = {"nonce": pki.digest_info(b"another value")}

    assert found(time_mark=True, ocsp_options=options) == {Code.TIME_MARK_MISMATCH}


@pytest.mark.parametrize("nonce", [b"\x01" * 20, b"\x01" * 32, b"\x30\x00"])
def test_a_nonce_that_is_no_time_mark(nonce):
    assert found(time_mark=True, ocsp_options={"nonce": nonce}) == {Code.TIME_MARK_MISMATCH}


def test_no_nonce_at_all():
    making = Making(time_mark=True, ocsp=0)
    answer = pki.ocsp_response(
        pki.world().signer.certificate, pki.world().issuer, responder=pki.world().listed, at=NOW
    )

    def add(root):
        from_ocsp = etree.SubElement(
            root.find(".//x:UnsignedSignatureProperties", NS), f"{{{XADES}}}RevocationValues"
        )
        values = etree.SubElement(from_ocsp, f"{{{XADES}}}OCSPValues")
        element = etree.SubElement(values, f"{{{XADES}}}EncapsulatedOCSPValue")
        element.text = base64.b64encode(answer).decode()

    assert codes(container(replace(making, after=add))) == {Code.TIME_MARK_MISSING}


def test_time_mark_by_a_responder_that_the_list_does_not_name():
    assert found(time_mark=True, responder=pki.world().responder) == {Code.TIME_MARK_RESPONDER}


def test_time_mark_whose_responder_did_not_come_along():
    assert found(time_mark=True, ocsp_options={"embed": False}) == {Code.TIME_MARK_RESPONDER}


def test_time_mark_over_a_sha_1_digest():
    assert found(time_mark=True, nonce_digest="sha1") == {Code.WEAK_DIGEST}


def test_the_policy_of_time_marks_asks_for_one_beside_a_timestamp_too():
    assert found(policy=time_mark_policy()) >= {Code.TIME_MARK_MISSING}


@pytest.mark.parametrize(
    ("policy", "code"),
    [
        (time_mark_policy("urn:oid:1.3.6.1.4.1.10015.1000.3.1.1"), Code.POLICY_UNKNOWN),
        (time_mark_policy(qualifier="OIDAsURI"), Code.POLICY_INCOMPLETE),
        (time_mark_policy(address=""), Code.POLICY_INCOMPLETE),
    ],
)
def test_a_policy_that_is_another_or_incomplete(policy, code):
    assert code in found(time_mark=True, policy=policy)


def test_an_implied_policy_asks_for_nothing():
    implied = (
        "<x:SignaturePolicyIdentifier><x:SignaturePolicyImplied/></x:SignaturePolicyIdentifier>"
    )

    assert found(policy=implied) == set()


def test_of_several_answers_the_one_that_marks_counts():
    other = pki.ocsp_response(
        pki.world().signer.certificate,
        pki.world().issuer,
        responder=pki.world().listed,
        at=NOW - MINUTE,
        nonce=b"\x07" * 20,
    )

    def add(root):
        values = root.find(".//x:OCSPValues", NS)
        element = etree.Element(f"{{{XADES}}}EncapsulatedOCSPValue")
        element.text = base64.b64encode(other).decode()
        values.insert(0, element)

    assert found(time_mark=True, after=add) == set()
