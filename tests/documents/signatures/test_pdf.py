"""Signed PDF: what is right, and everything that can be done to one after it was signed."""

import re

import pytest
from cryptography.x509.ocsp import OCSPCertStatus
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.writer import PdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field

from documents.signatures import Code, Level, Policy, Profile, Verdict
from documents.signatures.any_file import check_file
from tests.documents.signatures import lists, pki
from tests.documents.signatures.judging import AT
from tests.documents.signatures.pdfs import (
    Making,
    page,
    plain_pdf,
    signed_pdf,
    stamped,
    update,
    written,
)


def judge(content, at=AT, **options):
    return check_file(content, name="paper.pdf", trust=lists.trust(), at=at, **options)


def codes(content, **options):
    return judge(content, **options).codes()


@pytest.fixture(scope="module")
def paper():
    return signed_pdf()


def test_a_signed_pdf_is_valid_and_told_whole(paper):
    report = judge(paper)

    (signature,) = report.signatures
    assert report.verdict == Verdict.VALID, report
    assert (signature.signer, signature.personal_code, signature.level, signature.profile) == (
        "MÄNNIK,MARI-LIIS,47101010033",
        "47101010033",
        Level.QES,
        Profile.LT,
    )
    assert signature.signed_at == pki.NOW
    assert [file.size for file in report.data_files] == [len(paper)]


def test_a_document_timestamp_makes_it_last(paper):
    report = judge(stamped(paper))

    assert report.verdict == Verdict.VALID, report
    assert [one.profile for one in report.signatures] == [Profile.LTA]


def test_two_may_sign_one_after_the_other(paper):
    second = pki.signer(pki.world().issuer, "TAMM,JAAN,38001085718", "PNOEE-38001085718")

    report = judge(signed_pdf(paper, Making(signer=second, name="Signature2")))

    assert report.verdict == Verdict.VALID, report
    assert [one.personal_code for one in report.signatures] == ["47101010033", "38001085718"]


def test_changed_after_signing(paper):
    assert codes(paper.replace(b"10 euros", b"99 euros")) == {Code.PDF_CHANGED}


def test_not_signed_at_all():
    assert codes(plain_pdf()) == {Code.PDF_NOT_SIGNED}


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"%PDF-" + bytes(500)])
def test_what_is_no_pdf(content):
    assert codes(content) == {Code.PDF_BROKEN}


def test_too_large(paper):
    assert codes(paper, policy=Policy(max_file_bytes=100)) == {Code.TOO_LARGE}


def with_range(paper, change):
    """Write other numbers into the byte range, in the same place."""
    found = re.search(rb"/ByteRange \[([\d ]+)\]( *)", paper)
    numbers = change([int(one) for one in found[1].split()])
    text = b"[%s]" % b" ".join(b"%d" % one for one in numbers)
    room = len(found[0]) - len(b"/ByteRange ")
    return paper.replace(found[0], b"/ByteRange " + text.ljust(room))


@pytest.mark.parametrize(
    "change",
    [
        lambda r: [r[0], r[1] - 10, r[2], r[3]],  # a gap before the signature
        lambda r: [r[0], r[1], r[2] + 10, r[3] - 10],  # a gap after it
        lambda r: [r[0], r[1] + 10, r[2], r[3]],  # overlap with its digits
        lambda r: [r[0], r[1], r[2] - 10, r[3] + 10],
        lambda r: [10, r[1] - 10, r[2], r[3]],  # not from the first byte
        lambda r: [r[0], r[1], r[2], r[3] + 100_000],  # past the end
        lambda r: [r[0], r[1], r[2]],
        lambda r: [r[0], r[1], r[2], r[3], 0, 0],
        lambda r: [0, r[2], r[1], r[3]],
    ],
)
def test_byte_range_with_a_gap_or_an_overlap(paper, change):
    assert codes(with_range(paper, change)) == {Code.PDF_BYTE_RANGE}


def test_a_signature_not_over_the_whole_file(paper):
    shorter = with_range(paper, lambda r: [r[0], r[1], r[2], r[3] - 7])

    assert Code.PDF_NOT_WHOLE in codes(shorter)


def test_something_between_the_digits_of_the_signature(paper):
    at = re.search(rb"/Contents <[0-9a-fA-F]+", paper).end() - 20
    spoiled = paper[:at] + b"48" + paper[at + 2 :]

    assert codes(spoiled) == {Code.PDF_BYTE_RANGE}


