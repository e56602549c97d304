"""The browser's half of the live events: one connection for all tabs, none missed."""

import time

import pytest
from django.urls import reverse
from django.utils import timezone

from common import actions
from common.live.stream import hub
from common.models import NumberSeries

LISTEN = """() => {
  window.heard = [];
  document.addEventListener("live:check-changed", ({ detail }) => window.heard.push(detail.id));
}"""


@pytest.fixture
def tab(context, live_server, sign_in, stream):
    sign_in("specialist")

    def open_tab():
        page = context.new_page()
        page.goto(f"{live_server.url}{reverse('workspace:my_day')}")
        page.evaluate(LISTEN)
        return page

    return open_tab


def publish(pk):
    actions.publish_event(kind="check-changed", about=NumberSeries(pk=pk), at=timezone.now())


def until(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    assert condition()


def heard(page, ids, seconds=10):
    page.wait_for_function(
        "ids => JSON.stringify(window.heard) === JSON.stringify(ids)",
        arg=ids,
        timeout=seconds * 1000,
    )


def test_all_tabs_hear_by_one_connection_and_another_tab_takes_over(tab):
    first, second, third = tab(), tab(), tab()
    until(lambda: len(hub.listeners) == 1)

    publish(1)
    for page in (first, second, third):
        heard(page, ["1"])
    assert len(hub.listeners) == 1

    first.close()  # the one that held the connection
    publish(2)  # perhaps while nobody listens
    for page in (second, third):
        heard(page, ["1", "2"])
    until(lambda: len(hub.listeners) == 1)


def test_what_happened_while_the_stream_was_down_is_heard_once_it_is_back(tab, stream, faults):
    faults.expect("net::ERR_")
    page = tab()
    until(lambda: len(hub.listeners) == 1)
    publish(1)
    heard(page, ["1"])

    stream.stop()
    publish(2)
    stream.start()

    heard(page, ["1", "2"], seconds=20)
