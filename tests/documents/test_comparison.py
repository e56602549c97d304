"""Whose signature it is: known by the code with its country, however either is written."""

import datetime as dt

import pytest

from documents.comparison import Fault, compare
from documents.kinds import KINDS
from documents.models import EnvelopeSigner
from documents.paper_forms import TermsForm
from documents.signatures import DataFile, Level, Report, SignatureReport, Verdict
from documents.signers import code_hash, name_on_certificate
from tests.documents.situations import PERSON
from tests.factories.documents import AccessCaseFactory

OURS = {"VP-2026-000001.pdf": "a" * 64}
NOW = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)


def found(code, *, hashed, files=OURS):
    """What is found of our papers, signed by the holder of this code, when somebody else may be asked."""
    signature = SignatureReport(
        name="S0",
        verdict=Verdict.VALID,
        errors=(),
        signer="BĒRZIŅŠ,JĀNIS",
        personal_code=code,
        signed_at=NOW,
        level=Level.QES,
    )
    data_files = tuple(DataFile(name, "application/pdf", 1, sha) for name, sha in files.items())
    report = Report(Verdict.VALID, (), (), data_files, (signature,))
    signer = EnvelopeSigner(name="Jānis Bērziņš", role="representative", code_hash=hashed)
    return compare(report, files=OURS, signers=[signer])


@pytest.mark.parametrize(
    ("code", "country", "on_certificate"),
    [
        ("320101-12345", "LVA", "PNOLV-320101-12345"),
        ("32010112345", "LV", "PNOLV-32010112345"),
        ("38001085718", "LTU", "PNOLT-38001085718"),
        ("X1234567", "GER", "PNODE-X1234567"),
        ("RSSMRA80A01H501U", "ITA", "TINIT-RSSMRA80A01H501U"),
        ("38001085718", "EST", "38001085718"),
        ("38001085718", "EE", "38001085718"),
    ],
)
def test_signer_of_any_country_is_known(code, country, on_certificate):
    assert found(on_certificate, hashed=code_hash(code, country)).is_good


@pytest.mark.parametrize(
    ("code", "country", "on_certificate"),
    [
        ("38001085718", "EST", "PNOLT-38001085718"),
        ("38001085718", "LTU", "38001085718"),
        ("38001085718", "EST", "PASEE-38001085718"),  # of a passport
        ("38001085718", "EST", ""),
        ("", "EST", ""),
    ],
)
def test_same_digits_of_another_country_or_document_are_somebody_else(
    code, country, on_certificate
):
    comparison = found(on_certificate, hashed=code_hash(code, country))

    assert [one.fault for one in comparison.faults] == [Fault.WRONG_PEOPLE]


def test_faults_tell_no_personal_code():
    files = OURS | {"Jānis 38001085718.pdf": "b" * 64}
    comparison = found("38001085718", hashed=code_hash("38001085718", "EST"), files=files)

    assert [one.detail for one in comparison.faults] == ["Jānis 38001******.pdf"]
    assert name_on_certificate("BĒRZIŅŠ,JĀNIS,320101-12345", "PNOLV-320101-12345") == (
        "Jānis Bērziņš"
    )


@pytest.mark.django_db
def test_country_is_kept_alike_however_it_was_typed():
    typed = PERSON | {
        "version": 0,
        "signer_set": "0",
        "services": ["charges:view"],
        "valid_from": "2026-11-29",
    }

    def form(**fields):
        return TermsForm(typed | fields, kind=KINDS["VOLIKIRI_TAVA"], case=AccessCaseFactory())

    ours = form(code_country="ee")
    assert ours.is_valid(), ours.errors
    assert ours.terms().code_country == "EST"
    assert "personal_code" in form(code_country="EE", personal_code="47001011028").errors