def test_a_second_revision_with_a_new_page(paper):
    writer = update(paper)
    writer.insert_page(page(writer, b"BT /F1 12 Tf 72 720 Td (and 1000 more) Tj ET"))

    assert codes(written(writer)) == {Code.PDF_CHANGED_AFTER}


def test_shadow_content_put_over_what_was_signed(paper):
    writer = update(paper)
    first = writer.root["/Pages"]["/Kids"][0].get_object()
    stream = generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 720 Td (1 euro) Tj ET")
    first[pdf_name("/Contents")] = writer.add_object(stream)
    writer.update_container(first)

    assert codes(written(writer)) == {Code.PDF_CHANGED_AFTER}


def test_an_annotation_over_the_text(paper):
    writer = update(paper)
    first = writer.root["/Pages"]["/Kids"][0].get_object()
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (70, 700, 300, 730))),
            pdf_name("/Contents"): generic.pdf_string("The client pays 1 euro"),
        }
    )
    annotations = first.get("/Annots", generic.ArrayObject())
    annotations.append(writer.add_object(note))
    first[pdf_name("/Annots")] = annotations
    writer.update_container(first)

    assert codes(written(writer)) == {Code.PDF_CHANGED_AFTER}


def test_an_empty_signature_field_that_shows_something(paper):
    writer = update(paper)
    append_signature_field(writer, SigFieldSpec("Overlay", box=(70, 700, 300, 730)))

    assert codes(written(writer)) == {Code.PDF_CHANGED_AFTER}


def test_bytes_that_belong_to_no_revision(paper):
    assert codes(paper + b"\n% a comment, or anything") == {Code.PDF_NOT_WHOLE}


def test_an_encrypted_pdf():
    writer = PdfFileWriter()
    writer.insert_page(page(writer))
    writer.encrypt("owner", "user")

    assert codes(written(writer)) == {Code.PDF_ENCRYPTED}


def test_a_signature_of_the_older_kind():
    making = Making(subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED)

    assert codes(signed_pdf(making=making)) == {Code.PDF_FORMAT}


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"timestamp": False}, Code.NO_TIMESTAMP),
        ({"ocsp": False}, Code.NO_REVOCATION),
        ({"ocsp_at": pki.NOW - pki.MINUTE}, Code.OCSP_BEFORE_TIMESTAMP),
        (
            {"ocsp_options": {"status": OCSPCertStatus.REVOKED, "revoked_at": pki.NOW - pki.DAY}},
            Code.REVOKED,
        ),
    ],
)
def test_evidence_missing_or_wrong(options, code):
    assert codes(signed_pdf(making=Making(**options))) == {code}


def test_a_signer_that_no_list_names():
    foreign = pki.issuer("Foreign Issuer")

    assert codes(signed_pdf(making=Making(signer=pki.signer(foreign)))) == {Code.ISSUER_UNKNOWN}


def test_a_document_timestamp_over_another_file(paper):
    assert codes(stamped(paper, covered=bytes(32))) == {Code.TIMESTAMP_MISMATCH}


def test_evidence_from_the_future(paper):
    assert codes(paper, at=pki.NOW - pki.DAY) == {Code.EVIDENCE_IN_FUTURE}


def test_a_document_timestamp_alone_proves_the_time():
    content = stamped(signed_pdf(making=Making(timestamp=False, ocsp_at=pki.NOW + 3 * pki.MINUTE)))

    report = judge(content)

    assert report.verdict == Verdict.VALID, report
    assert report.signatures[0].signed_at == pki.NOW + 2 * pki.MINUTE


def test_a_pdf_changed_between_two_signatures(paper):
    writer = update(paper)
    writer.insert_page(page(writer, b"BT /F1 12 Tf 72 720 Td (and 1000 more) Tj ET"))
    second = pki.signer(pki.world().issuer, "TAMM,JAAN,38001085718", "PNOEE-38001085718")

    again = signed_pdf(written(writer), Making(signer=second, name="Signature2"))

    assert codes(again) == {Code.PDF_CHANGED_AFTER}


def test_a_document_timestamp_that_shows_something(paper):
    """Anybody can get one; it must not be a way to put a picture over the text."""
    assert codes(stamped(paper, box=(70, 700, 300, 730))) == {Code.PDF_CHANGED_AFTER}
