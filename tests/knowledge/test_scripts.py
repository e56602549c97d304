import datetime as dt
import json
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from inquiries import actions as inquiries
from inquiries.states import OUTCOMES, Outcome
from inquiries.typed import typed_of
from knowledge import actions
from knowledge.models import ScriptVersion, Topic
from knowledge.script_text import Ending, ScriptNotUnderstood, ScriptNotWhole, read_script, walk
from knowledge.scripts import kept_path, script_of, walked
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import InquiryDraftFactory, InquiryFactory
from tests.factories.knowledge import TopicFactory
from tests.htmx import soup

SEED = Path(__file__).parents[2] / "knowledge" / "seed" / "scripts"
NOON = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)


def words(text):
    return "\n".join(f"{language}: {text} {language}" for language in ("et", "ru", "en"))


def said(text):
    return "\n".join(f"> {language}: {text} {language}" for language in ("et", "ru", "en"))


BODY = "\n".join(
    [
        "## start", words("Kas?"),
        "-> more", words("Jah"),
        "=> solved", words("Ei"), said("Ei ole vaja"),
        "## more", words("Kus?"),
        "=> with_unit", words("Siin"),
    ]
)  # fmt: skip


def published(body=BODY, topic=None, valid_from=dt.date(2026, 1, 1)):
    return actions.publish_script_version(
        topic=topic or TopicFactory(), body=body, valid_from=valid_from, by=None, at=NOON
    )


@pytest.mark.parametrize("path", sorted(SEED.glob("*.md")), ids=lambda path: path.stem)
def test_script_of_the_product_is_whole(path):
    steps = read_script(path.read_text(encoding="utf-8"))

    assert len(steps) >= 3
    assert all(
        answer.text.keys() == {"et", "ru", "en"}
        for step in steps
        for answer in step.answers
        if answer.ending
    )


def test_four_topics_have_a_script():
    assert len(list(SEED.glob("*.md"))) >= 4


def test_endings_are_outcomes_that_a_contact_may_have():
    assert {Outcome(value) for value in Ending.values} == {
        outcome for outcome, rule in OUTCOMES.items() if rule.is_offered and rule.needs
    }


def test_path_is_followed_to_its_end():
    steps = read_script(BODY)

    taken = walk(steps, [1, 1])

    assert [(one.step.name, one.answer.ending) for one in taken] == [
        ("start", ""),
        ("more", "with_unit"),
    ]


@pytest.mark.parametrize("path", [[3], [0], [2, 1], [1, 1, 1]])
def test_path_that_leads_nowhere_is_none(path):
    assert walk(read_script(BODY), path) is None


@pytest.mark.parametrize(
    ("body", "refusal", "why"),
    [
        ("", ScriptNotWhole, "–"),
        ("tere", ScriptNotUnderstood, "1"),
        (BODY.replace("-> more", "-> less"), ScriptNotWhole, "start"),
        (BODY.replace("=> with_unit", "=> wherever"), ScriptNotWhole, "more"),
        (BODY.replace("ru: Kus? ru\n", ""), ScriptNotWhole, "more"),
        (BODY + "\n" + BODY, ScriptNotWhole, "start"),
        (BODY.replace("-> more", "=> solved"), ScriptNotWhole, "more"),
        (f"## only\n{words('Kas?')}", ScriptNotWhole, "only"),
    ],
)
def test_script_that_leads_astray_is_refused_with_its_place(body, refusal, why):
    with pytest.raises(refusal, match=why):
        read_script(body)


@pytest.mark.django_db
def test_new_version_stands_beside_the_old_one_and_counts_from_its_day():
    first = published()
    second = published(BODY.replace("Kus?", "Millal?"), first.topic, dt.date(2026, 12, 1))

    assert (first.number, second.number) == (1, 2)
    assert ScriptVersion.objects.in_force(first.topic, dt.date(2026, 11, 30)) == first
    assert ScriptVersion.objects.in_force(first.topic, dt.date(2026, 12, 1)) == second


@pytest.mark.django_db
def test_version_is_never_changed():
    version = published()

    with pytest.raises(DatabaseError), transaction.atomic():
        ScriptVersion.objects.filter(pk=version.pk).update(body="muu")


