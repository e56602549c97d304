"""The filters of the lists of tickets, as a form."""

from dataclasses import dataclass

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import PERMISSIONS_OF
from inquiries.choices import offer, topics, with_empty
from inquiries.list_form import PERIODS, ListFilterForm, day_field, read_form
from tickets.choices import Urgency
from tickets.models import TicketGroup
from tickets.queries import BY_CODE, TicketFilters
from tickets.states import TicketState

STATES = [
    ("open", _("All open")),
    ("asked_back", _("Tier II asks or sends back")),
    ("ended", _("All that ended")),
]
ROLES_WITH = {
    name: [role for role, held in PERMISSIONS_OF.items() if name in held]
    for name in ("tickets.raise_ticket", "tickets.work_on_ticket")
}
WHOLE_NUMBERS = ("group", "responsible", "assignee", "topic")


class TicketFilterForm(ListFilterForm):
    of_list = "tickets"
    first_names = ("list", "text", "state", "group", "responsible", "urgency")

    list = forms.ChoiceField(
        required=False,
        choices=[(code, one.label) for code, one in BY_CODE.items()],
        widget=forms.HiddenInput,
    )
    text = forms.CharField(
        label=_("Number or words"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    state = forms.ChoiceField(label=_("State"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)
    responsible = forms.ChoiceField(label=_("Responsible"), required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), required=False)
    assignee = forms.ChoiceField(label=_("Worked on by"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    period = forms.ChoiceField(label=_("Period"), required=False, choices=PERIODS)
    since = day_field(_("From"))
    until = day_field(_("To"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people()
        states = [choice for choice in TicketState.choices if choice[0] != TicketState.DRAFT]
        choices = {
            "state": [*STATES, *states],
            "group": [(group.pk, group.name) for group in TicketGroup.objects.all()],
            "responsible": self.people.raise_tickets,
            "urgency": Urgency.choices,
            "assignee": self.people.work_on_tickets,
            "topic": topics(with_groups=True),
        }
        for name, offered in choices.items():
            offer(self, name, with_empty(offered, _("All")))

    def filters(self, today, of_list):
        """What the list is narrowed to; a value that was not understood lets everything through."""
        chosen = self.chosen
        since, until = self.span(today)
        return TicketFilters(
            of_list=of_list,
            state=chosen.get("state", ""),
            urgency=chosen.get("urgency", ""),
            text=chosen.get("text", ""),
            since=since,
            until=until,
            **{name: int(chosen[name]) for name in WHOLE_NUMBERS if name in chosen},
        )


@dataclass(frozen=True)
class People:
    """Who raises tickets and who works on them, today or before, as choices; and who does today."""

    raise_tickets: list[tuple[int, str]]
    work_on_tickets: list[tuple[int, str]]
    today: set[int]

    @property
    def responsible_today(self):
        return [one for one in self.raise_tickets if one[0] in self.today]

    @property
    def solvers_today(self):
        return [one for one in self.work_on_tickets if one[0] in self.today]


def people():
    """In one query; an agent who left still has tickets, but gets none."""
    today = timezone.localdate()
    roles = {role for named in ROLES_WITH.values() for role in named}
    held = "role_assignments__"
    rows = (
        User.objects.filter(role_assignments__role__in=roles)
        .order_by("last_name", "first_name", "pk")
        .values_list(
            *("pk", "first_name", "last_name", "username", "is_active"),
            *(f"{held}role", f"{held}starts_on", f"{held}ends_on"),
        )
    )
    found: dict[str, dict[int, str]] = {name: {} for name in ROLES_WITH}
    there = set()
    for pk, first, last, username, is_active, role, starts_on, ends_on in rows:
        for name, named in ROLES_WITH.items():
            if role in named:
                found[name][pk] = f"{first} {last}".strip() or username
        if is_active and starts_on <= today and (ends_on is None or today <= ends_on):
            there.add(pk)
    raising, working = (list(names.items()) for names in found.values())
    return People(raising, working, there)


def read_filters(request):
    return read_form(TicketFilterForm, request)


class TicketExportForm(forms.Form):
    reason = forms.CharField(label=_("Why the export is needed"), min_length=5, max_length=300)
    kind = forms.ChoiceField(
        label=_("Kind of file"), choices=[("csv", "CSV"), ("xlsx", "Excel (XLSX)")]
    )
    with_content = forms.BooleanField(
        label=_("With clients, descriptions and solutions"), required=False
    )
