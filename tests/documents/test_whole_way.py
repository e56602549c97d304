"""From drafts to access held, through all actions, with real signatures."""

import pytest

from documents.models import Access
from documents.states import CaseState, PaperState
from tests.documents import signing
from tests.documents.situations import World
from tests.factories.documents import JURI, MARI

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trusted_list():
    return signing.keep_trusted_list()


def states(world):
    return [paper.state for paper in world.papers]


def test_a_set_signed_jointly_becomes_access():
    world = World(("KASUTUSLEPING", "VOLIKIRI_PEA", "VOLIKIRI_TAVA"), is_joint=True).draft().seal()
    agreement, authorisations = world.envelopes
    assert [paper.kind for paper in authorisations.papers.order_by("pk")] == [
        "VOLIKIRI_PEA",
        "VOLIKIRI_TAVA",
    ]

    assert world.agency_signs(agreement).state == "good"
    assert states(world) == ["agency_signed", "draft_ready", "draft_ready"]
    world.send()
    assert states(world) == ["sent"] * 3

    for envelope in world.envelopes:
        first = world.bring(envelope, MARI[1])
        assert (first.state, first.faults) == ("good", [])
    assert states(world) == ["partly_signed"] * 3
    for envelope in world.envelopes:
        world.bring(envelope, JURI[1])
    assert states(world) == [PaperState.RETURNED] * 3

    world.register_agrees().confirm()
    assert states(world) == [PaperState.CHECKED] * 3
    world.enter(told_how="phone")

    assert world.case.state == CaseState.DONE
    assert world.case.closed_at == world.at
    kinds = list(Access.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["agreement", "main_user", "user"]
