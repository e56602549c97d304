"""Letters that nobody wrote: in three languages, some late, some with a unit, some answered."""

import datetime as dt
import uuid
from collections.abc import Iterator
from itertools import islice
from random import Random
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from common.clock import working_clock
from common.models import NumberSeries
from inquiries.choices import answering_agents
from inquiries.demo_world import Drawn, texts_by_topic, topic_facts
from inquiries.models import (
    Inquiry,
    LegalKind,
    LegalTerm,
    Letter,
    LetterDirection,
    LetterKind,
    UnitRequest,
)
from inquiries.queries import last_day
from inquiries.states import InquiryState, Outcome
from inquiries.wording import salutation, signature
from knowledge.models import Topic

BATCH = 2_000
CHANNELS = {"email": 70, "web": 18, "post": 12}
LANGUAGES = {"et": 68, "ru": 26, "en": 6}
KINDS = {"explanation": 72, "information": 14, "memorandum": 10, "complaint": 4}
# Days since a letter that is still open came; the older ones are late by now.
STATES = {
    InquiryState.RECEIVED: (30, 6),
    InquiryState.IN_WORK: (32, 20),
    InquiryState.WITH_UNIT: (13, 18),
    InquiryState.SOLVED: (25, 24),
}
SETTLED_STATES = {InquiryState.SOLVED: 70, InquiryState.CLOSED: 30}
SENDERS = {
    "et": (
        ("Malle", "Ants", "Riina", "Toivo", "Kersti", "Ülo"),
        ("Kuusik", "Põldmaa", "Õunapuu", "Järvesoo", "Lepik", "Tamberg"),
    ),
    "ru": (
        ("Ольга", "Андрей", "Наталья", "Виктор", "Ирина", "Сергей"),
        ("Морозова", "Белова", "Громова", "Зимина", "Лескова", "Орлова"),
    ),
    "en": (
        ("Emily", "Thomas", "Hannah", "Oliver", "Grace", "Henry"),
        ("Brooks", "Marsh", "Woods", "Field", "Rivers", "Stone"),
    ),
}
MALE = {"Андрей", "Виктор", "Сергей"}  # whose surname loses its last letter
QUESTIONS = (
    "Kas sellele kaevule on luba antud ja millal?",
    "Palun vaadake, kas kirjas nimetatud ala on kaitse all.",
    "Mida saame sellele küsimusele vastata?",
)

WHERE = {
    "et": "Palun kirjutage, millisest kinnistust on jutt (katastritunnus või aadress).",
    "en": "Please tell us which property you mean (its cadastral code or address).",
    "ru": "Напишите, пожалуйста, о каком участке идёт речь (кадастровый номер или адрес).",
}


def create_letters(
    *, count: int = 150, until: dt.datetime, rng: Random, share_open: float = 0.75
) -> int:
    """Write so many letters with their inquiries; return how many there are now.

    Staff and topics must be there. Versions are not written: an inquiry gets its first one when it
    is first changed.
    """
    world = _World(until, rng, share_open)
    with transaction.atomic():
        world.lock_numbers()
        rows = iter(world.rows(count))
        while batch := list(islice(rows, BATCH)):
            _write(batch)
        world.keep_numbers()
    return Letter.objects.count()


def _write(batch: list[tuple[Inquiry, list[Letter], UnitRequest | None]]) -> None:
    Inquiry.objects.bulk_create(inquiry for inquiry, _letters, _request in batch)
    for inquiry, letters, _request in batch:
        for letter in letters:
            letter.inquiry = inquiry
    Letter.objects.bulk_create(
        letter for _inquiry, letters, _request in batch for letter in letters
    )
    asked = [(request, letters) for _inquiry, letters, request in batch if request]
    for request, letters in asked:
        request.inquiry, request.question = letters[-1].inquiry, letters[-1]
    UnitRequest.objects.bulk_create(request for request, _letters in asked)


