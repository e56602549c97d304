"""Trusted lists brought as files, where no list can be fetched."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from documents import actions
from documents.kept_trust import trust_list_in_use
from documents.list_problems import NumberUsedTwice, OlderList
from documents.models import TrustedList
from documents.signatures.certificate import load
from documents.trust_words import Verification
from tests.documents.signatures import lists, pki
from tests.standins.trusted_lists import Publisher, keeper

pytestmark = pytest.mark.django_db

NOW = pki.NOW + pki.DAY


@pytest.fixture
def published(settings, tmp_path):
    """What somebody carries over by hand: files, and the certificate of the Commission."""
    publisher = Publisher()
    publisher.address = "https://lists.example"
    publisher.next_update = timezone.now() + 90 * pki.DAY
    publisher.add_country("XT", next_update=timezone.now() + 180 * pki.DAY)
    certificate = tmp_path / "commission.pem"
    certificate.write_bytes(publisher.commission.pem)
    settings.TRUSTED_LIST_STORE, settings.LOTL_URL = "live", ""
    settings.LOTL_CERTIFICATES = str(certificate)
    settings.TRUSTED_LIST_TERRITORIES = ["XT"]
    return publisher


@pytest.fixture
def bring(tmp_path, capsys):
    def brought(*contents, **options):
        files = []
        for number, content in enumerate(contents):
            files.append(tmp_path / f"list{number}.xml")
            files[-1].write_bytes(content)
        call_command("load_trusted_list", *map(str, files), **options)
        return capsys.readouterr()

    return brought


def in_force():
    rows = TrustedList.objects.filter(is_current=True).order_by("kind")
    return [(one.territory, one.sequence, one.verification) for one in rows]


def test_a_countrys_list_is_verified_by_the_list_of_lists_in_whatever_order_they_come(
    published, bring
):
    said = bring(published.list_of("XT"), published.list_of_lists())

    assert in_force() == [
        ("EU", 300, Verification.CONFIGURED),
        ("XT", 7, Verification.NAMED),
    ]
    assert "Keeper of XT" in said.out
    assert said.err == ""
    assert trust_list_in_use(timezone.now()).remarks == []
    assert TrustedList.objects.get(territory="XT").source == "list0.xml"


def test_a_countrys_list_may_be_signed_by_a_given_certificate(published, bring, tmp_path):
    certificate = tmp_path / "country.pem"
    certificate.write_bytes(published.countries["XT"].signer.pem)

    bring(published.list_of("XT"), lotl_certificates=str(certificate))

    assert in_force() == [("XT", 7, Verification.CONFIGURED)]


def test_a_list_that_nobody_vouches_for_is_refused(published, bring):
    with pytest.raises(CommandError, match="no_list_of_lists"):
        bring(published.list_of("XT"))
    published.countries["XT"].signer = keeper("Somebody")
    with pytest.raises(CommandError, match="signature_wrong"):
        bring(published.list_of("XT"), published.list_of_lists())

    assert in_force() == [("EU", 300, Verification.CONFIGURED)]


def test_a_changed_list_is_refused(published, bring):
    with pytest.raises(CommandError, match="signature_wrong"):
        bring(published.list_of_lists().replace(b">300<", b">301<"))

    assert in_force() == []


def test_without_certificates_no_file_is_verified(published, bring, settings):
    settings.LOTL_CERTIFICATES = ""

    with pytest.raises(CommandError, match="no_signers"):
        bring(published.list_of_lists())


def test_a_list_believed_as_it_is_says_so_loudly_and_for_good(published, bring):
    said = bring(lists.list_xml(*lists.usual()), as_it_is="handed over by the registry in person")

    (kept,) = TrustedList.objects.all()
    (remark,) = [one for _name, one in trust_list_in_use(NOW).remarks]
    assert "NOT VERIFIED" in said.err
    assert (kept.verification, kept.reason, kept.signer_sha256) == (
        Verification.AS_IT_IS,
        "handed over by the registry in person",
        "",
    )
    assert remark.code == "as_it_is"
    assert "handed over by the registry in person" in remark.sentence


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_list_is_not_believed_as_it_is_without_a_reason(published, bring, reason):
    with pytest.raises(CommandError, match="needs a reason"):
        bring(lists.list_xml(*lists.usual()), as_it_is=reason)


def test_a_list_of_lists_is_never_believed_as_it_is(published, bring):
    with pytest.raises(CommandError, match="list_of_lists_unverified"):
        bring(published.list_of_lists(), as_it_is="trust me")


def test_test_lists_come_into_the_test_store_alone(published, bring):
    content = lists.list_xml(*lists.usual(), territory="XT_T")

    with pytest.raises(CommandError, match="other_store"):
        bring(content, as_it_is="a trial")
    said = bring(content, as_it_is="a trial", store="test")

    assert [(one.store, one.territory) for one in TrustedList.objects.all()] == [("test", "XT_T")]
    assert "checks ask the live store alone" in said.err
    assert trust_list_in_use(NOW) is None


def test_a_list_of_the_test_store_is_not_taken_into_the_live_one(published, bring):
    content = lists.list_xml(*lists.usual())
    bring(content, as_it_is="a trial", store="test")

    with pytest.raises(CommandError, match="other_store"):
        bring(content, as_it_is="a trial")


def test_the_list_of_a_true_country_is_no_test_list(published, bring):
    with pytest.raises(CommandError, match="other_store"):
        bring(lists.list_xml(*lists.usual(), territory="EE"), as_it_is="a trial", store="test")


def test_the_test_store_is_asked_where_the_settings_say_so(published, bring, settings):
    bring(lists.list_xml(*lists.usual(), territory="XT_T"), as_it_is="a trial", store="test")
    settings.TRUSTED_LIST_STORE, settings.TRUSTED_LIST_TERRITORIES = "test", ["XT_T"]

    assert [one.territory for one in trust_list_in_use(NOW).lists] == ["XT_T"]


def test_a_country_that_the_settings_do_not_ask_for_is_kept_and_not_believed(published, bring):
    bring(lists.list_xml(*lists.usual(), territory="YT"), as_it_is="a trial")

    assert in_force() == [("YT", 7, Verification.AS_IT_IS)]
    assert trust_list_in_use(NOW) is None


def test_what_is_no_list_is_refused(published, bring, tmp_path):
    with pytest.raises(CommandError, match="not_readable"):
        bring(b"<html/>", as_it_is="a trial")
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_trusted_list", str(tmp_path / "missing.xml"))


@pytest.mark.parametrize("territory", ["", "x", "XT; DROP", "X" * 40])
def test_a_list_of_no_country_is_refused(published, bring, territory):
    with pytest.raises(CommandError, match="territory"):
        bring(lists.list_xml(territory=territory), as_it_is="a trial", store="test")


# --- verified and unverified lists ----------------------------------------------------------------


def load_country(publisher, at=NOW):
    signers = [load(publisher.countries["XT"].signer.der)]
    return actions.load_trusted_list(
        content=publisher.list_of("XT"), name="XT.xml", store="live", signers=signers, at=at
    )


def load_unverified(content, at=NOW):
    return actions.load_as_it_is(
        content=content, name="XT.xml", store="live", reason="a trial", at=at
    )


def test_a_verified_list_takes_the_place_of_one_believed_as_it_is_whatever_its_number(published):
    load_unverified(lists.list_xml(*lists.usual(), sequence=99))

    load_country(published)

    assert in_force() == [("XT", 7, Verification.CONFIGURED)]


def test_the_same_list_verified_at_last_says_so(published):
    first = load_unverified(published.list_of("XT"))

    second = load_country(published, at=NOW + pki.DAY)

    assert (second.pk, second.verification, second.reason) == (
        first.pk,
        Verification.CONFIGURED,
        "",
    )
    assert (second.fetched_at, second.checked_at) == (NOW, NOW + pki.DAY)


def test_a_verified_list_does_not_become_unverified_again(published):
    load_country(published)

    load_unverified(published.list_of("XT"), at=NOW + pki.DAY)

    assert in_force() == [("XT", 7, Verification.CONFIGURED)]


def test_an_unverified_list_does_not_take_the_place_of_one_with_its_number(published):
    load_country(published)

    with pytest.raises(NumberUsedTwice):
        load_unverified(lists.list_xml(*lists.usual()))
    with pytest.raises(OlderList):
        load_unverified(lists.list_xml(*lists.usual(), sequence=6))


def test_an_old_verified_list_does_not_come_back_by_way_of_an_unverified_one(published):
    country = published.countries["XT"]
    load_country(published)
    country.sequence = 8
    load_country(published)
    load_unverified(lists.list_xml(*lists.usual(), sequence=9))
    country.sequence = 7

    with pytest.raises(OlderList):
        load_country(published)
    country.sequence = 8
    load_country(published, at=NOW + pki.DAY)

    assert in_force() == [("XT", 8, Verification.CONFIGURED)]
    assert TrustedList.objects.get(sequence=8).fetched_at == NOW
