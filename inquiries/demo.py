"""Two years of inquiries that nobody made: when people call, what about, and what came of it."""

import datetime as dt
import math
from collections.abc import Iterator
from random import Random
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from common.clock import working_clock
from common.models import NumberSeries
from inquiries.demo_fields import BLANK, COLUMNS, due, identified_of, last_day_of, object_of, stamp
from inquiries.demo_rows import bare_table, write_rows
from inquiries.demo_shares import (
    ANONYMOUS,
    CHANNELS,
    COUNTIES,
    KNOWN,
    LANGUAGES,
    LAW,
    LEGAL_OF_TOPIC,
    NOISE,
    OFF_HOURS,
    OPENS,
    OUTCOMES,
    OWN_LANGUAGE,
    PLACES,
    SHARES,
    TALK,
    VOICEMAIL,
    WEEKDAYS,
    WRAP_UP,
    WRITTEN,
    moment_outside,
    share_passed,
)
from inquiries.demo_world import (
    Drawn,
    Facts,
    absences_now,
    agents_by_place,
    languages_of_clients,
    phones_of_clients,
    substitute_on,
    texts_by_topic,
    topic_facts,
    topics_of_month,
)
from inquiries.models import Inquiry, LegalKind, LegalTerm
from inquiries.states import OPEN_STATES
from knowledge.models import Topic

DAYS = 730
LARGE = 500_000


def create_history(*, count: int = 60_000, until: dt.datetime, rng: Random) -> int:
    """Write so many inquiries over the two years before a moment; return how many there are now.

    Staff, topics and clients must be there. Versions are not written: an inquiry gets its first
    one when it is first changed.
    """
    world = _World(rng, until)
    with transaction.atomic(), bare_table(is_large=count >= LARGE):
        write_rows(COLUMNS, world.rows(count))
        world.keep_numbers()
    return Inquiry.objects.count()


