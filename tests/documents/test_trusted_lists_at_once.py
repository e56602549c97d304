"""Two who renew the lists at the same moment, and one who is killed in the middle. On both engines."""

import os
import signal

import pytest
from django.db import connections

from documents import actions
from documents.actions.keep_trusted_list import Proof, keep_trusted_list
from documents.gateways import list_server
from documents.models import TrustedList, TrustedListSource
from documents.models.trusted_list_source import LIST_OF_LISTS
from tests.documents.signatures import lists, pki
from tests.two_processes import FORK, at_once

pytestmark = pytest.mark.django_db(transaction=True)

NOW = pki.NOW + pki.DAY


def refresh():
    return actions.refresh_trusted_lists(at=NOW)


def in_force():
    rows = TrustedList.objects.filter(is_current=True).order_by("kind")
    return [(one.territory, one.sequence) for one in rows]


def test_of_two_refreshes_at_once_one_asks(publisher):
    refresh()
    publisher.asked.clear()
    publisher.countries["XT"].sequence += 1
    publisher.faults["/lotl.xml"], publisher.slowness = "hesitant", 0.5

    did = at_once(refresh, refresh)

    assert sorted(did) == [False, True]
    assert publisher.asked == ["/lotl.xml", "/XT.xml"]
    assert in_force() == [("EU", 300), ("XT", 8)]


def test_the_same_list_from_two_sides_is_kept_once():
    content = lists.list_xml(*lists.usual())

    def keep():
        return keep_trusted_list(
            store="live", source="XT.xml", content=content, proof=Proof(reason="a test"), at=NOW
        ).pk

    first, second, third = at_once(keep, keep, keep)

    assert first == second == third
    assert TrustedList.objects.count() == 1


def test_of_two_lists_at_once_the_newer_is_in_force():
    def keep(sequence):
        keep_trusted_list(
            store="live",
            source="XT.xml",
            content=lists.list_xml(*lists.usual(), sequence=sequence),
            proof=Proof(reason="a test"),
            at=NOW,
        )
        return sequence

    kept = at_once(lambda: keep(7), lambda: keep(8))

    assert kept[1] == 8
    assert kept[0] in (7, "OlderList")
    assert in_force() == [("XT", 8)]


def killed_at(address_end):
    """Run a refresh in a process that is killed as it comes to ask for the list."""
    honest = list_server._get

    def get(address):
        if address.endswith(address_end):
            os.kill(os.getpid(), signal.SIGKILL)
        return honest(address)

    def run():
        list_server._get = get
        refresh()

    connections.close_all()
    process = FORK.Process(target=run)
    process.start()
    process.join(60)
    return process.exitcode


def test_a_refresh_that_is_killed_in_the_middle_is_gone_on_with(publisher):
    assert killed_at("/XT.xml") == -signal.SIGKILL
    assert in_force() == [("EU", 300)]

    soon, later = NOW + pki.MINUTE, NOW + 10 * pki.MINUTE
    assert not actions.refresh_due_lists(at=soon)  # the turn of the killed one
    assert actions.refresh_due_lists(at=later)

    assert in_force() == [("EU", 300), ("XT", 7)]
    assert TrustedListSource.objects.get(territory=LIST_OF_LISTS).leased_until is None


def test_a_list_stays_in_force_when_the_next_refresh_is_killed(publisher):
    refresh()
    publisher.countries["XT"].sequence += 1

    assert killed_at("/lotl.xml") == -signal.SIGKILL

    assert in_force() == [("EU", 300), ("XT", 7)]
