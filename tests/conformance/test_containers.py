"""Our verdicts on containers from the public test suites of SiVa, digidoc4j and libdigidocpp.

The material lies beside the checkout and is never copied into it. No container that its suite
refuses may be accepted; where suites differ, docs/signature-policy.md decides.
"""

import csv
import datetime as dt
import functools
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.management import call_command

from documents.gateways.signature_checker import check_signed_file
from documents.kept_trust import trust_list_in_use
from documents.signatures import Code, Verdict, check_container, read_trust_list
from documents.signatures.certificate import load
from documents.signatures.list_signature import signer_of_list
from documents.signatures.trust_reader import read_list_xml, read_pointers

CONTAINERS = Path(__file__).parents[3] / "shared" / "data" / "containers"
if not CONTAINERS.is_dir():  # a worktree lies one folder deeper
    CONTAINERS = Path(__file__).parents[4] / "shared" / "data" / "containers"
pytestmark = pytest.mark.skipif(
    not CONTAINERS.is_dir(), reason="the containers (../shared/data/containers) are not here"
)

# Rows that the suites leave open, and what our policy table says of them.
OUR_POLICY = {
    "BdocContainerMimetypeIsDeflated.bdoc": {Code.MIMETYPE_COMPRESSED},
    "AsiceContainerMimetypeAsLast.asice": {Code.MIMETYPE_NOT_FIRST},
    "AsiceContainerNoMimetype.asice": {Code.MIMETYPE_MISSING},
}
# Containers that a suite accepts and we refuse, with the reason; at most one.
REFUSED_BY_US: dict[str, str] = {}
MOST_REFUSED = 1
NOW = dt.datetime.now(dt.UTC)


def rows():
    if not CONTAINERS.is_dir():
        return []
    with (CONTAINERS / "cases.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@functools.cache
def report_of(name):
    trust = read_trust_list((CONTAINERS / "trust" / "EE_T.xml").read_bytes())
    content = (CONTAINERS / "files" / name).read_bytes()
    return check_container(content, name=name, trust=trust, at=NOW)


def named(expected):
    return [row["file"] for row in rows() if row["expected"] == expected]


@pytest.mark.parametrize("name", named("INVALID"))
def test_what_the_suites_refuse_is_never_accepted(name):
    assert report_of(name).verdict == Verdict.INVALID


@pytest.mark.parametrize("name", named("VALID"))
def test_what_the_suites_accept_is_accepted(name):
    if name in REFUSED_BY_US:
        pytest.skip(f"refused by our policy: {REFUSED_BY_US[name]}")
    report = report_of(name)

    assert report.verdict == Verdict.VALID, list(report.all_errors())


def test_hardly_anything_that_the_suites_accept_is_refused():
    refused = [name for name in named("VALID") if not report_of(name).is_valid]

    assert sorted(refused) == sorted(REFUSED_BY_US)
    assert len(refused) <= MOST_REFUSED


@pytest.mark.parametrize("name", named("POLICY"))
def test_where_the_suites_differ_our_table_decides(name):
    assert report_of(name).codes() == OUR_POLICY[name]


@pytest.mark.parametrize(
    "row", [row for row in rows() if row["expected_signers"]], ids=lambda row: row["file"]
)
def test_signers_are_those_that_the_suites_name(row):
    expected = [one.strip() for one in row["expected_signers"].split(" ; ")]

    assert [one.signer for one in report_of(row["file"]).signatures] == expected


@pytest.mark.parametrize(
    "row", [row for row in rows() if row["expected"] == "VALID"], ids=lambda row: row["file"]
)
def test_signers_and_times_agree_with_the_reference_tool(row):
    signatures = report_of(row["file"]).signatures
    signers = [one.strip() for one in row["digidoc_tool_signers"].split(" ; ")]
    times = [one.strip() for one in row["digidoc_tool_times"].split(" ; ")]

    assert [one.signer for one in signatures] == signers
    assert [f"{one.signed_at:%Y-%m-%dT%H:%M:%SZ}" for one in signatures] == times


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("KS-18_lisatudfail.4.asice", Code.DATA_FILE_NOT_SIGNED),
        ("KS-21_fileeemaldatud.4.asice", Code.DATA_FILE_MISSING),
        ("SS-4_teadmataCA.4.asice", Code.ISSUER_UNKNOWN),
        ("TM-04_kehtivuskinnituset.4.asice", Code.NO_REVOCATION),
        ("TM-15_revoked.4.asice", Code.REVOKED),
        ("bdoc-tm-ocsp-revoked.bdoc", Code.REVOKED),
        ("IB-5987_signed_with_expired_certificate.asice", Code.CERTIFICATE_EXPIRED),
        ("esteid2018signerAiaOcspLTA.asice", Code.OCSP_RESPONDER_EXPIRED),
        ("NoOcspCertificateAnywhere.bdoc", Code.TIME_MARK_RESPONDER),
        ("2-mimetypes.bdoc", Code.DUPLICATE_NAME),
        ("incorrectMimetype.bdoc", Code.MIMETYPE_WRONG),
        ("AsiceContainerNoSignature.asice", Code.NO_SIGNATURES),
        ("two_signatures_one_invalid.bdoc", Code.SIGNED_PROPERTIES_CHANGED),
        ("space-in-datafile-name-encoded-as-plus-in-signature.asice", Code.DATA_FILE_MISSING),
    ],
)
def test_the_reason_is_the_one_that_the_name_tells(name, code):
    assert code in report_of(name).codes()


def test_the_list_of_lists_leads_to_the_list():
    folder = CONTAINERS / "trust"
    pem = x509.load_pem_x509_certificate((folder / "trusted-test-tsl.crt").read_bytes())
    signer = load(pem.public_bytes(Encoding.DER))

    list_of_lists = (folder / "tl-mp-test-EE.xml").read_bytes()
    content = (folder / "EE_T.xml").read_bytes()
    signer_of_list(list_of_lists, [signer])
    (pointer,) = read_pointers(read_list_xml(list_of_lists))
    signer_of_list(content, pointer.certificates)
    trust = read_trust_list(content)

    assert (pointer.territory, trust.territory, trust.sequence) == ("EE_T", "EE_T", 34)
    assert len(trust.services) == 29


@pytest.mark.django_db
def test_the_lists_are_kept_from_files_and_a_container_is_judged_by_them(settings):
    folder = CONTAINERS / "trust"
    call_command(
        "load_trusted_list",
        str(folder / "EE_T.xml"),
        str(folder / "tl-mp-test-EE.xml"),
        store="test",
        lotl_certificates=str(folder / "trusted-test-tsl.crt"),
    )
    settings.TRUSTED_LIST_STORE, settings.TRUSTED_LIST_TERRITORIES = "test", ["EE_T"]
    name = named("VALID")[0]

    trust = trust_list_in_use(NOW)
    content = (CONTAINERS / "files" / name).read_bytes()
    report = check_signed_file(content, name=name, trust_list=trust.contents, at=NOW)

    assert [(one.sequence, one.verification) for one in trust.lists] == [(34, "named")]
    assert report == report_of(name)
    assert report.verdict == Verdict.VALID