class _World:
    """What the inquiries speak of, read once."""

    def __init__(self, rng: Random, until: dt.datetime) -> None:
        self.rng, self.until = rng, until
        self.today = timezone.localdate(until)
        self.texts = texts_by_topic()
        topics = Topic.objects.filter(level=2).select_related("parent", "default_article")
        self.topics = {topic.pk: topic_facts(topic) for topic in topics}
        self.terms = {
            kind: list(LegalTerm.objects.filter(kind=kind).order_by("-valid_from"))
            for kind in LegalKind.values
        }
        self.agents = agents_by_place(rng)
        self.absences = absences_now(self.today)
        first = min((one.starts_on for one in self.absences), default=self.today + dt.timedelta(1))
        self.first_absence = timezone.make_aware(dt.datetime.combine(first, dt.time()))
        self.phones = phones_of_clients()
        self.clients = sorted(self.phones)
        self.spoken = languages_of_clients()
        self.ids = (Inquiry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
        self.numbers = dict(NumberSeries.objects.filter(series="P").values_list("year", "last"))
        self.last_of_client: dict[int, tuple[int, dt.datetime]] = {}
        self.channels, self.languages = Drawn(CHANNELS), Drawn(LANGUAGES)
        self.counties, self.noise = Drawn(COUNTIES), Drawn(NOISE)
        self.outcomes = {name: Drawn(weights) for name, weights in OUTCOMES.items()}
        self.by_month = {month: topics_of_month(self.topics, month) for month in range(1, 13)}

    def rows(self, count: int) -> Iterator[list[Any]]:
        days = self._days(count)
        for day, number in days:
            topics = self.by_month[day.month].many(self.rng, number)
            for moment, topic in zip(self._moments(day, number), topics, strict=True):
                yield self._row(*moment, self.topics[topic])

    def keep_numbers(self) -> None:
        for year, last in self.numbers.items():
            NumberSeries.objects.update_or_create(series="P", year=year, defaults={"last": last})

    def _days(self, count: int) -> list[tuple[dt.date, int]]:
        """How many inquiries each day brings: by weekday and season, and by chance."""
        clock, season = working_clock(), self._season()
        weights = {}
        for back in range(DAYS, -1, -1):
            day = self.today - dt.timedelta(days=back)
            usual = WEEKDAYS[day.weekday()] if clock.is_workday(day) else OFF_HOURS
            weights[day] = usual * season[day.month] * self.rng.lognormvariate(0, 0.12)
        share = share_passed(timezone.localtime(self.until))
        weights[self.today] *= share
        total, given, passed = sum(weights.values()), 0, 0.0
        numbers = []
        for day, weight in weights.items():
            passed += weight
            upto = round(count * passed / total)
            numbers.append((day, upto - given))
            given = upto
        return numbers

    def _season(self) -> dict[int, float]:
        volumes = {month: drawn.sums[-1] for month, drawn in self.by_month.items()}
        mean = sum(volumes.values()) / 12
        return {month: volume / mean for month, volume in volumes.items()}

    def _moments(self, day: dt.date, number: int) -> list[tuple[dt.datetime, str]]:
        """When the contacts of a day began, in their order, and by which channel."""
        rng = self.rng
        midnight = timezone.make_aware(dt.datetime.combine(day, dt.time())).astimezone(dt.UTC)
        end = (self.until - midnight).total_seconds()
        is_workday = working_clock().is_workday(day)
        moments = []
        channels = self.channels.many(rng, number)
        halves = rng.choices(range(len(SHARES)), weights=SHARES, k=number)
        for channel, half in zip(channels, halves, strict=True):
            if not is_workday or rng.random() < VOICEMAIL:
                channel, second = "voicemail", moment_outside(rng, is_workday)
            else:
                second = (OPENS + half * 30) * 60 + rng.random() * 1800
            if second >= end:
                second = rng.uniform(0, max(end, 1)) if not is_workday else max(end - 900, 0)
                channel = channel if is_workday else "voicemail"
            moments.append((midnight + dt.timedelta(seconds=int(second)), channel))
        moments.sort()
        return moments

    def _row(self, started: dt.datetime, channel: str, topic: Facts) -> list[Any]:
        rng = self.rng
        pk, self.ids = self.ids, self.ids + 1
        year = started.year if started.month < 12 else timezone.localtime(started).year
        self.numbers[year] = self.numbers.get(year, 0) + 1
        client = self._client()
        language = self._language(client)
        agent = self._agent(channel, started)
        talk = int(TALK * math.exp(rng.gauss(0, 0.72))) + 8
        ended = started + dt.timedelta(seconds=talk)
        wrapped = ended + dt.timedelta(seconds=int(WRAP_UP * math.exp(rng.gauss(0, 0.6))) + 3)
        row = BLANK.copy()
        row["id"] = pk
        row["number"] = f"P-{year}-{self.numbers[year]:06d}"
        row["key"] = f"{rng.getrandbits(128):032x}"
        row["channel"], row["language"] = channel, language
        row["started_at"], row["ended_at"] = stamp(started), stamp(ended)
        row["wrapped_up_at"] = row["state_since"] = stamp(wrapped)
        row["agent_id"] = row["responsible_id"] = agent
        if channel == "phone" and rng.random() < 0.035:
            row["outcome"], row["state"] = self.noise.one(rng), "closed"
            return list(row.values())
        self._who(row, client, started)
        row["identified_how"] = identified_of(row)
        if row["identified_how"] == "facts":
            row["first_fact"], row["second_fact"] = "email", "earlier"
        self._what(row, topic)
        self._ending(row, topic, started, wrapped)
        return list(row.values())

    def _client(self) -> int | None:
        """Known callers are two of three, and some of them call far more often than others."""
        if self.rng.random() >= KNOWN or not self.clients:
            return None
        return self.clients[int(len(self.clients) * self.rng.random() ** 2)]

    def _language(self, client: int | None) -> str:
        """A client speaks the language of the card, now and then another."""
        spoken = self.spoken.get(client) if client else None
        if spoken and self.rng.random() < OWN_LANGUAGE:
            return spoken
        return str(self.languages.one(self.rng))

    def _agent(self, channel: str, started: dt.datetime) -> int:
        """Whoever is away has a colleague do the work."""
        agent: int = self.agents["counter" if channel == "counter" else "desk"].one(self.rng)
        if started >= self.first_absence:
            return substitute_on(agent, timezone.localdate(started), self.absences)
        return agent

    def _who(self, row: dict[str, Any], client: int | None, started: dt.datetime) -> None:
        rng = self.rng
        if client is not None:
            row["client_id"] = client
            row["caller_number"] = self.phones[client] if row["channel"] == "phone" else ""
            before = self.last_of_client.get(client)
            if before and rng.random() < 0.35 and started - before[1] < dt.timedelta(days=21):
                row["follow_up_of_id"] = before[0]
            self.last_of_client[client] = (row["id"], started)
        elif rng.random() < ANONYMOUS:
            row["is_anonymous"] = 1
        elif row["channel"] in ("phone", "voicemail", "callback"):
            row["caller_number"] = f"+37284{rng.randrange(1_000_000):06d}"

    def _what(self, row: dict[str, Any], topic: Facts) -> None:
        rng = self.rng
        row["topic_id"], row["main_topic_id"] = topic.pk, topic.parent
        row["owner_unit_id"] = topic.unit
        row["county"] = self.counties.one(rng)
        if row["county"] and rng.random() < 0.3:
            row["place"] = rng.choice(PLACES)
        row["question"], row["answer"] = self._text(topic, row["language"])
        if rng.random() < 0.16:
            row["object_kind"], row["object_reference"], row["object_key"] = object_of(rng)
        if rng.random() < 0.008:
            row["is_restricted"] = 1
            row["restriction_basis"] = "AvTS § 35 lg 1 p 12"
            row["restricted_until"] = f"{self.today.year + 5}-12-31"

    def _text(self, topic: Facts, language: str) -> tuple[str, str]:
        for key in ((topic.code, language), (topic.group, language), ("", language)):
            texts = self.texts.get(key)
            if texts:
                return self.rng.choice(texts)
        return "", ""

    def _ending(
        self, row: dict[str, Any], topic: Facts, started: dt.datetime, wrapped: dt.datetime
    ) -> None:
        rng = self.rng
        row["outcome"] = outcome = self.outcomes[topic.closing].one(rng)
        is_nobody = row["client_id"] is None  # no papers are drawn up for, nor called back
        if (outcome == "referred_out" and not topic.bodies) or (
            is_nobody and outcome in ("access_papers", "callback")
        ):
            row["outcome"] = outcome = "solved"
        if outcome == "referred_out":
            row["referral_body_id"] = rng.choice(topic.bodies)
        if outcome == "solved":
            row["source_version_id"] = topic.sources.get(row["language"])
            row["source_text"] = "" if row["source_version_id"] else LAW
        if outcome == "callback":
            row["callback_due_at"] = stamp(due(wrapped))
            row["callback_number"] = row["caller_number"] or f"+37284{rng.randrange(1_000_000):06d}"
        row["state"] = self._state(outcome, started)
        self._law(row, topic, started)
        kept_until = (started + dt.timedelta(days=settings.RECORDING_DAYS)).date()
        if row["channel"] == "phone" and kept_until >= self.today:
            row["recording_reference"] = f"recording/{started:%Y/%m/%d}/{row['id']}"
            row["recording_expires_on"] = f"{kept_until:%Y-%m-%d}"

    def _state(self, outcome: str, started: dt.datetime) -> str:
        """Old matters are settled and closed; of the new ones some are still open."""
        days = (self.until - started).total_seconds() / 86_400
        if outcome in ("solved", "referred_out"):
            return outcome if days < settings.QUIET_DAYS else "closed"
        patience = {"callback": 0.6, "with_unit": 4.0, "access_papers": 5.0}[outcome]
        if self.rng.random() < math.exp(-days / patience):
            return outcome
        return "solved" if days < settings.QUIET_DAYS + 2 else "closed"

    def _law(self, row: dict[str, Any], topic: Facts, started: dt.datetime) -> None:
        kind = LEGAL_OF_TOPIC.get(topic.code, "")
        is_written = row["channel"] in WRITTEN
        if is_written and row["state"] in OPEN_STATES:
            return  # what waits in the inbox has its letter: `demo_letters`
        if not kind and is_written and self.rng.random() < 0.12:
            kind = self.rng.choice(("explanation", "explanation", "memorandum"))
        if kind:
            day = timezone.localdate(started)
            row["legal_kind"], row["registered_on"] = kind, f"{day:%Y-%m-%d}"
            term = next(term for term in self.terms[kind] if term.valid_from <= day)
            row["answer_by"] = f"{last_day_of(term, day):%Y-%m-%d}"
