"""The texts of demo inquiries: enough of them, in three languages, about topics that exist."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXTS = [
    json.loads(line)
    for line in (ROOT / "inquiries/seed/texts.jsonl").read_text(encoding="utf-8").splitlines()
]
HINTS = {"solved", "referred_out", "callback", "with_unit", "access_papers"}


def test_there_are_enough_texts_and_none_twice():
    assert len(TEXTS) >= 330
    assert len({text["question"] for text in TEXTS}) == len(TEXTS)


def test_languages_are_shared_out_as_on_the_line():
    shares = {
        language: count / len(TEXTS)
        for language, count in Counter(text["language"] for text in TEXTS).items()
    }

    assert 0.55 < shares["et"] < 0.65
    assert 0.25 < shares["ru"] < 0.35
    assert 0.05 < shares["en"] < 0.15


def test_every_topic_of_the_second_level_has_texts():
    with (ROOT / "knowledge/seed/topics.csv").open(encoding="utf-8", newline="") as file:
        topics = {row["code"] for row in csv.DictReader(file) if row["level"] == "2"}

    assert {text["topic"] for text in TEXTS} == topics


def test_russian_texts_are_russian():
    wrong = [
        text["question"]
        for text in TEXTS
        for part in (text["question"], text["answer"])
        if bool(re.search("[а-яё]", part)) != (text["language"] == "ru")
    ]

    assert wrong == []


def test_outcomes_are_known_and_nobody_is_named_by_code_or_number():
    assert {text["outcome_hint"] for text in TEXTS} <= HINTS
    assert [text for text in TEXTS if re.search(r"\b[1-8]\d{10}\b|\+372", str(text))] == []
