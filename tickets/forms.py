"""The form in which a ticket is written: it takes in what is typed; what is lacking is judged elsewhere."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models import Client
from inquiries.choices import offer, topics, with_empty
from inquiries.models import Language
from knowledge.models import Topic
from tickets.choices import FactKind, MayContact, Urgency
from tickets.completeness_of import facts_needed
from tickets.models import TicketFact, TicketGroup
from tickets.step_forms import RefusingForm, words

LONGEST_FACT = 4_000
FACT = "fact_"


class TicketForm(RefusingForm):
    """All that is written of a ticket. A draft is kept whatever stands in it."""

    group = forms.ModelChoiceField(
        label=_("Group"),
        queryset=TicketGroup.objects.filter(is_active=True),
        required=False,
        widget=forms.RadioSelect,
        empty_label=None,
    )
    client = forms.ModelChoiceField(
        label=_("Client"), queryset=Client.objects.none(), required=False, widget=forms.HiddenInput
    )
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.for_choice(), required=False
    )
    summary = words(_("In one line"), longest=200, required=False)
    description = words(_("What happened"), 6, required=False)
    steps_tried = words(_("What has been tried"), 3, required=False)
    may_contact = forms.ChoiceField(
        label=_("Contact with the client"),
        choices=MayContact,
        required=False,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language, required=False)
    urgency = forms.ChoiceField(
        label=_("Urgency"), choices=Urgency, required=False, widget=forms.RadioSelect
    )
    urgency_reason = words(_("Why it is urgent"), longest=300, required=False)

    def __init__(self, *args: Any, ticket: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ticket = ticket
        self.initial = {**_standing(ticket), **self.initial}
        self.fields["client"].queryset = Client.objects.visible_to(user)  # type: ignore[attr-defined]
        offer(self, "topic", with_empty(topics(with_groups=False)))
        if not ticket.is_draft:
            del self.fields["group"]
        self.needed = facts_needed(self._number("group", ticket.group_id), self._number("topic"))
        for one in self.needed:
            self.fields[FACT + one.fact.code] = words(
                one.fact.name,
                3 if one.fact.kind == FactKind.LONG else 0,
                LONGEST_FACT,
                required=False,
                help_text=_("For example: %(text)s") % {"text": one.fact.help}
                if one.fact.help
                else "",
            )

    def _number(self, name, otherwise=None):
        value = str((self[name].value() if name in self.fields else otherwise) or "")
        return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else None

    @property
    def fact_fields(self):
        return [(self[FACT + one.fact.code], one.is_required) for one in self.needed]

    @property
    def typed(self):
        """What may be kept, as the action takes it: of a field with an error what stood there stays."""
        cleaned = {**self.cleaned_data}
        facts = {**self.ticket.facts, **self._facts_sent()}
        typed = {name: value for name, value in cleaned.items() if not name.startswith(FACT)}
        for name in ("language", "urgency"):
            typed[name] = typed.get(name) or getattr(self.ticket, name)
        return {**typed, "facts": {code: text for code, text in facts.items() if text}}

    def _facts_sent(self):
        """Facts of the group that is chosen now, and of one that was chosen when the page was drawn."""
        return {
            code: self.data[FACT + code].replace("\x00", "").strip()[:LONGEST_FACT]
            for code in TicketFact.objects.values_list("code", flat=True)
            if FACT + code in self.data
        }

    def name_lacking(self, lacking):
        """Say at each field what tier II could not work without, in sentences that name the field."""
        self.sentences_name_fields = True
        for one in lacking:
            self.add_error(self.field_of(one.field), one.sentence)

    def field_of(self, name):
        return name if name in self.fields else FACT + name


def _standing(ticket):
    facts = {FACT + code: text for code, text in ticket.facts.items()}
    return {
        "group": ticket.group_id,
        "client": ticket.client_id,
        "topic": ticket.topic_id,
        "summary": ticket.summary,
        "description": ticket.description,
        "steps_tried": ticket.steps_tried,
        "may_contact": ticket.may_contact,
        "language": ticket.language,
        "urgency": ticket.urgency,
        "urgency_reason": ticket.urgency_reason,
        **facts,
    }
