"""OCSP responses that are another's, untrusted, early, late or stale."""

import base64

import pytest
from cryptography.x509.ocsp import OCSPCertStatus

from documents.signatures import Code, Verdict
from tests.documents.signatures import lists, pki
from tests.documents.signatures.judging import codes, judge
from tests.documents.signatures.xades import (
    NS,
    container,
)

NOW, MINUTE, DAY = pki.NOW, pki.MINUTE, pki.DAY


def found(trust=None, at=NOW + 60 * MINUTE, **options):
    return codes(container(**options), trust=trust, at=at)


def test_ocsp_removed():
    assert found(ocsp=0) == {Code.NO_REVOCATION}


def test_neither_timestamp_nor_ocsp():
    assert found(ocsp=0, timestamps=0) == {Code.NO_TIMESTAMP, Code.NO_REVOCATION}


def test_no_response_inside_the_revocation_values():
    def take(root):
        holder = root.find(".//x:OCSPValues", NS)
        holder.remove(holder[0])

    assert found(after=take) == {Code.NO_REVOCATION}


def test_ocsp_of_another_signer():
    other = pki.signer(pki.world().issuer, "TAMM,JAAN,38001085718", "PNOEE-38001085718")

    assert found(ocsp_for=other) == {Code.OCSP_OTHER_CERTIFICATE}


def test_ocsp_of_the_same_number_at_another_issuer():
    assert found(issuer=pki.issuer("Another Issuer")) == {Code.OCSP_OTHER_CERTIFICATE}


@pytest.mark.parametrize(
    "make",
    [
        lambda: pki.responder(pki.issuer("Foreign Root"), "Foreign Responder"),
        lambda: pki.responder(pki.world().issuer, "No Responder", purposes=()),
        lambda: pki.world().signer,
    ],
)
def test_ocsp_by_one_who_may_not_answer(make):
    assert found(responder=make()) == {Code.OCSP_UNTRUSTED}


def test_ocsp_by_the_issuer_itself():
    assert found(responder=pki.world().issuer) == set()


def test_ocsp_by_a_responder_that_came_from_the_list_alone():
    options = {"embed": False}

    assert found(responder=pki.world().listed, ocsp_options=options) == set()
    assert found(ocsp_options=options) == {Code.OCSP_UNTRUSTED}  # a delegated one has to come along


def test_ocsp_by_a_listed_responder_not_granted_then():
    world = pki.world()
    late = lists.service(world.listed, "Certstatus/OCSP/QC", since=NOW + DAY)
    trust = lists.trust(lists.usual()[0], late, lists.usual()[2])

    assert found(trust, responder=world.listed) == {Code.OCSP_UNTRUSTED}


def test_ocsp_by_an_expired_responder():
    expired = pki.responder(pki.world().issuer, "Expired Responder", ends=NOW - DAY)

    assert found(responder=expired) == {Code.OCSP_RESPONDER_EXPIRED}


def test_ocsp_signed_with_another_key():
    other = pki.responder(pki.world().issuer, "Another Responder")

    assert found(ocsp_options={"signed_by": other}) == {Code.OCSP_SIGNATURE_WRONG}


def test_ocsp_that_says_revoked():
    options = {"status": OCSPCertStatus.REVOKED, "revoked_at": NOW - DAY}

    assert found(ocsp_options=options) == {Code.REVOKED}
    assert found(ocsp_options=options, time_mark=True) == {Code.REVOKED}


def test_ocsp_that_knows_nothing():
    assert found(ocsp_options={"status": OCSPCertStatus.UNKNOWN}) == {Code.STATUS_UNKNOWN}


@pytest.mark.parametrize("content", [b"", b"\x30\x03\x0a\x01\x06", b"junk"])
def test_ocsp_that_is_none(content):
    def swap(root):
        element = root.find(".//x:EncapsulatedOCSPValue", NS)
        element.text = base64.b64encode(content).decode()

    assert found(after=swap) == {Code.OCSP_BROKEN}


def test_ocsp_before_the_timestamp():
    assert found(ocsp_at=NOW - 3 * MINUTE / 60) == {Code.OCSP_BEFORE_TIMESTAMP}


def test_ocsp_late_and_too_late():
    report = judge(container(ocsp_at=NOW + 16 * MINUTE))

    assert report.verdict == Verdict.VALID
    assert Code.OCSP_LATE in [finding.code for finding in report.signatures[0].warnings]
    assert found(ocsp_at=NOW + DAY + MINUTE, at=NOW + 2 * DAY) == {Code.OCSP_TOO_LATE}


def test_ocsp_that_repeats_old_news():
    assert found(ocsp_options={"this_update": NOW - 2 * DAY}) == {Code.OCSP_STALE}
    assert found(ocsp_options={"this_update": NOW + DAY}) == {Code.OCSP_STALE}
