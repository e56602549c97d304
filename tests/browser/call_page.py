"""What the tests of the call screen do to it, and how they look at what became of it."""

import re
import time

from playwright.sync_api import expect

from inquiries.models import InquiryDraft

SAVED = "salvestatud"
QUESTION = "#call-question"
TOPIC = "#topic-search"


def crowding():
    """How many times slower all may be than alone on a quiet machine, by what else this one does.

    Three times even when it is quiet: browser, server and test share its cores. `make bench`
    measures; here only what has become far too slow is caught.
    """
    wall, own = time.monotonic(), time.process_time()
    while time.process_time() - own < 0.2:
        pass
    return 3 * max(1, (time.monotonic() - wall) / 0.2)


def leaves_the_call(page):
    """The page goes on to where a finish leads, however many times the way is begun."""
    expect(page).not_to_have_url(re.compile("/calls/"), timeout=30_000)
    page.wait_for_load_state()


def draft_of(page):
    return InquiryDraft.objects.get(pk=page.locator("#call-form").get_attribute("data-key"))


def wait_for(true, seconds=8):
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit, "waited in vain"
        time.sleep(0.05)


def saved_text(page, text):
    wait_for(lambda: draft_of(page).typed.get("question") == text)


def take_topic(page, text="veeluba"):
    page.locator(TOPIC).fill(text)
    expect(page.locator("#topic-list [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
