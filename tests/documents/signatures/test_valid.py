import pytest
from cryptography.x509.ocsp import OCSPCertStatus

from documents.signatures import Code, Level, Means, Profile, Verdict
from tests.documents.signatures import lists, pki
from tests.documents.signatures.judging import judge
from tests.documents.signatures.xades import (
    ASICE,
    FILES,
    Making,
    container,
    manifest,
    signature_xml,
    zipped,
)


def test_a_timestamped_container_is_valid_and_told_whole():
    report = judge(container())

    (signature,) = report.signatures
    assert report.verdict == Verdict.VALID
    assert report.codes() == set()
    assert [(file.name, file.size) for file in report.data_files] == [
        (name, len(content)) for name, content in FILES.items()
    ]
    assert (signature.signer, signature.personal_code) == (
        "MÄNNIK,MARI-LIIS,47101010033",
        "47101010033",
    )
    assert (signature.profile, signature.level, signature.means) == (
        Profile.LT,
        Level.QES,
        Means.ID_CARD,
    )
    assert signature.signed_at == pki.NOW


@pytest.mark.parametrize(
    ("options", "profile"),
    [({"time_mark": True}, Profile.LT_TM), ({"archive": True}, Profile.LTA)],
)
def test_time_mark_and_archive_timestamp_are_judged(options, profile):
    report = judge(container(**options))

    assert [one.profile for one in report.signatures] == [profile]
    assert report.verdict == Verdict.VALID, report


def test_a_nonce_in_an_octet_string_is_the_same_time_mark():
    report = judge(container(time_mark=True, ocsp_options={"wrapped": True}))

    assert report.verdict == Verdict.VALID


def test_two_signers_are_both_named():
    second = pki.signer(pki.world().issuer, "TAMM,JAAN,38001085718", "PNOEE-38001085718")

    report = judge(container(Making(), Making(signer=second, identifier="S1")))

    assert report.verdict == Verdict.VALID
    assert [one.personal_code for one in report.signatures] == ["47101010033", "38001085718"]


def test_one_wrong_signature_spoils_the_whole():
    late = Making(identifier="S1", ocsp_at=pki.NOW + 2 * pki.DAY)

    report = judge(container(Making(), late), at=pki.NOW + 3 * pki.DAY)

    assert [one.verdict for one in report.signatures] == [Verdict.VALID, Verdict.INVALID]
    assert report.verdict == Verdict.INVALID


def test_an_old_signature_stays_valid_when_everything_has_expired_since():
    long_after = pki.NOW + 20 * pki.YEAR

    assert judge(container(), at=long_after).verdict == Verdict.VALID


def test_an_issuer_withdrawn_later_was_granted_then():
    world = pki.world()
    services = (
        lists.service(
            world.issuer,
            "CA/QC",
            status=lists.WITHDRAWN,
            since=pki.NOW + pki.DAY,
            history=[(lists.GRANTED, lists.LONG_AGO)],
        ),
        *lists.usual()[1:],
    )

    assert judge(container(), lists.trust(*services)).verdict == Verdict.VALID


def test_a_card_revoked_only_later_had_signed_before():
    making = Making(
        ocsp_options={"status": OCSPCertStatus.REVOKED, "revoked_at": pki.NOW + pki.MINUTE},
        ocsp_at=pki.NOW + 2 * pki.MINUTE,
    )

    report = judge(container(making))

    # Without a single answer that says good there is no proof, whatever the time of the revocation.
    assert report.codes() == {Code.REVOKED}


def test_pss_and_plain_rsa_are_accepted():
    holder = pki.signer(pki.world().issuer, key=pki.rsa_key())

    for pss in (False, True):
        assert judge(container(signer=holder, pss=pss)).verdict == Verdict.VALID


@pytest.mark.parametrize(
    "c14n",
    [
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
        "http://www.w3.org/2006/12/xml-c14n11",
        "http://www.w3.org/2001/10/xml-exc-c14n#",
    ],
)
def test_each_canonical_form_is_understood(c14n):
    assert judge(container(c14n=c14n)).verdict == Verdict.VALID


def test_names_with_every_kind_of_letter_are_found_again():
    files = {"Šužlikud sõid ühe õuna 100% +ära.txt": b"1", "!~#¤%%&()=+-_.txt": b"2"}
    quoted = {name.replace("&", "&amp;"): content for name, content in files.items()}
    making = Making(files=files)
    content = zipped(
        [
            ("mimetype", ASICE.encode()),
            ("META-INF/manifest.xml", manifest(quoted)),
            *files.items(),
            ("META-INF/signatures0.xml", signature_xml(making)),
        ]
    )

    assert judge(content).verdict == Verdict.VALID


def test_empty_data_files_are_told():
    report = judge(container(files={"tühi.txt": b""}))

    assert report.verdict == Verdict.VALID
    assert [finding.code for finding in report.warnings] == [Code.EMPTY_DATA_FILE]
