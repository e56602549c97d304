"""Servers that are down, slow, wrong or hostile: the last good list stays in force, and it is said."""

import pytest

from documents import actions
from documents.gateways import list_server
from documents.kept_trust import trust_list_in_use
from documents.list_problems import ListElsewhere
from documents.models import TrustedList, TrustedListSource
from documents.models.trusted_list_source import LIST_OF_LISTS
from tests.documents.kept_lists import LATER, LIST, NOW, in_force, newer, problem, remarks
from tests.documents.signatures import pki
from tests.standins.trusted_lists import LOTL, keeper

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(publisher):
    """A first list is kept; what follows happens a day later."""
    actions.refresh_trusted_lists(at=NOW)
    publisher.asked.clear()
    return publisher


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("error", "server_refuses"),
        ("missing", "server_refuses"),
        ("html", "not_readable"),
        ("truncated", "not_readable"),
        ("short", "unreachable"),
        ("cut", "unreachable"),
        ("changed", "signature_wrong"),
    ],
)
@pytest.mark.parametrize("path", [LOTL, LIST])
def test_a_server_that_fails_leaves_the_last_good_list_in_force(kept, fault, code, path):
    kept.faults[path] = fault
    newer(kept)

    actions.refresh_trusted_lists(at=LATER)

    of_lists, of_country = (code, "") if path == LOTL else ("", code)
    assert (problem(LIST_OF_LISTS), problem()) == (of_lists, of_country)
    assert in_force()[1] == ("services", "XT", 8 if path == LOTL else 7)
    assert remarks(LATER) == ([code] if path == LIST else [])


def test_a_slow_server_is_given_up(kept, settings):
    settings.TRUSTED_LIST_TIMEOUT_SECONDS = 0.3
    kept.faults[LIST], kept.slowness = "slow", 0.1

    actions.refresh_trusted_lists(at=LATER)

    assert problem() == "unreachable"
    assert in_force()[1] == ("services", "XT", 7)


def test_an_endless_answer_is_broken_off(kept, monkeypatch):
    monkeypatch.setattr("documents.gateways.list_server.MAX_BYTES", 1_000_000)
    kept.faults[LIST] = "huge"

    actions.refresh_trusted_lists(at=LATER)

    assert problem() == "too_large"


def test_nobody_at_the_address(kept, settings):
    settings.LOTL_URL = "http://127.0.0.1:9/lotl.xml"

    actions.refresh_trusted_lists(at=LATER)

    assert (problem(LIST_OF_LISTS), problem()) == ("unreachable", "")


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/XT.xml", "http://[", LIST]
)
def test_a_redirect_to_another_kind_of_address_is_not_followed(kept, target):
    kept.redirects[LIST] = target  # the last one leads in a circle

    actions.refresh_trusted_lists(at=LATER)

    assert problem() == "elsewhere"
    assert in_force()[1] == ("services", "XT", 7)


def test_a_redirect_of_the_same_kind_is_followed(kept):
    kept.add_country("YT")
    kept.countries["YT"] = kept.countries["XT"]
    kept.redirects[LIST] = "YT.xml"
    newer(kept)
    kept.countries["XT"].says_territory = "XT"

    actions.refresh_trusted_lists(at=LATER)

    assert (problem(), in_force()[1]) == ("", ("services", "XT", 8))


@pytest.mark.parametrize(
    ("before", "target", "after"),
    [
        ("http://a.example/1", "https://b.example/2", "https://b.example/2"),
        ("https://a.example/1", "//b.example/2", "https://b.example/2"),
        ("https://a.example/1", "http://a.example/1", None),
    ],
)
def test_a_redirect_leads_to_a_safer_scheme_or_the_same(before, target, after):
    if after is None:
        with pytest.raises(ListElsewhere):
            list_server._followed(before, target)
    else:
        assert list_server._followed(before, target) == after


def test_a_list_of_lists_by_a_key_that_is_not_configured_is_not_believed(publisher):
    publisher.signer = keeper("Commission")  # the same name, another key

    actions.refresh_trusted_lists(at=NOW)

    assert (problem(LIST_OF_LISTS), problem()) == ("signature_wrong", "no_list_of_lists")
    assert in_force() == []


def test_a_list_by_a_key_that_the_list_of_lists_does_not_name_is_not_believed(publisher):
    publisher.countries["XT"].signer = publisher.commission

    actions.refresh_trusted_lists(at=NOW)

    assert (problem(), in_force()) == ("signature_wrong", [("lists", "EU", 300)])
    assert trust_list_in_use(NOW) is None


def test_an_older_list_is_refused_and_said(kept):
    newer(kept, by=-1)

    actions.refresh_trusted_lists(at=LATER)

    assert (problem(), in_force()[1]) == ("older", ("services", "XT", 7))
    assert TrustedListSource.objects.get(territory="XT").detail == "6 < 7"


