"""What became of an inquiry, step by step, from its versions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import ForeignKey, Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from inquiries.models import DraftPassing, Inquiry

STEPS: dict[str, Promise] = {
    "finished": _("Written down"),
    "received": _("Received"),
    "imported": _("Imported from an older system"),
    "changed": _("Changed"),
    "answer_corrected": _("Answer corrected"),
    "settled_solve": _("Solved"),
    "settled_refer_out": _("Referred to another body"),
    "settled_promise_callback": _("Callback promised"),
    "settled_forward_to_unit": _("Forwarded to a unit"),
    "settled_start_papers": _("Access papers begun"),
    "closed": _("Closed"),
    "reopened": _("Reopened"),
    "taken_over": _("Taken over"),
    "finish_undone": _("Taken back as a draft"),
    "take_over_undone": _("Taking over undone"),
    "callback_moved": _("Callback moved"),
    "callback_number_changed": _("Another number to call back"),
    "callback_kept": _("Called back"),
    "callback_taken_back": _("Taken back: the callback is owed again"),
    "recording_came": _("Recording of the call added"),
    "taken": _("Taken to work"),
    "assigned": _("Assigned"),
    "registered": _("Entered in the register"),
    "answered": _("Answered"),
    "unit_asked": _("Forwarded to a unit"),
    "unit_answered": _("The unit has answered"),
    "unit_recalled": _("Called back from the unit"),
    "sent_on": _("Sent on to another body"),
    "sent_to_body": _("Sent on to another body; the notice to the sender is to be posted"),
    "term_extended": _("Term extended"),
    "left_unanswered": _("Left unanswered"),
}
NOT_TOLD = frozenset({"id", "version", "state_since", "number", "wrapped_up_at"})


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Step:
    """One version: who made it, when, by which step, and what it changed."""

    at: datetime
    by: User | None  # None: the system
    what: str
    changes: list[Change]


def passings_of(inquiry: Inquiry) -> list[DraftPassing]:
    """Between whom the contact went before it was written down, the earliest first."""
    return list(DraftPassing.objects.filter(contact_key=inquiry.key).select_related("by", "to"))


def steps_of(inquiry: Inquiry, passings: Iterable[DraftPassing] = ()) -> list[Step]:
    """Return the versions in words, and the passings before them, the latest first.

    The number of queries does not grow with them.
    """
    versions = list(
        inquiry.history.select_related("history_user").order_by("history_date", "history_id")
    )
    fields = [field for field in Inquiry.history.model.tracked_fields if field.name not in NOT_TOLD]
    names = _names(versions, fields)
    steps = []
    for before, version in zip([None, *versions], versions, strict=False):
        changes = _changes(before, version, fields, names) if before else []
        usual = STEPS["changed" if before else "finished"]
        what = STEPS.get(version.history_change_reason or "", usual)
        steps.append(Step(version.history_date, version.history_user, str(what), changes))
    steps += [step for passing in passings for step in _steps_of_passing(passing)]
    return sorted(steps, key=lambda step: step.at)[::-1]


def _steps_of_passing(passing: DraftPassing) -> list[Step]:
    words = (
        gettext("Callback promised by %(name)s")
        if passing.is_callback
        else gettext("Passed on to %(name)s")
    )
    steps = [Step(passing.at, passing.by, words % {"name": passing.to}, [])]
    if passing.taken_back_at:
        words = gettext("Taken back from %(name)s") % {"name": passing.to}
        steps.append(Step(passing.taken_back_at, passing.by, words, []))
    return steps


def _changes(before: Any, after: Any, fields: Iterable[Any], names: dict[Any, str]) -> list[Change]:
    return [
        Change(
            str(field.verbose_name),
            _in_words(field, getattr(before, field.attname), names),
            _in_words(field, getattr(after, field.attname), names),
        )
        for field in fields
        if getattr(before, field.attname) != getattr(after, field.attname)
    ]


def _names(versions: list[Any], fields: list[Any]) -> dict[Any, str]:
    """The names of what changing foreign keys point at, one query a model."""
    wanted: dict[type[Model], set[int]] = {}
    for field in fields:
        if isinstance(field, ForeignKey):
            ids = {getattr(version, field.attname) for version in versions}
            if len(ids) > 1:
                wanted.setdefault(field.related_model, set()).update(ids - {None})  # type: ignore[arg-type]
    return {
        (model, pk): str(record)
        for model, ids in wanted.items()
        for pk, record in model._base_manager.in_bulk(ids).items()
    }


def _in_words(field: Any, value: Any, names: dict[Any, str]) -> str:
    if value in (None, ""):
        return "–"
    if isinstance(field, ForeignKey):
        return names.get((field.related_model, value), "–")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return str(dict(field.flatchoices).get(value, value))
