"""Browser stories: Debian's Chromium, our own server, and three things that hold on every page.

Nothing breaks the content security policy, nothing is written to the console as an error, and
nothing is asked from another host.
"""

import copy
import os
import shutil
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import handlers
from django.test import Client

from tests.browser.server import StoryHandler
from tests.event_stream import event_stream
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import (
    ArticleFactory,
    ArticleVersionFactory,
    TopicFactory,
    TopicTermFactory,
)

# The shell without windows first: the whole browser draws its own tabs and menus for each page, unseen.
BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
COLLECT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""

# Playwright's synchronous interface runs an event loop; here, and only here, the ORM may be used in it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(autouse=True, scope="session")
def _live_server_of_stories():
    """pytest-django looks here when it starts the server."""
    kept = handlers.StaticFilesHandler
    handlers.StaticFilesHandler = StoryHandler
    yield
    handlers.StaticFilesHandler = kept


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": CHROMIUM, "args": ARGUMENTS, "headless": True}


@pytest.fixture(scope="session")
def browser_context_args():
    return {
        "viewport": {"width": 1440, "height": 900},
        "reduced_motion": "reduce",
        "locale": "et-EE",
        "timezone_id": settings.TIME_ZONE,
    }


class Faults:
    """What a page did wrong, collected while the test runs."""

    def __init__(self, own_host):
        self.own_host = own_host
        self.seen = []
        self.expected = []

    def watch(self, context):
        context.add_init_script(COLLECT_VIOLATIONS)
        context.on("console", self.on_console)
        context.on("weberror", lambda error: self.note(f"script: {error.error}"))
        context.on("request", self.on_request)
        context.on("dialog", lambda dialog: self.note(f"dialog: {dialog.message}"))

    def on_console(self, message):
        if message.type == "error":
            self.note(f"console: {message.text} ({message.location.get('url', '')})")

    def on_request(self, request):
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self.own_host:
            self.note(f"another host: {request.url}")

    def note(self, fault):
        self.seen.append(fault)

    def expect(self, text):
        """This test provokes faults that hold the text; they are no fault then."""
        self.expected.append(text)

    @property
    def unexpected(self):
        return [fault for fault in self.seen if not any(text in fault for text in self.expected)]


@pytest.fixture
def faults(live_server):
    return Faults(urlsplit(live_server.url).netloc)


@pytest.fixture
def context(new_context, faults):
    """A fresh browser context that is watched; every test ends without a fault."""
    context = new_context()
    faults.watch(context)
    yield context
    context.close()
    assert faults.unexpected == []


@pytest.fixture
def sign_in(context, live_server, client):
    """`sign_in("specialist")` makes a member of staff with the role and lets the browser in."""

    def enter(role=None, *, user=None, language="et", theme="light"):
        user = user or UserFactory(role=role)
        client.force_login(user)
        cookies = {
            settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value,
            settings.LANGUAGE_COOKIE_NAME: language,
            "theme": theme,
        }
        context.add_cookies(
            [
                {"name": name, "value": value, "url": live_server.url}
                for name, value in cookies.items()
            ]
        )
        return user

    return enter


@pytest.fixture
def stream(context, live_server, settings, faults, transactional_db):
    """The process `live` on a port of its own, as in `make run`, and how to stop and start it."""
    running = event_stream()
    port = running.__enter__()
    address = f"http://{urlsplit(live_server.url).hostname}:{port}"
    policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
    policy["DIRECTIVES"]["connect-src"].append(address)
    settings.CONTENT_SECURITY_POLICY = policy
    settings.LIVE_PORT, settings.SITE_URL = str(port), live_server.url
    faults.expect(f"{address}/live/events")

    class Stream:
        def stop(self):
            self.running.__exit__(None, None, None)

        def start(self):
            self.running = event_stream(port)
            self.running.__enter__()

    stream = Stream()
    stream.running = running
    yield stream
    for page in context.pages:
        page.close()
    stream.stop()


@pytest.fixture
def another(new_context, faults, live_server):
    """`another(user)` is a page in a browser of a colleague's own. Ask for it after `stream`."""
    opened = []

    def enter(user, language="et"):
        context = new_context()
        faults.watch(context)
        opened.append(context)
        browser = Client()
        browser.force_login(user)
        cookies = {
            settings.SESSION_COOKIE_NAME: browser.cookies[settings.SESSION_COOKIE_NAME].value,
            settings.LANGUAGE_COOKIE_NAME: language,
        }
        context.add_cookies(
            [
                {"name": name, "value": value, "url": live_server.url}
                for name, value in cookies.items()
            ]
        )
        return context.new_page()

    yield enter
    for context in opened:
        context.close()


@pytest.fixture
def agent(sign_in):
    return sign_in("specialist")


@pytest.fixture
def topic(db):
    """A common topic with its usual source, on the agent's first digit."""
    article = ArticleFactory()
    ArticleVersionFactory(article=article, title="Veeluba ja registreering")
    made = TopicFactory(name_et="Veeluba", name_ru="Водное разрешение", default_article=article)
    article.topics.add(made)
    TopicTermFactory(topic=made, text="veeloa")
    return made


@pytest.fixture
def call(page, live_server, agent):
    """An open, empty call."""
    page.goto(f"{live_server.url}/calls/new/")
    page.wait_for_url("**/calls/*-*/")
    return page
