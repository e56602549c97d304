"""The link of a score in the satisfaction mail: one click of a person, and no click of a filter."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from common.models import OutgoingMail
from inquiries import actions
from inquiries.models import SatisfactionQuestion
from tests.factories.inquiries import InquiryFactory, LetterFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture
def link(live_server):
    """Where the best score of a mail that has just been sent leads to."""
    now = timezone.now()
    ended = now - dt.timedelta(days=1.5)
    inquiry = InquiryFactory(channel="email", state_since=ended, client=None)
    LetterFactory(inquiry=inquiry, sender_address="mari@example.ee")
    assert actions.ask_satisfaction(at=now) == 1
    path = re.search(r"/ask/opinion/[\w-]+/5/", OutgoingMail.objects.get().text)[0]
    return live_server.url + path


def score():
    return SatisfactionQuestion.objects.get().score


def test_filter_that_opens_the_link_in_a_browser_answers_nothing(page, link):
    page.goto(link)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.dispatchEvent(new PointerEvent('pointermove'))")  # made by a program
    page.mouse.move(
        0, 0
    )  # as a browser does by itself when a page is drawn below a resting pointer
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)

    expect(page.locator("#score-form [data-chosen]")).to_have_count(1)
    assert score() is None


def test_person_who_opens_the_link_has_answered(page, link):
    page.goto(link)
    page.wait_for_load_state("networkidle")

    page.mouse.move(20, 20, steps=3)

    expect(page.get_by_role("heading", level=2)).to_have_text("Täname, Teie vastus on kirjas")
    assert score() == 5


def test_without_scripts_the_button_answers(new_context, link):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(link)
    assert score() is None

    page.locator("#score-form button[value='4']").click()

    assert score() == 4
