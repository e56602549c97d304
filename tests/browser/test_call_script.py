"""The script of a topic, stepped by keyboard beside the call form."""

import datetime as dt
import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from inquiries.models import Inquiry, InquiryDraft
from knowledge.actions import publish_script_version
from tests.factories.knowledge import ArticleFactory, ArticleVersionFactory, TopicFactory
from tests.knowledge.test_scripts import BODY

TOPIC = "#topic-search"


@pytest.fixture
def script(db):
    article = ArticleFactory()
    ArticleVersionFactory(article=article, title="Veeluba ja registreering")
    topic = TopicFactory(name_et="Veeluba", default_article=article)
    article.topics.add(topic)
    return publish_script_version(
        topic=topic, body=BODY, valid_from=dt.date(2026, 1, 1), by=None, at=timezone.now()
    )


def wait_for(true, seconds=8):
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit, "waited in vain"
        time.sleep(0.05)


def test_script_is_stepped_by_digits_kept_with_the_draft_and_fills_the_answer(
    page, live_server, sign_in, script
):
    sign_in("specialist")
    page.goto(f"{live_server.url}/calls/new/")
    page.wait_for_url("**/calls/*-*/")
    page.locator(TOPIC).fill("veeluba")
    expect(page.locator("#topic-list [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#call-script")).to_be_visible()
    page.locator("#call-question").fill("Kas on vaja luba?")

    page.keyboard.press("Alt+KeyQ")
    page.keyboard.press("1")
    expect(page.locator("#call-script [data-step=more]")).to_be_visible()
    page.keyboard.press("Backspace")
    expect(page.locator("#call-script [data-step=start]")).to_be_visible()
    page.keyboard.press("2")
    expect(page.locator("#call-script [data-end]")).to_be_visible()
    page.keyboard.press("Enter")

    expect(page.locator("#call-answer")).to_have_value("Ei ole vaja et")
    expect(page.locator("#call-outcome [value=solved]")).to_be_checked()
    draft = InquiryDraft.objects.get(pk=page.locator("#call-form").get_attribute("data-key"))
    wait_for(
        lambda: '"path":[2]' in InquiryDraft.objects.get(pk=draft.pk).typed.get("script_path", "")
    )

    page.reload()
    expect(page.locator("#call-script [data-end]")).to_be_visible()
    page.keyboard.press("Control+Enter")
    wait_for(lambda: Inquiry.objects.filter(key=draft.pk).exists())

    kept = {"version": script.pk, "path": [2], "outcome": "solved"}
    assert Inquiry.objects.get(key=draft.pk).script_path == kept
