"""The filters of the list: out of an address or a saved view, shown as a form and as chips."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from common.day_field import DayField
from inquiries.choices import agents, offer, topics, units, with_empty
from inquiries.models import Channel, County, Language, SavedView
from inquiries.queries import Filters
from inquiries.states import InquiryState, Outcome
from knowledge.models import Topic

DEFAULT_PERIOD = "90"
PERIODS = [
    ("7", _("Last 7 days")),
    ("30", _("Last 30 days")),
    (DEFAULT_PERIOD, _("Last 90 days")),
    ("365", _("Last 365 days")),
    ("all", _("All time")),
    ("dates", _("From – to")),
]
FIRST = ("text", "period", "state", "topic", "mine")  # the others are folded away
DEADLINES = [("near", _("Near")), ("over", _("Passed"))]


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address of the list without it."""

    label: str
    value: str
    address: str


class FilterForm(forms.Form):
    text = forms.CharField(
        label=_("Number, client, phone, object or words"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    period = forms.ChoiceField(label=_("Period"), required=False, choices=PERIODS)
    since = DayField(
        label=_("From"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    until = DayField(
        label=_("To"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    state = forms.ChoiceField(label=_("State"), required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    agent = forms.ChoiceField(label=_("Agent"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    county = forms.ChoiceField(label=_("County"), required=False)
    deadline = forms.ChoiceField(label=_("Legal deadline"), required=False)
    mine = forms.BooleanField(label=_("Only mine"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = {
            "state": [("open", _("All open")), *InquiryState.choices],
            "outcome": Outcome.choices,
            "channel": Channel.choices,
            "topic": topics(with_groups=True),
            "unit": units(),
            "agent": agents(),
            "language": Language.choices,
            "county": County.choices,
            "deadline": DEADLINES,
        }
        for name, offered in choices.items():
            offer(self, name, with_empty(offered, _("All")))

    def clean_period(self):
        return self.cleaned_data["period"] or DEFAULT_PERIOD

    @property
    def first(self):
        return [self[name] for name in FIRST]

    @property
    def further(self):
        return [self[name] for name in self.fields if name not in FIRST]

    @property
    def has_further(self):
        """Whether a filter is on that the folded part would hide."""
        return any(name not in FIRST for name in self.chosen)

    @cached_property
    def chosen(self):
        """What was chosen and understood, as plain text, without what stands anyway."""
        self.full_clean()
        plain = {
            name: "on" if value is True else str(value)
            for name, value in self.cleaned_data.items()
            if value not in ("", None, False)
        }
        if plain.get("period") == DEFAULT_PERIOD:
            del plain["period"]
        if plain.get("period") != "dates":
            plain.pop("since", None)
            plain.pop("until", None)
        return plain

    def filters(self, today):
        """What the list is narrowed to; a value that was not understood lets everything through."""
        chosen = self.chosen
        since, until = self._period(today)
        return Filters(
            since=since,
            until=until,
            topic=_record(Topic, chosen.get("topic")),
            unit=_record(Unit, chosen.get("unit")),
            agent=_record(User, chosen.get("agent")),
            is_mine="mine" in chosen,
            **{
                name: chosen.get(name, "")
                for name in (
                    "state", "outcome", "channel", "language", "county", "deadline", "text",
                )
            },
        )  # fmt: skip

    def _period(self, today):
        period = self.cleaned_data.get("period") or DEFAULT_PERIOD
        if period == "all":
            return None, None
        if period == "dates":
            return self.cleaned_data.get("since"), self.cleaned_data.get("until")
        return today - dt.timedelta(days=int(period)), None

    def chips(self, path, view):
        """The filters that are on. The text is in a saved view, never in the address."""
        chosen = self.chosen
        return [
            Chip(str(self.fields[name].label), self._shown(name, value), self._without(name, path, view))
            for name, value in chosen.items()
        ]  # fmt: skip

    def _shown(self, name, value):
        choices = getattr(self.fields[name], "choices", None)
        if choices:
            return str(_flat(choices).get(value, value))
        return "" if value == "on" else value

    def _without(self, name, path, view):
        if view is not None:
            return f"{path}?{urlencode({'view': view.key, name: ''})}"
        return f"{path}?{urlencode({k: v for k, v in self.chosen.items() if k != name})}"


def _flat(choices):
    flat = {}
    for value, label in choices:
        flat.update(
            {str(inner): text for inner, text in label}
            if isinstance(label, (list, tuple))
            else {str(value): label}
        )
    return flat


def _record(model, pk):
    return model.objects.filter(pk=int(pk)).first() if pk else None


def read_filters(request):
    """Return the form and the saved view that the address names.

    What stands beside the view in the address takes the place of what the view says; a text for
    searching is taken from a view only.
    """
    view = _view(request)
    beside = {name: value for name, value in request.GET.items() if name in FilterForm.base_fields}
    if beside.get("text"):
        del beside["text"]
    usual = {"period": DEFAULT_PERIOD}
    return FilterForm({**usual, **(view.filters if view else {}), **beside}), view


def _view(request):
    try:
        return SavedView.objects.visible_to(request.user).filter(key=request.GET["view"]).first()
    except (KeyError, ValueError, forms.ValidationError):
        return None


def address_of(path, chosen, view):
    """The address that shows the list so narrowed."""
    if view is not None:
        return f"{path}?{urlencode({'view': view.key})}"
    return f"{path}?{urlencode(chosen)}" if chosen else path
