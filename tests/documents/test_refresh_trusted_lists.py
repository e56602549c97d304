"""Trusted lists fetched from a real server, verified, kept, and looked for anew in time."""

import pytest
from django.utils import timezone

from documents import actions, tasks
from documents.gateways.signature_checker import check_signed_file
from documents.kept_trust import trust_list_in_use
from documents.models import TrustedList, TrustedListSource
from documents.models.trusted_list_source import LIST_OF_LISTS, PAUSE_AFTER_FAILURE
from documents.signatures import Code, Verdict
from documents.trust_words import ListKind, Verification
from tests.documents.kept_lists import LATER, LIST, NOW, in_force, newer, problem
from tests.documents.signatures import pki
from tests.documents.signatures.xades import container
from tests.standins.trusted_lists import LOTL

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(publisher):
    """A first list is kept; what follows happens a day later."""
    actions.refresh_trusted_lists(at=NOW)
    publisher.asked.clear()
    return publisher


def test_the_list_of_lists_leads_to_the_lists_that_are_asked_for(publisher):
    publisher.add_country("YT")

    assert actions.refresh_trusted_lists(at=NOW)

    assert in_force() == [("lists", "EU", 300), ("services", "XT", 7)]
    assert publisher.asked == [LOTL, LIST]
    assert [one.problem for one in TrustedListSource.objects.all()] == ["", ""]


def test_it_is_kept_who_verified_a_list_and_by_what(publisher):
    actions.refresh_trusted_lists(at=NOW)

    lotl, national = TrustedList.objects.order_by("kind")
    assert (lotl.verification, lotl.signer_name, lotl.named_by) == (
        Verification.CONFIGURED,
        "Commission",
        None,
    )
    assert (national.verification, national.signer_name, national.named_by) == (
        Verification.NAMED,
        "Keeper of XT",
        lotl,
    )
    assert national.source == f"{publisher.address}{LIST}"
    assert national.next_update == pki.NOW + 180 * pki.DAY


def test_a_signed_file_is_judged_by_the_kept_list(publisher):
    actions.refresh_trusted_lists(at=NOW)

    trust = trust_list_in_use(NOW)
    report = check_signed_file(container(), name="paper.asice", trust_list=trust.contents, at=NOW)

    assert report.verdict == Verdict.VALID
    assert (trust.age, trust.is_out_of_date, trust.remarks) == (NOW - NOW, False, [])


def test_lists_of_several_countries_are_believed_together(publisher, settings):
    publisher.countries["XT"].services = (" ",)
    publisher.add_country("YT")
    settings.TRUSTED_LIST_TERRITORIES = ["XT", "YT"]
    actions.refresh_trusted_lists(at=NOW)

    contents = trust_list_in_use(NOW).contents
    alone, both = (
        check_signed_file(container(), name="paper.asice", trust_list=lists, at=NOW)
        for lists in (contents[:1], contents)
    )

    assert len(contents) == 2
    assert (alone.verdict, both.verdict) == (Verdict.INVALID, Verdict.VALID)


def test_without_a_list_nothing_is_valid_and_it_is_said(publisher):
    assert trust_list_in_use(NOW) is None

    report = check_signed_file(container(), name="paper.asice", trust_list=(), at=NOW)

    assert report.verdict == Verdict.INVALID
    assert report.codes() == {Code.NO_TRUST_LIST}


def test_the_same_list_again_is_only_noted_as_seen(kept):
    actions.refresh_trusted_lists(at=LATER)

    lists_kept = TrustedList.objects.filter(kind=ListKind.SERVICES)
    assert [(one.fetched_at, one.checked_at) for one in lists_kept] == [(NOW, LATER)]
    assert trust_list_in_use(LATER + pki.MINUTE).age == pki.MINUTE


def test_a_newer_list_takes_over_and_the_former_stays_in_the_history(kept):
    newer(kept)

    actions.refresh_trusted_lists(at=LATER)

    rows = TrustedList.objects.filter(kind=ListKind.SERVICES).order_by("sequence")
    assert [(one.sequence, one.is_current) for one in rows] == [(7, False), (8, True)]


# --- when -----------------------------------------------------------------------------------------


def test_lists_that_are_not_here_are_looked_for_at_once(publisher):
    assert actions.refresh_due_lists(at=NOW)
    assert not actions.refresh_due_lists(at=NOW + 10 * pki.MINUTE)
    assert in_force()


def test_the_worker_looks_for_lists_when_the_timetable_says_so(publisher):
    publisher.next_update = timezone.now() + pki.DAY

    tasks.refresh_trusted_lists()

    assert in_force() == [("lists", "EU", 300), ("services", "XT", 7)]


def test_lists_are_looked_for_every_day(kept):
    assert not actions.refresh_due_lists(at=NOW + pki.DAY - pki.MINUTE)
    assert actions.refresh_due_lists(at=NOW + pki.DAY)


def test_after_a_failure_it_is_tried_again_in_an_hour(kept):
    kept.faults[LIST] = "error"
    actions.refresh_due_lists(at=LATER)

    assert not actions.refresh_due_lists(at=LATER + PAUSE_AFTER_FAILURE - pki.MINUTE)
    kept.faults.clear()
    assert actions.refresh_due_lists(at=LATER + PAUSE_AFTER_FAILURE)
    assert problem() == ""


def test_since_when_a_list_is_not_renewed_stays_said(kept):
    kept.faults[LIST] = "error"
    actions.refresh_trusted_lists(at=LATER)
    kept.faults[LIST] = "html"
    actions.refresh_trusted_lists(at=LATER + pki.DAY)

    source = TrustedListSource.objects.get(territory="XT")
    assert (source.problem, source.problem_since) == ("not_readable", LATER)
    assert (source.checked_at, source.tried_at) == (NOW, LATER + pki.DAY)


def test_where_lists_are_brought_as_files_nothing_is_fetched(publisher, settings):
    settings.LOTL_URL = ""

    assert not actions.refresh_due_lists(at=NOW)
    assert publisher.asked == []


def test_a_country_added_to_the_settings_is_looked_for_at_once(kept, settings):
    kept.add_country("YT")
    kept.sequence += 1
    settings.TRUSTED_LIST_TERRITORIES = ["XT", "YT"]

    assert actions.refresh_due_lists(at=NOW + pki.MINUTE)
    assert in_force()[2] == ("services", "YT", 7)


def test_a_wish_is_fulfilled_once(kept, monkeypatch, django_capture_on_commit_callbacks):
    sent = []
    monkeypatch.setattr(
        "documents.tasks.refresh_trusted_lists.apply_async", lambda **options: sent.append(options)
    )

    with django_capture_on_commit_callbacks(execute=True):
        actions.ask_for_refresh(at=NOW + pki.MINUTE)

    assert len(sent) == 1
    assert actions.refresh_due_lists(at=NOW + 2 * pki.MINUTE)
    assert not actions.refresh_due_lists(at=NOW + 3 * pki.MINUTE)


def test_one_refresh_at_a_time_until_the_turn_of_a_killed_one_runs_out(kept):
    until = LATER + 10 * pki.MINUTE
    TrustedListSource.objects.filter(territory=LIST_OF_LISTS).update(leased_until=until)

    assert not actions.refresh_trusted_lists(at=LATER)
    assert kept.asked == []
    assert actions.refresh_trusted_lists(at=until)
