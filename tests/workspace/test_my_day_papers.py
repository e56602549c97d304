"""Cards of my day about papers, signatures and accesses; each counts what its list shows."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleAssignment
from documents.models import Access
from tests.documents import signing
from tests.documents.situations import World
from tests.factories.accounts import UserFactory
from tests.factories.documents import AccessCaseFactory, PaperFactory
from workspace.queries.my_day import cards_for

pytestmark = [pytest.mark.django_db, signing.quiet]


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def cards(user):
    return {card.key: card for card in cards_for(user, timezone.now())}


def grant(**fields):
    today = timezone.localdate()
    return Access.objects.create(
        **{
            "organisation_code": "19999905",
            "kind": "agreement",
            "granted_by": PaperFactory(requested=True),
            "valid_from": today - dt.timedelta(days=40),
        }
        | fields
    )


def test_own_cases_in_which_the_next_step_is_ours_are_counted_as_listed(client):
    user = UserFactory(role="specialist")
    AccessCaseFactory.create_batch(2, kotkas=True, responsible=user)
    AccessCaseFactory(kotkas=True)
    client.force_login(user)

    card = cards(user)["cases-for-us"]

    assert card.count == 2
    assert len(client.get(card.url).context["page"].rows) == 2


def test_envelope_of_two_papers_waits_once_for_whoever_signs_for_the_agency(client):
    world = World(("KASUTUSLEPING",)).draft().seal()
    holder = world.delegation.holder
    RoleAssignment.objects.create(user=holder, role="specialist", starts_on=dt.date(2020, 1, 1))
    world.envelopes[0].papers.add(
        PaperFactory(requested=True, case=world.case, state="draft_ready", rendered_at=world.at)
    )
    client.force_login(holder)

    card = cards(holder)["to-sign"]

    assert card.count == 1
    assert len(client.get(card.url).context["rows"]) == 1
    assert "to-sign" not in cards(world.by)


def test_rights_to_close_and_accesses_in_doubt_are_counted_as_listed(client):
    user = UserFactory(role="specialist")
    today = timezone.localdate()
    grant(ends_on=today)
    grant(ends_on=today, closed_at=timezone.now())
    grant(ends_on=today + dt.timedelta(days=1))

    before = cards(user)
    grant(doubt="bankrupt", doubted_at=timezone.now())
    after = cards(user)

    assert (before["rights-to-close"].count, before["rights-to-close"].tone) == (1, "bad")
    assert "in-doubt" not in before
    assert after["in-doubt"].count == 1
    assert after["in-doubt"].url == reverse("documents:access")
