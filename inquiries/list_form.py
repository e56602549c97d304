"""What the filters of every list share: out of an address or a saved view, shown as a form and as chips."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from common.day_field import DayField
from inquiries.models import SavedView

PERIODS = [
    ("7", _("Last 7 days")),
    ("30", _("Last 30 days")),
    ("90", _("Last 90 days")),
    ("365", _("Last 365 days")),
    ("all", _("All time")),
    ("dates", _("From – to")),
]


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address of the list without it."""

    label: str
    value: str
    address: str


def day_field(label):
    return DayField(
        label=label,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class ListFilterForm(forms.Form):
    """Filters of one list. A text may hold a name or a number, so it never stands in an address."""

    of_list = ""  # the list whose saved views these are
    usual_period = "all"  # what stands where nothing is chosen
    first_names: tuple[str, ...] = ()  # the others are folded away

    def clean_period(self):
        return self.cleaned_data["period"] or self.usual_period

    @property
    def first(self):
        return [self[name] for name in self.first_names]

    @property
    def further(self):
        return [self[name] for name in self.fields if name not in self.first_names]

    @property
    def has_further(self):
        """Whether a filter is on that the folded part would hide."""
        return any(name not in self.first_names for name in self.chosen)

    @cached_property
    def chosen(self):
        """What was chosen and understood, as plain text, without what stands anyway."""
        self.full_clean()
        plain = {
            name: "on" if value is True else str(value)
            for name, value in self.cleaned_data.items()
            if value not in ("", None, False)
        }
        if plain.get("period") == self.usual_period:
            del plain["period"]
        if plain.get("period") != "dates":
            plain.pop("since", None)
            plain.pop("until", None)
        return plain

    def span(self, today):
        """The first and the last day; None: without a bound."""
        period = self.cleaned_data.get("period") or self.usual_period
        if period == "all":
            return None, None
        if period == "dates":
            return self.cleaned_data.get("since"), self.cleaned_data.get("until")
        return today - dt.timedelta(days=int(period)), None

    def chips(self, path, view):
        """The filters that are on, each with the way to take it off."""
        return [
            Chip(str(self.fields[name].label), self._shown(name, value), self._without(name, path, view))
            for name, value in self.chosen.items()
            if not self.fields[name].widget.is_hidden
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


def record_of(model, pk):
    return model.objects.filter(pk=int(pk)).first() if pk else None


def read_form(form, request, **more):
    """Return the form and the saved view that the address names.

    What stands beside the view in the address takes the place of what the view says; a text for
    searching is taken from a view only.
    """
    view = _view(form, request)
    beside = {name: value for name, value in request.GET.items() if name in form.base_fields}
    if beside.get("text"):
        del beside["text"]
    usual = {"period": form.usual_period}
    return form({**usual, **(view.filters if view else {}), **beside}, **more), view


def _view(form, request):
    views = SavedView.objects.visible_to(request.user).of_list(form.of_list)
    try:
        return views.filter(key=request.GET["view"]).first()
    except (KeyError, ValueError, forms.ValidationError):
        return None


def address_of(path, chosen, view):
    """The address that shows the list so narrowed."""
    if view is not None:
        return f"{path}?{urlencode({'view': view.key})}"
    return f"{path}?{urlencode(chosen)}" if chosen else path
