import datetime as dt

import pytest

from common import actions
from common.actions import LinkNotValid
from common.models import ExternalLink, LinkOpening
from common.models import NumberSeries as Anything

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(days=3)

pytestmark = pytest.mark.django_db


@pytest.fixture
def link():
    about = Anything.objects.create(series="P", year=2026)
    return actions.issue_external_link(
        purpose="confirm", about=about, expires_at=LATER, by=None, at=NOON
    )


def opened():
    return list(LinkOpening.objects.order_by("pk").values_list("at", "was_let_in"))


def test_token_opens_the_page_and_each_opening_is_logged(link):
    issued, token = link

    for _ in range(2):
        found = actions.open_external_link(token=token, purpose="confirm", at=NOON)

    assert found == issued
    assert opened() == [(NOON, True), (NOON, True)]


def test_token_itself_is_kept_nowhere(link):
    _, token = link

    assert token not in str(list(ExternalLink.objects.values()))
    assert len(token) >= 43


def test_expired_link_is_refused_and_the_try_is_logged(link):
    with pytest.raises(LinkNotValid):
        actions.open_external_link(token=link[1], purpose="confirm", at=LATER)

    assert opened() == [(LATER, False)]


def test_revoked_link_is_refused_and_keeps_its_first_moment(link):
    issued, token = link
    actions.revoke_external_link(link=issued, at=NOON)
    actions.revoke_external_link(link=issued, at=LATER)

    with pytest.raises(LinkNotValid):
        actions.open_external_link(token=token, purpose="confirm", at=NOON)
    assert issued.revoked_at == NOON


@pytest.mark.parametrize("wrong", [{"purpose": "survey"}, {"token": "made-up"}, {"token": ""}])
def test_link_for_another_purpose_and_made_up_token_are_refused_alike(link, wrong):
    with pytest.raises(LinkNotValid):
        actions.open_external_link(**{"token": link[1], "purpose": "confirm", "at": NOON, **wrong})