@pytest.mark.django_db
@pytest.mark.usefixtures("_reference_data")
def test_product_brings_scripts_and_brings_them_once():
    topic = Topic.objects.get(code="LOOD-ABITU")

    actions.load_reference_data(by=None, at=NOON)

    script = script_of(topic, language="ru", on=dt.date(2026, 11, 23))
    assert topic.scripts.count() == 1
    assert script.steps[0].ask.startswith("Опасно ли")
    assert script.steps[0].answers[0].ending == "referred_out"


@pytest.mark.django_db
def test_path_and_its_ending_are_kept_with_the_inquiry_and_shown(client):
    version = published()
    agent = UserFactory(role="specialist")
    typed = {
        "channel": "phone",
        "language": "et",
        "outcome": "with_unit",
        "topic": str(version.topic.pk),
        "question": "Kus?",
        "script_path": json.dumps({"version": version.pk, "path": [1, 1]}),
    }
    kept = kept_path(typed["script_path"])
    draft = InquiryDraftFactory(owner=agent, typed={**typed, "outcome": "wrong_number"})

    inquiry = inquiries.finish_inquiry(key=draft.key, by=agent, at=timezone.now())
    client.force_login(agent)
    page = soup(client.get(reverse("inquiries:show", args=[inquiry.pk])))

    assert kept == {"version": version.pk, "path": [1, 1], "outcome": "with_unit"}
    assert inquiry.script_path == kept
    assert [item.text.split() for item in page.select(".script-path li")] == [
        ["Kas?", "et", "Jah", "et"],
        ["Kus?", "et", "Siin", "et"],
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sent", ["", "x", "[]", "{}", '{"version": 0, "path": [1]}', '{"version": "a", "path": 1}']
)
def test_path_that_means_nothing_is_not_kept(sent):
    assert kept_path(sent) is None


@pytest.mark.django_db
def test_path_is_read_in_the_wording_it_was_taken_in():
    version = published()
    kept = kept_path(json.dumps({"version": version.pk, "path": [2]}))
    published(BODY.replace("Kas?", "Miks?"), version.topic)

    assert [step.ask for step in walked(kept, language="en")] == ["Kas? en"]


@pytest.mark.django_db
def test_later_change_leaves_the_path_alone():
    version = published()
    kept = kept_path(json.dumps({"version": version.pk, "path": [2]}))
    inquiry = InquiryFactory(script_path=kept)

    inquiries.change_inquiry(
        inquiry=inquiry,
        version=inquiry.version,
        typed={**typed_of(inquiry), "question": "Teine küsimus?"},
        by=inquiry.agent,
        at=timezone.now(),
    )
    inquiry.refresh_from_db()

    assert inquiry.script_path == kept


@pytest.mark.django_db
def test_coordinator_writes_a_script_and_is_told_at_the_field_what_is_wrong(client):
    topic = TopicFactory()
    page = reverse("knowledge:write_script", args=[topic.code])
    client.force_login(UserFactory(role="coordinator"))

    refused = client.post(page, {"body": "tere", "valid_from": "2026-11-23"})
    taken = client.post(page, {"body": BODY, "valid_from": "2026-11-23"})

    assert "tere" in soup(refused).select_one(".errorlist").text
    assert taken.status_code == 302
    assert topic.scripts.get().body == BODY


@pytest.mark.django_db
def test_specialist_may_not_write_scripts(client):
    client.force_login(UserFactory(role="specialist"))

    answer = client.get(reverse("knowledge:write_script", args=[TopicFactory().code]))

    assert answer.status_code == 403


@pytest.mark.django_db
def test_help_of_the_topic_holds_the_script_in_the_language_of_the_call(client):
    version = published()
    client.force_login(UserFactory(role="specialist"))
    page = reverse("workspace:topic_help", args=[version.topic_id])

    shown = soup(client.get(page, {"language": "ru"}))

    assert [p.text for p in shown.select("#call-script [data-step] > p")] == ["Kas? ru", "Kus? ru"]
    assert shown.select_one("#call-script")["data-version"] == str(version.pk)
