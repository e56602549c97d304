import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.urls import reverse

from accounts.models import AccessEntry, User
from common.encryption import decrypt
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "account_login"


@pytest.fixture(autouse=True)
def _no_attempts_yet():
    cache.clear()


def sign_in(client, user, password=PASSWORD, **kwargs):
    return client.post(reverse(LOGIN), {"login": user.username, "password": password}, **kwargs)


def confirm(client):
    """What concerns the second factor asks for the password once more."""
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302


def code_for(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def logged():
    return [entry.what for entry in AccessEntry.objects.order_by("pk")]


def test_right_password_lets_in_and_is_logged(client):
    user = UserFactory(role="specialist", language="ru", theme="dark")

    response = sign_in(client, user)

    assert (response.status_code, response.url) == (302, "/")
    assert logged() == ["login"]
    assert response.cookies["django_language"].value == "ru"
    assert response.cookies["theme"].value == "dark"
    user.refresh_from_db()
    assert user.last_seen_at is not None


def test_wrong_password_is_logged_without_what_was_typed(client):
    user = UserFactory()

    response = sign_in(client, user, "wrong horse")

    assert response.status_code == 200
    entry = AccessEntry.objects.get()
    assert (entry.what, entry.by_id, entry.subject_id) == ("login.failed", None, str(user.pk))


def test_unknown_name_gets_the_same_answer_as_a_wrong_password(client):
    known = sign_in(client, UserFactory(username="mari"), "wrong horse").content
    unknown = sign_in(client, UserFactory.build(username="nobody"), "wrong horse").content

    assert known.count(b"errorlist") == unknown.count(b"errorlist")
    assert b"error-summary" in unknown


def test_after_five_failures_even_the_right_password_waits_and_the_page_says_so(client):
    user = UserFactory(role="specialist")
    for _ in range(5):
        sign_in(client, user, "wrong horse")

    response = sign_in(client, user, headers={"Accept-Language": "en"})

    assert "15" in response.content.decode()
    assert logged() == ["login.failed"] * 5 + ["login.locked"]
    assert "_auth_user_id" not in client.session


def test_lock_of_one_name_does_not_lock_another(client):
    for _ in range(5):
        sign_in(client, UserFactory.build(username="somebody"), "wrong horse")

    assert sign_in(client, UserFactory()).status_code == 302


def test_lock_is_over_after_fifteen_minutes(client, monkeypatch):
    user = UserFactory()
    for _ in range(5):
        sign_in(client, user, "wrong horse")
    now = __import__("time").time()
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: now + 901)

    assert sign_in(client, user).status_code == 302


def test_closed_account_is_not_let_in(client):
    sign_in(client, UserFactory(is_active=False))

    assert "_auth_user_id" not in client.session


def test_one_click_signs_out_and_is_logged(client):
    user = UserFactory(role="specialist")
    sign_in(client, user)

    response = client.post(reverse("account_logout"))

    assert response.url == reverse(LOGIN)
    assert logged() == ["login", "logout"]
    user.refresh_from_db()
    assert user.last_seen_at is None


def test_nobody_can_sign_up_or_ask_for_a_password_by_mail(client):
    for path in ("signup/", "password/reset/", "email/", "3rdparty/"):
        assert client.get(f"/accounts/{path}").status_code == 404


def test_signed_out_reader_is_sent_to_sign_in_and_back(client):
    response = client.get("/settings/directory/")

    assert response.url == f"{reverse(LOGIN)}?next=/settings/directory/"


@pytest.mark.parametrize(
    ("page", "back"),
    [
        ("http://testserver/settings/?a=1", "/settings/?a=1"),
        ("https://elsewhere.example/settings/", "/"),
        ("http://testserver//elsewhere.example/", "/"),
        ("", "/"),
    ],
)
def test_signed_out_press_of_a_button_leads_back_to_the_page_where_it_stands(client, page, back):
    """The button's own address takes no reader: after signing in an empty page would stand there."""
    user = UserFactory()

    answer = client.post(reverse("accounts:set_away"), headers={"referer": page})
    signed_in = client.post(answer["Location"], {"login": user.username, "password": PASSWORD})

    assert signed_in["Location"] == back