def test_an_older_list_of_lists_is_refused_and_the_kept_one_leads_on(kept):
    kept.sequence -= 1
    newer(kept)

    actions.refresh_trusted_lists(at=LATER)

    assert problem(LIST_OF_LISTS) == "older"
    assert in_force() == [("lists", "EU", 300), ("services", "XT", 8)]


def test_another_list_under_the_same_number_is_refused(kept):
    kept.countries["XT"].next_update += pki.DAY

    actions.refresh_trusted_lists(at=LATER)

    assert problem() == "number_used_twice"


def test_a_list_of_lists_past_its_time_is_not_believed(publisher):
    publisher.next_update = NOW - pki.MINUTE

    actions.refresh_trusted_lists(at=NOW)

    assert (problem(LIST_OF_LISTS), in_force()) == ("list_of_lists_expired", [])


def test_a_kept_list_of_lists_leads_on_only_as_long_as_its_time_lasts(kept):
    kept.faults[LOTL] = "error"

    actions.refresh_trusted_lists(at=NOW + 100 * pki.DAY)

    assert (problem(LIST_OF_LISTS), problem()) == ("server_refuses", "no_list_of_lists")


def test_a_kept_list_of_lists_whose_signer_is_no_longer_configured_leads_nowhere(
    kept, settings, tmp_path
):
    other = tmp_path / "other.pem"
    other.write_bytes(keeper("Another Commission").pem)
    settings.LOTL_CERTIFICATES = str(other)

    actions.refresh_trusted_lists(at=LATER)

    assert (problem(LIST_OF_LISTS), problem()) == ("signature_wrong", "no_list_of_lists")


def test_a_list_that_says_it_is_another_countrys_is_refused(publisher):
    publisher.countries["XT"].says_territory = "YT"

    actions.refresh_trusted_lists(at=NOW)

    assert problem() == "other_territory"


def test_a_list_of_lists_is_no_list_of_a_country_nor_the_other_way_round(publisher):
    publisher.countries["XT"].kind = "EUlistofthelists"
    actions.refresh_trusted_lists(at=NOW)
    publisher.kind = "EUgeneric"
    publisher.sequence += 1
    actions.refresh_trusted_lists(at=LATER)

    assert (problem(LIST_OF_LISTS), problem()) == ("other_kind", "other_kind")


def test_a_country_that_the_list_of_lists_does_not_name(publisher, settings):
    settings.TRUSTED_LIST_TERRITORIES = ["LV", "XT"]

    actions.refresh_trusted_lists(at=NOW)

    assert (problem("LV"), problem("XT")) == ("not_named", "")
    assert remarks(NOW) == ["missing", "not_named"]


@pytest.mark.parametrize("certificates", ["", "missing.pem", "empty", "junk.pem"])
def test_without_certificates_nothing_is_asked(publisher, settings, tmp_path, certificates):
    (tmp_path / "empty").mkdir()
    (tmp_path / "junk.pem").write_text("-----BEGIN CERTIFICATE-----\njunk\n")
    settings.LOTL_CERTIFICATES = str(tmp_path / certificates) if certificates else ""

    actions.refresh_trusted_lists(at=NOW)

    assert (problem(LIST_OF_LISTS), problem()) == ("no_signers", "no_list_of_lists")
    assert publisher.asked == []


def test_certificates_may_stand_in_a_folder_in_either_form(publisher, settings, tmp_path):
    folder = tmp_path / "certificates"
    folder.mkdir()
    (folder / "1.crt").write_bytes(publisher.commission.der)
    (folder / "2.pem").write_bytes(keeper("Next").pem + keeper("After that").pem)
    settings.LOTL_CERTIFICATES = str(folder)

    actions.refresh_trusted_lists(at=NOW)

    assert problem() == ""


def test_test_lists_never_come_into_the_live_store(publisher, settings):
    publisher.add_country("XT_T")
    settings.TRUSTED_LIST_TERRITORIES = ["XT_T"]

    actions.refresh_trusted_lists(at=NOW)

    assert problem("XT_T") == "other_store"


def test_what_is_kept_in_one_store_never_comes_into_the_other(kept, settings):
    settings.TRUSTED_LIST_STORE = "test"

    actions.refresh_trusted_lists(at=LATER)

    assert trust_list_in_use(LATER) is None
    assert {one.store for one in TrustedList.objects.all()} == {"live"}
    assert {one.problem for one in TrustedListSource.objects.filter(store="test")} == {
        "other_store",
        "no_list_of_lists",
    }


def test_what_nobody_foresaw_stops_no_other_list_and_is_seen(publisher, settings, monkeypatch):
    publisher.add_country("YT")
    settings.TRUSTED_LIST_TERRITORIES = ["XT", "YT"]
    honest = list_server._get

    def get(address):
        if address.endswith(LIST):
            raise RuntimeError
        return honest(address)

    monkeypatch.setattr(list_server, "_get", get)
    actions.refresh_trusted_lists(at=NOW)

    assert (problem("XT"), problem("YT")) == ("unforeseen", "")