class _World:
    """What letters speak of, read once."""

    def __init__(self, until: dt.datetime, rng: Random, share_open: float) -> None:
        self.until, self.rng = until, rng
        self.clock = working_clock()
        self.texts = texts_by_topic()
        topics = Topic.objects.filter(level=2).select_related("parent", "default_article")
        self.topics = [topic_facts(topic) for topic in topics]
        self.people: list[User] = list(answering_agents().select_related("unit"))
        self.terms = {
            kind: list(LegalTerm.objects.filter(kind=kind).order_by("-valid_from"))
            for kind in LegalKind.values
        }
        self.channels, self.languages, self.kinds = Drawn(CHANNELS), Drawn(LANGUAGES), Drawn(KINDS)
        opened = {state: weight for state, (weight, _days) in STATES.items()}
        self.opened, self.settled = Drawn(opened), Drawn(SETTLED_STATES)
        self.share_open = share_open
        self.numbers: dict[int, int] = {}
        self.signatures = {
            (person.pk, language): signature(person, language)
            for person in self.people
            for language in LANGUAGES
        }

    def lock_numbers(self) -> None:
        rows = NumberSeries.objects.select_for_update(of=("self",)).filter(series="P")
        self.numbers = dict(rows.values_list("year", "last"))

    def keep_numbers(self) -> None:
        for year, last in self.numbers.items():
            NumberSeries.objects.update_or_create(series="P", year=year, defaults={"last": last})

    def rows(self, count: int) -> Iterator[tuple[Inquiry, list[Letter], UnitRequest | None]]:
        for _number in range(count):
            is_open = self.rng.random() < self.share_open
            state = self.opened.one(self.rng) if is_open else self.settled.one(self.rng)
            days = STATES[state][1] if is_open else 700
            yield self._row(state, self.until - dt.timedelta(days=days * self.rng.random()))

    def _row(
        self, state: InquiryState, at: dt.datetime
    ) -> tuple[Inquiry, list[Letter], UnitRequest | None]:
        rng = self.rng
        language, channel = self.languages.one(rng), self.channels.one(rng)
        topic = rng.choice(self.topics)
        question, answer = self._text(topic, language)
        agent = None if state == InquiryState.RECEIVED else rng.choice(self.people)
        inquiry = self._inquiry(state, at, channel, language)
        inquiry.question = question
        if agent is not None or rng.random() < 0.3:
            inquiry.topic_id, inquiry.main_topic_id = topic.pk, topic.parent
            inquiry.owner_unit_id = topic.unit
        inquiry.agent = inquiry.responsible = agent
        letter = self._incoming(inquiry, question)
        letters, request = [letter], None
        if state in (InquiryState.SOLVED, InquiryState.CLOSED) and agent:
            letters.append(self._answer(inquiry, letter, answer, agent))
        elif state == InquiryState.IN_WORK and agent and channel == "post":
            letters.append(self._to_post(letter, agent))
        elif state == InquiryState.WITH_UNIT and agent and inquiry.owner_unit_id:
            letters.append(self._to_unit(inquiry, agent))
            request = self._request(inquiry.owner_unit_id, letters[-1])
        return inquiry, letters, request

    def _inquiry(
        self, state: InquiryState, at: dt.datetime, channel: str, language: str
    ) -> Inquiry:
        day, kind = timezone.localdate(at), self.kinds.one(self.rng)
        self.numbers[day.year] = self.numbers.get(day.year, 0) + 1
        number = self.numbers[day.year]
        term = next(term for term in self.terms[kind] if term.valid_from <= day)
        is_registered = self.rng.random() < 0.85
        return Inquiry(
            key=uuid.UUID(int=self.rng.getrandbits(128)),
            number=f"P-{day.year}-{number:06d}",
            channel=channel,
            language=language,
            started_at=at,
            wrapped_up_at=at,
            state=state,
            state_since=at,
            outcome={
                InquiryState.SOLVED: Outcome.SOLVED,
                InquiryState.CLOSED: Outcome.SOLVED,
                InquiryState.WITH_UNIT: Outcome.WITH_UNIT,
            }.get(state, ""),
            legal_kind=kind,
            registered_on=day,
            answer_by=last_day(term, day),
            register_number=f"7-9/{day:%y}/{number}" if is_registered else "",
        )

    def _text(self, topic: Any, language: str) -> tuple[str, str]:
        for key in ((topic.code, language), (topic.group, language), ("", language)):
            if self.texts.get(key):
                return self.rng.choice(self.texts[key])
        return "", ""

    def _incoming(self, inquiry: Inquiry, question: str) -> Letter:
        rng, language = self.rng, inquiry.language
        first, last = (rng.choice(names) for names in SENDERS[language])
        name = f"{first} {last[:-1] if first in MALE else last}"
        number = rng.randrange(10_000)
        address = f"saatja{number}@post.example"
        if inquiry.channel == "post":
            address = f"Kase {1 + number % 80}, 80010 Pärnu"
        return Letter(
            direction=LetterDirection.IN,
            kind=LetterKind.INCOMING,
            channel=inquiry.channel,
            language=language,
            sender_name=name,
            sender_address=address,
            subject=" ".join(question.split())[:70],
            text=question,
            at=inquiry.started_at,
        )

    def _answer(self, inquiry: Inquiry, letter: Letter, answer: str, agent: User) -> Letter:
        at = min(inquiry.started_at + dt.timedelta(days=9 * self.rng.random()), self.until)
        inquiry.state_since, inquiry.answer, inquiry.source_text = (
            at,
            answer,
            "haldusmenetluse seadus",
        )
        greeting = salutation(letter.sender_name, letter.language)
        farewell = self.signatures[agent.pk, letter.language]
        return Letter(
            direction=LetterDirection.OUT,
            kind=LetterKind.ANSWER,
            channel="post" if letter.channel == "post" else "email",
            language=letter.language,
            sender_name=settings.AGENCY["name"],
            sender_address=settings.AGENCY["email"],
            recipient_name=letter.sender_name,
            recipient_address=letter.sender_address,
            subject=f"Re: {letter.subject}",
            text=f"{greeting}\n\n{answer}\n\n{farewell}",
            at=at,
            written_by=agent,
            leaves_at=at,
            left_at=at,
            posted_on=timezone.localdate(at) if letter.channel == "post" else None,
            source_text="haldusmenetluse seadus",
        )

    def _to_post(self, letter: Letter, agent: User) -> Letter:
        """A question to somebody without an e-mail address, not posted yet."""
        greeting = salutation(letter.sender_name, letter.language)
        farewell = self.signatures[agent.pk, letter.language]
        return Letter(
            direction=LetterDirection.OUT,
            kind=LetterKind.QUESTION,
            channel="post",
            language=letter.language,
            sender_name=settings.AGENCY["name"],
            sender_address=settings.AGENCY["email"],
            recipient_name=letter.sender_name,
            recipient_address=letter.sender_address,
            subject=f"Re: {letter.subject}",
            text=f"{greeting}\n\n{WHERE[letter.language]}\n\n{farewell}",
            at=self.until,
            written_by=agent,
            to_post_since=self.until,
        )

    def _to_unit(self, inquiry: Inquiry, agent: User) -> Letter:
        at = inquiry.started_at + (self.until - inquiry.started_at) * self.rng.random()
        inquiry.state_since = at
        return Letter(
            direction=LetterDirection.INTERNAL,
            kind=LetterKind.TO_UNIT,
            channel="email",
            language="et",
            sender_name=str(agent),
            text=self.rng.choice(QUESTIONS),
            at=at,
            written_by=agent,
            leaves_at=at,
            left_at=at,
        )

    def _request(self, unit_id: int, letter: Letter) -> UnitRequest:
        asked_on = timezone.localdate(letter.at)
        return UnitRequest(
            unit_id=unit_id,
            asked_by=letter.written_by,
            asked_at=letter.at,
            due_on=self.clock.add_days(asked_on, settings.UNIT_ANSWER_DAYS),
        )
