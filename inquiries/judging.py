"""Turns what was typed into the fields of an inquiry, or says field by field what is wrong."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from clients.models import Client
from common.clock import working_clock
from inquiries.field_judge import Judge, stored_phone
from inquiries.field_refusals import (
    AnonymousWithClient,
    ClosedThen,
    FollowsItself,
    InquiryNotComplete,
    InTheFuture,
    InThePast,
    Missing,
    NobodyIdentified,
    NothingRepeated,
    NumberNotOnCard,
    SameFactTwice,
    TooLongAgo,
    UnknownChoice,
)
from inquiries.models import (
    WRITTEN,
    CardFact,
    Channel,
    County,
    IdentifiedHow,
    Inquiry,
    Language,
    LegalKind,
    LegalTerm,
    ObjectKind,
    object_key,
)
from inquiries.queries import term_of
from inquiries.states import AT_ONCE, OUTCOMES, Outcome
from inquiries.typed import Typed, as_text, is_id
from knowledge.models import ArticleVersion, ReferralBody, Topic
from knowledge.scripts import kept_path


def closed_then(due: dt.datetime) -> ClosedThen | None:
    """What is wrong with a callback promised for this moment, if nobody works then."""
    opens = working_clock().nearest_open(due)
    return None if opens == due else ClosedThen(opens)


def judged(
    typed: Typed, *, started_at: dt.datetime, at: dt.datetime, before: Inquiry | None = None
) -> dict[str, Any]:
    """Return the fields of the inquiry.

    What can be known is not asked: the unit and the source come from the topic, the moment of a
    callback from the working hours, the number from the caller, the day of registration from the
    start. Raises InquiryNotComplete.
    """
    judge = Judge(typed, at)
    contact = _contact(judge)
    fields = {
        **contact,
        **_identified(judge, contact, before),
        **_matter(judge, before),
        **_ending(judge, before),
        **_law(judge, started_at, before),
        **_marks(judge, started_at, before),
    }
    _fill_from_earlier(fields, judge)
    _fill_from_topic(fields)
    _fill_callback(fields, judge, before)
    _ask_for_what_the_outcome_needs(fields, judge, before)
    if judge.errors:
        raise InquiryNotComplete(judge.errors)
    return fields


def who_calls_back(typed: Typed, outcome: str) -> User | None:
    """The colleague whom the agent has promised; nobody, where the agent calls back.

    Raises InquiryNotComplete if it is not a colleague who takes calls.
    """
    chosen = as_text(typed.get("callback_by")).strip()
    if outcome != Outcome.CALLBACK or not chosen:
        return None
    colleague = User.objects.filter(pk=chosen).first() if is_id(chosen) else None
    if colleague is None or not colleague.takes_calls:
        raise InquiryNotComplete({"callback_by": [UnknownChoice(field=_("Who calls back"))]})
    return colleague


def _contact(judge: Judge) -> dict[str, Any]:
    fields = {
        "channel": judge.choice("channel", Channel),
        "language": judge.choice("language", Language),
        "client": judge.record("client", Client.objects.all()),
        "is_anonymous": judge.yes("is_anonymous"),
        "caller_number": stored_phone(judge.text("caller_number")),
    }
    if fields["is_anonymous"] and fields["client"]:
        judge.refuse("client", AnonymousWithClient())
    if fields["client"]:
        fields["client"] = fields["client"].survivor
    return fields


def _identified(judge: Judge, contact: Mapping[str, Any], before: Inquiry | None) -> dict[str, Any]:
    """How the caller was identified, and by which two facts; what stood before is not judged anew."""
    how = judge.choice("identified_how", IdentifiedHow)
    if not how and before is None and contact["channel"] not in WRITTEN:
        how = IdentifiedHow.NOT
    fields = {"identified_how": how, "first_fact": "", "second_fact": ""}
    if how == IdentifiedHow.FACTS:
        fields |= {name: judge.choice(name, CardFact) for name in ("first_fact", "second_fact")}
    told = {**fields, "client": contact["client"], "caller_number": contact["caller_number"]}
    if before is None or any(getattr(before, name) != value for name, value in told.items()):
        _ask_for_what_identifies(judge, told)
    return fields


def _ask_for_what_identifies(judge: Judge, told: Mapping[str, Any]) -> None:
    how, client = told["identified_how"], told["client"]
    if how in (IdentifiedHow.NUMBER, IdentifiedHow.FACTS) and client is None:
        judge.refuse("identified_how", NobodyIdentified())
        return
    if how == IdentifiedHow.NUMBER:
        of_card = client.contact_points.filter(kind="phone", value=told["caller_number"])
        if not of_card.exists():
            judge.refuse("identified_how", NumberNotOnCard())
    if how == IdentifiedHow.FACTS:
        for name in ("first_fact", "second_fact"):
            if not told[name] and name not in judge.errors:
                judge.refuse(name, Missing(field=judge.label(name)))
        if told["first_fact"] and told["first_fact"] == told["second_fact"]:
            judge.refuse("second_fact", SameFactTwice())


def _matter(judge: Judge, before: Inquiry | None) -> dict[str, Any]:
    topic = judge.record("topic", Topic.objects.select_related("owner_unit", "default_article"))
    reference = judge.text("object_reference")
    fields = {
        "topic": topic,
        "main_topic_id": (topic.parent_id or topic.pk) if topic else None,
        "owner_unit": judge.record("owner_unit", Unit.objects.all()),
        "county": judge.choice("county", County),
        "place": judge.text("place"),
        "object_kind": judge.choice("object_kind", ObjectKind),
        "object_reference": reference,
        "object_key": object_key(reference),
        "question": judge.text("question"),
        "answer": judge.text("answer"),
        "source_version": judge.record("source_version", ArticleVersion.objects.all()),
        "source_text": judge.text("source_text"),
        "follow_up_of": _earlier(judge, before),
    }
    if reference and not fields["object_kind"]:
        judge.refuse("object_kind", Missing(field=judge.label("object_kind")))
    return fields


def _earlier(judge: Judge, before: Inquiry | None) -> Inquiry | None:
    """The inquiry that this one follows, by id as the page picks it or by number as people type it."""
    typed = as_text(judge.typed.get("follow_up_of")).strip().upper()
    if typed.startswith("P"):
        earlier = Inquiry.objects.filter(number=typed).first()
        if earlier is None:
            judge.refuse("follow_up_of", UnknownChoice(field=judge.label("follow_up_of")))
    else:
        earlier = judge.record("follow_up_of", Inquiry.objects.all())
    if before is not None and earlier == before:
        judge.refuse("follow_up_of", FollowsItself())
    return earlier


def _ending(judge: Judge, before: Inquiry | None) -> dict[str, Any]:
    outcome = judge.choice("outcome", Outcome)
    if outcome and not OUTCOMES[Outcome(outcome)].is_offered:
        judge.refuse("outcome", UnknownChoice(field=judge.label("outcome")))
        outcome = ""
    due = judge.moment("callback_due_at")
    promised = before.callback_due_at if before else None
    if due and promised and due == promised.replace(second=0, microsecond=0):
        due = promised  # the page shows minutes
    return {
        "outcome": outcome,
        "referral_body": judge.record("referral_body", ReferralBody.objects.all()),
        "callback_due_at": due,
        "callback_number": stored_phone(judge.text("callback_number")),
    }


def _law(judge: Judge, started_at: dt.datetime, before: Inquiry | None) -> dict[str, Any]:
    """A letter keeps a legal kind, by which it stands in the inbox; a term that was extended stays so."""
    kind = judge.choice("legal_kind", LegalKind)
    registered_on = judge.day("registered_on")
    if not kind and before is not None and before.letters.exists():
        judge.refuse("legal_kind", Missing(field=judge.label("legal_kind")))
    if not kind:
        return {"legal_kind": "", "registered_on": None, "answer_by": None}
    registered_on = registered_on or timezone.localdate(started_at)
    if registered_on > timezone.localdate(judge.at):
        judge.refuse("registered_on", InTheFuture(field=judge.label("registered_on")))
    if LegalTerm.objects.in_force(kind, registered_on) is None:
        judge.refuse("registered_on", TooLongAgo(field=judge.label("registered_on")))
        return {"legal_kind": kind, "registered_on": registered_on, "answer_by": None}
    letter = before or Inquiry(started_at=started_at)
    last = term_of(letter, kind=LegalKind(kind), registered_on=registered_on)
    return {"legal_kind": kind, "registered_on": registered_on, "answer_by": last}


def _marks(judge: Judge, started_at: dt.datetime, before: Inquiry | None) -> dict[str, Any]:
    is_restricted = judge.yes("is_restricted")
    fields: dict[str, Any] = {
        "is_restricted": is_restricted,
        "restriction_basis": judge.text("restriction_basis") if is_restricted else "",
        "restricted_until": judge.day("restricted_until") if is_restricted else None,
    }
    if is_restricted:
        for name in ("restriction_basis", "restricted_until"):
            if not fields[name] and name not in judge.errors:
                judge.refuse(name, Missing(field=judge.label(name)))
    if before is None:  # what happened during the contact is not edited later
        fields["script_path"] = kept_path(as_text(judge.typed.get("script_path")))
        recording = judge.text("recording_reference")
        kept_until = timezone.localdate(started_at) + dt.timedelta(days=settings.RECORDING_DAYS)
        fields["recording_reference"] = recording
        fields["recording_expires_on"] = kept_until if recording else None
    return fields


def _fill_from_earlier(fields: dict[str, Any], judge: Judge) -> None:
    """A repeat call is about the caller's open inquiry, else about the latest one, and its topic."""
    if fields["outcome"] != Outcome.REPEAT:
        return
    fields["follow_up_of"] = earlier = fields["follow_up_of"] or _latest_of(fields)
    if earlier is None:
        judge.refuse("follow_up_of", NothingRepeated())
    elif not fields["topic"]:
        fields["topic"], fields["main_topic_id"] = earlier.topic, earlier.main_topic_id


