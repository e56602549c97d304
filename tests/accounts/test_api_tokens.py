import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.test import APIRequestFactory

from accounts import actions
from accounts.api.authentication import TokenAuthentication
from accounts.models import ApiToken
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def issue(user=None, days=30):
    return actions.issue_api_token(
        user=user or UserFactory(role="specialist"),
        name="aruandlus",
        scopes=["inquiries.read"],
        expires_at=timezone.now() + dt.timedelta(days=days),
        by=None,
        at=timezone.now(),
    )


def authenticate(secret):
    request = APIRequestFactory().get("/", headers={"Authorization": f"Bearer {secret}"})
    return TokenAuthentication().authenticate(request)


def test_token_opens_the_account_with_its_scopes_and_is_nowhere_kept():
    token, secret = issue()

    user, found = authenticate(secret)

    assert (user, found, found.scopes) == (token.user, token, ["inquiries.read"])
    assert secret not in str(ApiToken.objects.values().get())
    token.refresh_from_db()
    assert token.last_used_at is not None


@pytest.mark.parametrize("case", ["revoked", "expired", "closed", "unknown", "empty"])
def test_token_that_no_longer_counts_is_refused(case):
    token, secret = issue(days=-1 if case == "expired" else 30)
    if case == "revoked":
        actions.revoke_api_token(token=token, by=None, at=timezone.now())
    if case == "closed":
        type(token.user).objects.update(is_active=False)
    if case == "unknown":
        secret += "x"
    if case == "empty":
        secret = ""

    with pytest.raises(AuthenticationFailed):
        authenticate(secret)


def test_request_without_a_token_is_left_to_others():
    assert TokenAuthentication().authenticate(APIRequestFactory().get("/")) is None


def test_token_is_shown_once_and_can_do_no_more_than_its_account(client):
    client.force_login(UserFactory(role="administrator"))
    specialist = UserFactory(role="specialist")
    url = reverse("accounts:tokens")
    sent = {
        "name": "aruandlus",
        "user": specialist.pk,
        "expires_on": (timezone.localdate() + dt.timedelta(days=9)).isoformat(),
    }

    refused = client.post(url, {**sent, "scopes": ["accounts.manage_staff"]})
    shown = client.post(url, {**sent, "scopes": "inquiries.read"})

    assert refused.status_code == 422
    token = ApiToken.objects.get()
    assert f'<code class="wrap">{token.beginning}' in shown.content.decode()
    again = client.get(url).content.decode()
    assert 'class="wrap"' not in again
    client.post(reverse("accounts:revoke_token", args=[token.pk]))
    token.refresh_from_db()
    assert token.revoked_at is not None