def test_signed_out_reader_is_not_sent_to_another_site(client):
    response = client.post(
        f"{reverse(LOGIN)}?next=https://evil.example/",
        {"login": UserFactory().username, "password": PASSWORD},
    )

    assert response.url == "/"


@pytest.mark.parametrize(
    "headers",
    [{"HX-Request": "true"}, {"Accept": "application/json"}, {"Sec-Fetch-Mode": "cors"}],
)
def test_script_of_a_signed_out_page_gets_401_so_that_what_was_typed_stays(client, headers):
    response = client.post("/settings/directory/", headers=headers)

    assert (response.status_code, response.content) == (401, b"")
    assert response["X-Login-Url"] == reverse(LOGIN)


def test_refused_page_is_logged_by_its_route(client):
    client.force_login(UserFactory(role="specialist"))

    client.get("/settings/tokens/")

    entry = AccessEntry.objects.get(what="authz.denied")
    assert entry.reason == "GET settings/tokens/"


def test_second_factor_is_set_up_asked_for_and_turned_off(client):
    user = UserFactory(role="specialist")
    sign_in(client, user)
    confirm(client)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    kept = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    assert decrypt(kept.data["secret"]) == secret
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200
    client.post(reverse("account_logout"))
    cache.clear()

    asked = sign_in(client, user)
    assert asked.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "error-summary" in wrong.content.decode()
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert client.session["_auth_user_id"] == str(user.pk)

    confirm(client)
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=user).exists()


def test_recovery_code_lets_in_once(client):
    user = UserFactory(role="specialist")
    sign_in(client, user)
    confirm(client)
    client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": code_for(client.session["mfa.totp.secret"])})
    codes = (
        Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
        .wrap()
        .get_unused_codes()
    )
    client.post(reverse("account_logout"))
    cache.clear()

    sign_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    cache.clear()
    sign_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})

    assert "_auth_user_id" not in client.session


def test_administrator_sets_up_a_second_factor_first_where_the_house_asks(client, settings):
    settings.REQUIRE_TOTP_FOR_ADMIN = True
    user = UserFactory(role="administrator")
    sign_in(client, user)

    assert client.get("/settings/staff/").url == reverse("mfa_activate_totp")
    confirm(client)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200

    TOTP.activate(user, generate_totp_secret())
    assert client.get("/settings/staff/").status_code == 200


def test_second_factor_asks_for_the_password_once_more(client):
    sign_in(client, UserFactory(role="specialist"))

    asked = client.get(reverse("mfa_activate_totp"))

    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert client.get(asked.url).status_code == 200


def test_specialist_needs_no_second_factor(client, settings):
    settings.REQUIRE_TOTP_FOR_ADMIN = True
    client.force_login(UserFactory(role="specialist"))

    assert client.get("/settings/directory/").status_code == 200


def test_password_is_changed_on_its_page_and_a_weak_one_is_refused(client):
    user = UserFactory(role="specialist")
    sign_in(client, user)
    url = reverse("account_change_password")

    weak = client.post(url, {"oldpassword": PASSWORD, "password1": "short", "password2": "short"})
    good = client.post(
        url,
        {
            "oldpassword": PASSWORD,
            "password1": "a long new sentence",
            "password2": "a long new sentence",
        },
    )

    assert "error-summary" in weak.content.decode()
    assert good.url == reverse("accounts:settings")
    assert User.objects.get(pk=user.pk).check_password("a long new sentence")


@pytest.mark.parametrize(("language", "word"), [("et", "Parool"), ("ru", "Пароль")])
def test_password_has_one_name_on_the_page_of_signing_in(client, language, word):
    client.cookies["django_language"] = language
    page = client.get(reverse("account_login")).content.decode()
    assert word in page
    assert "alasõna" not in page
