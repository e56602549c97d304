"""Accessibility of every page: with data, empty, and with a refused form.

Each page wears another face (language, theme, size) every day; key screens wear all twelve in
every run, and with AXE_ALL=1 (`make axe`) every page does.
"""

import os

import pytest
from django.urls import reverse

from accounts.roles import ROLES
from tests.browser.axe import violations
from tests.browser.faces import ALL_FACES, face_of_the_day
from tests.browser.routes import all_routes, pages
from tests.browser.scene import NOT_IN_THE_SCENE, Scene
from tests.factories.accounts import UserFactory

EVERYTHING = bool(os.environ.get("AXE_ALL"))
APPS = sorted({route.app for route in all_routes()})
KEY_SCREENS = ["workspace:my_day", "workspace:new_call", "workspace:search"]
SEND_EMPTY = """(form) => {
  form.noValidate = true;
  for (const field of form.querySelectorAll("input:not([type=hidden]), textarea")) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = false;
    else if (field.type !== "submit") field.value = "";
  }
  form.requestSubmit();
}"""
FORMS = "main form[method=post]:not(.lang, .theme, .out)"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]


@pytest.fixture
def everybody(client):
    """One person who holds all roles and so may open every page."""
    user = UserFactory(roles=list(ROLES))
    client.force_login(user)
    return user


def faces(place):
    return ALL_FACES if EVERYTHING else [face_of_the_day(place)]


class Look:
    """Opens pages in the browser and gathers what axe says of each."""

    def __init__(self, context, live_server, sign_in, user):
        self.page = context.new_page()
        self.server = live_server.url
        self.sign_in = sign_in
        self.user = user
        self.found = {}

    def open(self, where, face):
        self.sign_in(user=self.user, language=face.language, theme=face.theme)
        self.page.set_viewport_size(face.viewport)
        self.page.goto(self.server + where)

    def settle(self):
        """Wait until what the form led to is there: another page, or a part swapped into this one."""
        self.page.wait_for_timeout(150)
        self.page.wait_for_load_state()

    def judge(self, title):
        if wrong := violations(self.page):
            self.found[title] = wrong

    def report(self):
        return "\n".join(
            f"{title}: {line}" for title, lines in self.found.items() for line in lines
        )


@pytest.fixture
def look(context, live_server, sign_in, everybody, faults):
    faults.expect("the server responded with a status of 422")
    return Look(context, live_server, sign_in, everybody)


@pytest.mark.parametrize("app", APPS)
def test_axe_finds_nothing_on_pages_without_data(look, client, app):
    routes = [route for route in all_routes() if route.app == app and not route.parameters]

    for place, (route, where) in enumerate(pages(client, routes, None)):
        for face in faces(place):
            look.open(where, face)
            look.judge(f"{route.name} empty {face}")

    assert look.report() == ""


@pytest.mark.parametrize("app", APPS)
def test_axe_finds_nothing_on_pages_with_data(look, client, app):
    routes = [route for route in all_routes() if route.app == app]

    for place, (route, where) in enumerate(pages(client, routes, Scene(look.user))):
        for face in faces(place + 3):
            look.open(where, face)
            look.judge(f"{route.name} {face}")

    assert look.report() == ""


@pytest.mark.parametrize("app", APPS)
def test_axe_finds_nothing_on_pages_whose_form_was_refused(look, client, faults, app):
    routes = [route for route in all_routes() if route.app == app]

    faults.expect("the server responded with a status of 404")  # an earlier form took it away
    faults.expect("the server responded with a status of 410")  # or revoked its link

    for place, (route, where) in enumerate([*pages(client, routes, Scene(look.user))]):
        face = face_of_the_day(place + 6)
        look.open(where, face)
        for number in range(look.page.locator(FORMS).count()):
            look.open(where, face)
            form = look.page.locator(FORMS).nth(number)
            if not form.is_visible():
                continue
            with look.page.expect_response(lambda answer: answer.request.method == "POST"):
                form.evaluate(SEND_EMPTY)
            look.settle()
            look.judge(f"{route.name} form {number} refused {face}")

    assert look.report() == ""


@pytest.mark.parametrize("face", ALL_FACES, ids=str)
def test_axe_finds_nothing_on_the_sign_in_page_in_any_face(look, context, face):
    look.open(reverse("workspace:my_day"), face)
    context.clear_cookies(name="sessionid")

    look.page.reload()
    look.judge("sign-in")

    assert look.report() == ""


@pytest.mark.parametrize("face", ALL_FACES, ids=str)
def test_axe_finds_nothing_on_key_screens_in_any_face(look, face):
    Scene(look.user)

    for name in KEY_SCREENS:
        look.open(reverse(name), face)
        look.judge(name)

    assert look.report() == ""


def test_every_address_can_be_filled_from_the_scene():
    scene = Scene(UserFactory(roles=list(ROLES)))

    unknown = {
        route.name: route.parameters
        for route in all_routes()
        if route.parameters and not can_be_filled(scene, route)
    }

    assert {name: parts for name, parts in unknown.items() if name not in NOT_IN_THE_SCENE} == {}


def can_be_filled(scene, route):
    try:
        return bool(scene.arguments(route))
    except LookupError:
        return False