def _latest_of(fields: dict[str, Any]) -> Inquiry | None:
    if fields["client"]:
        earlier = Inquiry.objects.filter(client__in=fields["client"].family_ids())
    elif fields["caller_number"]:
        earlier = Inquiry.objects.filter(caller_number=fields["caller_number"])
    else:
        return None
    newest = earlier.select_related("topic__owner_unit").order_by("-started_at", "-pk")
    return newest.open().first() or newest.first()


def _fill_from_topic(fields: dict[str, Any]) -> None:
    topic = fields["topic"]
    if topic is None:
        return
    fields["owner_unit"] = fields["owner_unit"] or topic.owner_unit
    has_source = fields["source_version"] or fields["source_text"]
    if fields["outcome"] == Outcome.SOLVED and not has_source:
        fields["source_version"] = topic.default_source(language=fields["language"] or None)


def _fill_callback(fields: dict[str, Any], judge: Judge, before: Inquiry | None) -> None:
    if fields["outcome"] != Outcome.CALLBACK:
        fields["callback_due_at"] = before.callback_due_at if before else None
        fields["callback_number"] = before.callback_number if before else ""
        return
    fields["callback_number"] = fields["callback_number"] or fields["caller_number"]
    if fields["callback_due_at"] is None and "callback_due_at" not in judge.errors:
        fields["callback_due_at"] = working_clock().add_hours(
            judge.at, settings.CALLBACK_WITHIN_HOURS
        )
    elif due := fields["callback_due_at"]:
        if before is not None and due == before.callback_due_at:
            return  # the promise stands as it was made
        if due <= judge.at:
            judge.refuse("callback_due_at", InThePast(field=judge.label("callback_due_at")))
        elif closed := closed_then(due):
            judge.refuse("callback_due_at", closed)


def _ask_for_what_the_outcome_needs(
    fields: dict[str, Any], judge: Judge, before: Inquiry | None
) -> None:
    outcome = fields["outcome"]
    needs = ["channel", "language"] if before else ["channel", "language", "outcome"]
    if outcome:
        needs += OUTCOMES[Outcome(outcome)].needs
    there = {**fields, "source": fields["source_version"] or fields["source_text"]}
    for name in needs:
        if not there[name] and name not in judge.errors:
            judge.refuse(name, Missing(field=judge.label(name) or _("source of the answer")))
    if outcome in AT_ONCE:
        fields["source_version"], fields["source_text"] = None, ""
