"""Papers that lie with clients: reminded after 5 and 10 working days, expired after 30 days."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from common.models import ExternalLink, OutgoingMail
from documents import actions
from documents.models import ReturnedFile
from documents.states import PaperState
from tests.documents import signing
from tests.documents.situations import World
from tests.factories.documents import JURI, MARI

pytestmark = pytest.mark.django_db
# A Monday, at ten.
SENT = dt.datetime(2026, 10, 5, 10, tzinfo=ZoneInfo("Europe/Tallinn"))


@pytest.fixture(autouse=True)
def trusted_list():
    return signing.keep_trusted_list(SENT)


@pytest.fixture
def world():
    return World(("VOLIKIRI_PEA",), is_joint=True, at=SENT).draft().seal().send()


def reminders():
    letters = OutgoingMail.objects.filter(key__startswith="documents.ask:", queued_at__gt=SENT)
    return [mail.to for mail in letters.order_by("pk")]


def watched(days, hour=10):
    return actions.watch_envelopes(at=SENT.replace(hour=hour) + dt.timedelta(days=days))


def test_who_has_not_signed_is_reminded_twice_and_no_more(world):
    mari = world.envelopes[0].signers.get(name=MARI[0])
    world.bring(world.envelopes[0], JURI[1])

    told = [watched(days) for days in (4, 7, 7, 13, 14, 14, 20)]

    assert told == [0, 1, 0, 0, 1, 0, 0]
    assert reminders() == [f"{mari.pk}@example.ee"] * 2


def test_nobody_is_reminded_at_night(world):
    assert watched(7, hour=3) == 0
    assert reminders() == []


def test_after_thirty_days_papers_expire_and_sending_again_renews_them(world):
    assert watched(29) == 1  # the reminders that were due
    assert watched(30) == 1

    assert {paper.state for paper in world.papers} == {PaperState.EXPIRED}
    assert not ExternalLink.objects.filter(
        purpose="documents.client_page", revoked_at=None
    ).exists()
    world.at = SENT + dt.timedelta(days=31)
    world.send()
    assert {paper.state for paper in world.papers} == {PaperState.SENT}


def test_file_that_comes_after_expiry_is_still_taken_in(world):
    watched(30)

    world.bring(world.envelopes[0], MARI[1])

    assert ReturnedFile.objects.get().state == "good"
    assert {paper.state for paper in world.papers} == {PaperState.PARTLY_SIGNED}
