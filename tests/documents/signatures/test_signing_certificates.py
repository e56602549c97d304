"""Signing certificates: whose, for what, by whom, and how strong."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from documents.signatures import Code, Level, Means, Verdict
from tests.documents.signatures import lists, pki
from tests.documents.signatures.judging import codes, judge
from tests.documents.signatures.xades import (
    Making,
    container,
)

NOW, MINUTE, DAY = pki.NOW, pki.MINUTE, pki.DAY


def found(trust=None, at=NOW + 60 * MINUTE, **options):
    return codes(container(**options), trust=trust, at=at)


def test_certificate_of_an_issuer_that_no_list_names():
    foreign = pki.issuer("Foreign Issuer")

    holder = pki.signer(foreign)

    assert found(signer=holder, issuer=foreign) == {Code.ISSUER_UNKNOWN}
    assert found(signer=holder, issuer=foreign, time_mark=True) == {Code.ISSUER_UNKNOWN}


def test_issuer_of_the_same_name_with_another_key():
    foreign = pki.issuer("Test Issuer")

    assert found(signer=pki.signer(foreign), issuer=foreign) == {Code.ISSUER_UNKNOWN}


def test_issuer_listed_as_not_qualified():
    other = lists.service(pki.world().issuer, "CA/PKC")

    assert found(lists.trust(other, *lists.usual()[1:])) == {Code.SERVICE_NOT_QUALIFIED}


@pytest.mark.parametrize(
    "options",
    [
        {"since": NOW + DAY},
        {"status": lists.WITHDRAWN},
        {
            "since": NOW + DAY,
            "history": [(lists.WITHDRAWN, NOW - DAY), (lists.GRANTED, lists.LONG_AGO)],
        },
    ],
)
def test_issuer_not_granted_then(options):
    service = lists.service(pki.world().issuer, "CA/QC", **options)

    assert found(lists.trust(service, *lists.usual()[1:])) == {Code.SERVICE_NOT_GRANTED}


def test_issuer_granted_for_web_sites_only():
    purpose = (
        '<ServiceInformationExtensions><Extension Critical="true"><AdditionalServiceInformation>'
        "<URI>http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/ForWebSiteAuthentication</URI>"
        "</AdditionalServiceInformation></Extension></ServiceInformationExtensions>"
    )
    service = lists.service(pki.world().issuer, "CA/QC", extensions=purpose)

    assert found(lists.trust(service, *lists.usual()[1:])) == {Code.SERVICE_NOT_GRANTED}


def test_certificate_expired_or_not_yet_valid_then():
    ca = pki.world().issuer

    assert found(signer=pki.signer(ca, ends=NOW - DAY)) == {Code.CERTIFICATE_EXPIRED}
    assert found(signer=pki.signer(ca, begins=NOW + DAY)) == {Code.CERTIFICATE_NOT_YET_VALID}


def test_certificate_for_signing_in():
    holder = pki.signer(pki.world().issuer, usages=("digital_signature",))

    assert found(signer=holder) == {Code.NOT_FOR_SIGNING}


def test_critical_extension_that_we_do_not_know():
    unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")

    holder = pki.signer(pki.world().issuer, extensions=[(unknown, True)])

    assert found(signer=holder) == {Code.CERTIFICATE_BROKEN}


def test_certificate_that_is_not_qualified():
    assert found(signer=pki.signer(pki.world().issuer, statements=b"")) == {Code.NOT_QUALIFIED}


def test_certificate_without_a_device_is_told():
    holder = pki.signer(pki.world().issuer, statements=pki.COMPLIANCE)

    (signature,) = judge(container(signer=holder)).signatures

    assert (signature.verdict, signature.level) == (Verdict.VALID, Level.ADES_QC)
    assert Code.NOT_QUALIFIED_DEVICE in [finding.code for finding in signature.warnings]


@pytest.mark.parametrize(
    ("statements", "level"),
    [(pki.QUALIFIED, Level.QSEAL), (pki.COMPLIANCE, Level.ADESEAL_QC)],
)
def test_a_seal_has_no_person(statements, level):
    holder = pki.signer(pki.world().issuer, "Keskkonnaamet", "70008658", statements=statements)

    (signature,) = judge(container(signer=holder)).signatures

    assert (signature.level, signature.means, signature.personal_code) == (level, Means.SEAL, "")


CRITERIA = (
    '<ecc:CriteriaList assert="{assertion}"><ecc:KeyUsage>'
    '<ecc:KeyUsageBit name="nonRepudiation">{bit}</ecc:KeyUsageBit></ecc:KeyUsage>'
    "</ecc:CriteriaList>"
)


@pytest.mark.parametrize(
    ("qualifier", "assertion", "bit", "level"),
    [
        ("QCWithQSCD", "all", "true", Level.QES),
        ("QCWithQSCD", "atLeastOne", "true", Level.QES),
        ("QCWithQSCD", "all", "false", Level.ADES_QC),
        ("QCWithQSCD", "none", "true", Level.ADES_QC),
        ("NotQualified", "all", "true", Level.ADES),
    ],
)
def test_the_list_qualifies_by_its_criteria(qualifier, assertion, bit, level):
    holder = pki.signer(pki.world().issuer, statements=pki.COMPLIANCE)
    extension = lists.qualification(qualifier, CRITERIA.format(assertion=assertion, bit=bit))
    service = lists.service(pki.world().issuer, "CA/QC", extensions=extension)

    report = judge(container(signer=holder), trust=lists.trust(service, *lists.usual()[1:]))

    assert report.signatures[0].level == level


@pytest.mark.parametrize(("bits", "code"), [(1024, Code.WEAK_KEY), (2048, None)])
def test_small_rsa_keys_of_today(bits, code):
    holder = pki.signer(pki.world().issuer, key=pki.rsa_key(bits))

    assert found(signer=holder) == ({code} if code else set())


def of_then(**signing):
    """A world of 2015, when SHA-1 was usual in evidence."""
    then = NOW.replace(year=2015)
    old = {"begins": then - DAY, "ends": then + DAY}
    ca, root = pki.issuer(begins=then - DAY), pki.issuer("Test Root", begins=then - DAY)
    world = pki.World(
        ca,
        pki.signer(ca, **old, **signing),
        pki.responder(ca, key=pki.rsa_key(), **old),
        pki.responder(root, "Listed Responder", **old),
        pki.authority(root, **old),
    )
    services = [
        lists.service(world.issuer, "CA/QC", status="undersupervision", since=then - DAY),
        lists.service(world.authority, "TSA/QTST", status="accredited", since=then - DAY),
    ]
    return Making(world=world, signed_at=then), lists.trust(*services)


def test_small_rsa_keys_of_then():
    making, trust = of_then(key=pki.rsa_key(1024))

    (signature,) = judge(container(making), trust=trust).signatures

    assert signature.verdict == Verdict.VALID, signature
    assert Code.SMALL_KEY_WARNING in [finding.code for finding in signature.warnings]


def test_sha_1_in_the_evidence_of_then():
    making, trust = of_then()
    making.cert_digest = "http://www.w3.org/2000/09/xmldsig#sha1"
    making.ocsp_options = {"digest": hashes.SHA1()}

    (signature,) = judge(container(making), trust=trust).signatures

    assert signature.verdict == Verdict.VALID, signature
    assert Code.WEAK_DIGEST_WARNING in [finding.code for finding in signature.warnings]


def test_small_curves():
    holder = pki.signer(pki.world().issuer, key=ec.generate_private_key(ec.SECP192R1()))

    assert found(signer=holder) == {Code.WEAK_KEY}


@pytest.mark.parametrize(
    ("digest", "code"),
    [
        ("http://www.w3.org/2000/09/xmldsig#sha1", Code.WEAK_DIGEST),
        ("http://www.w3.org/2001/04/xmldsig-more#md5", Code.WEAK_DIGEST),
    ],
)
def test_weak_digests_of_data_files(digest, code):
    assert found(digest=digest) == {code}


def test_sha_224_is_told():
    report = judge(container(digest="http://www.w3.org/2001/04/xmldsig-more#sha224"))

    assert report.verdict == Verdict.VALID
    assert Code.WEAK_DIGEST_WARNING in [one.code for one in report.signatures[0].warnings]


def test_sha_1_names_the_certificate_only_in_old_signatures():
    assert found(cert_digest="http://www.w3.org/2000/09/xmldsig#sha1") == {Code.WEAK_DIGEST}


def test_ocsp_signed_over_sha_1_today():
    holder = pki.responder(pki.world().issuer, key=pki.rsa_key())

    assert found(responder=holder, ocsp_options={"digest": hashes.SHA1()}) == {Code.WEAK_DIGEST}


def test_a_claimed_time_far_from_the_proved_one_is_told():
    report = judge(container(timestamp_at=NOW + 3 * DAY), at=NOW + 4 * DAY)

    assert report.verdict == Verdict.VALID
    assert Code.CLAIMED_TIME_DIFFERS in [one.code for one in report.signatures[0].warnings]


def test_a_list_that_is_out_of_date_is_told():
    report = judge(container(), trust=lists.trust(next_update=NOW - DAY))

    assert report.verdict == Verdict.VALID
    assert Code.LIST_OUT_OF_DATE in [finding.code for finding in report.warnings]


@pytest.mark.parametrize(
    ("serial", "country", "code"),
    [
        ("PNOEE-38001085718", "EE", "38001085718"),
        ("38001085718", "EE", "38001085718"),
        ("PNOLV-010101-10006", "LV", "PNOLV-010101-10006"),
        ("38001085718", "LT", ""),
        ("12345678", "EE", ""),
    ],
)
def test_personal_code_of_each_form(serial, country, code):
    holder = pki.signer(pki.world().issuer, "NIMI", serial, country=country)

    assert judge(container(signer=holder)).signatures[0].personal_code == code


@pytest.mark.parametrize(
    ("policy", "means"),
    [
        ("1.3.6.1.4.1.51361.1.1.1", Means.ID_CARD),
        ("1.3.6.1.4.1.10015.1.1", Means.ID_CARD),
        ("1.3.6.1.4.1.10015.1.3", Means.MOBILE_ID),
        ("1.3.6.1.4.1.10015.18.1", Means.MOBILE_ID),
        ("1.3.6.1.4.1.10015.17.2", Means.SMART_ID),
        ("1.3.6.1.4.1.10015.3.17.2", Means.SMART_ID),
        ("1.2.3", Means.OTHER),
    ],
)
def test_means_by_the_certificates_policy(policy, means):
    holder = pki.signer(pki.world().issuer, policies=(policy,))

    assert judge(container(signer=holder)).signatures[0].means == means


def test_a_card_whose_key_lacks_the_leading_zero_still_signs():
    """A run of cards has its modulus encoded so; read strictly it is a negative number."""
    world = pki.world()
    holder = pki.with_faulty_key(pki.signer(world.issuer, key=pki.rsa_key()), world.issuer)

    assert judge(container(signer=holder)).verdict == Verdict.VALID
