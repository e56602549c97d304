"""The filters of the list of inquiries."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from inquiries.choices import agents, offer, topics, units, with_empty
from inquiries.list_form import PERIODS, ListFilterForm, day_field, read_form, record_of
from inquiries.models import Channel, County, Language
from inquiries.queries import Filters
from inquiries.states import InquiryState, Outcome
from knowledge.models import Topic

DEADLINES = [("near", _("Near")), ("over", _("Passed"))]


class FilterForm(ListFilterForm):
    of_list = "inquiries"
    usual_period = "90"
    first_names = ("text", "period", "state", "topic", "mine")

    text = forms.CharField(
        label=_("Number, client, phone, object or words"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    period = forms.ChoiceField(label=_("Period"), required=False, choices=PERIODS)
    since = day_field(_("From"))
    until = day_field(_("To"))
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

    def filters(self, today):
        """What the list is narrowed to; a value that was not understood lets everything through."""
        chosen = self.chosen
        since, until = self.span(today)
        return Filters(
            since=since,
            until=until,
            topic=record_of(Topic, chosen.get("topic")),
            unit=record_of(Unit, chosen.get("unit")),
            agent=record_of(User, chosen.get("agent")),
            is_mine="mine" in chosen,
            **{
                name: chosen.get(name, "")
                for name in (
                    "state", "outcome", "channel", "language", "county", "deadline", "text",
                )
            },
        )  # fmt: skip


def read_filters(request):
    return read_form(FilterForm, request)
