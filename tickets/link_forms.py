"""Forms that name another ticket, or ask about tickets that belong to this one."""

import uuid
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inquiries.typed import is_id
from tickets.actions import OtherClient
from tickets.checklist_forms import TickedField, remind
from tickets.choices import CommentKind, DeliveryChannel, LinkKind, PartChoice
from tickets.models import TicketComment
from tickets.queries.meant import tickets_meant
from tickets.queries.parts import Part, open_parts
from tickets.states import OPEN
from tickets.step_forms import StepForm, reason_field, words

CHANGE = "tickets.change_ticket"


class OtherTicketForm(StepForm):
    """Names another ticket by its number, or finds it by words and lets the person choose."""

    other = words(
        pgettext_lazy("another ticket", "Ticket"),
        longest=200,
        help_text=_("Its number, also without KLT and zeros, or words that stand in it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matches: list[Any] = []

    def clean_other(self):
        text = self.cleaned_data["other"].strip()
        found, is_number = tickets_meant(text, besides=self.ticket, by=self.user)
        if found and is_number:
            return self._changeable(found[0])
        self.matches = found
        if found:
            raise forms.ValidationError(_("Choose below which ticket is meant."))
        if self.ticket.number and text.upper().endswith(self.ticket.number[-6:]):
            raise forms.ValidationError(_("That is this ticket itself."))
        sentence = _("No ticket that you may see has the number or the words “%(text)s”.")
        raise forms.ValidationError(sentence, params={"text": text})

    def _changeable(self, other):
        if not self.user.has_perm(CHANGE, other):
            sentence = _(
                "%(number)s is the responsibility of %(who)s: only that person, whoever stands in, or the senior specialist can do this."
            )
            raise forms.ValidationError(
                sentence, params={"number": other.number, "who": other.responsible}
            )
        return other


class RelateForm(OtherTicketForm):
    kind = forms.ChoiceField(label=_("This ticket"), choices=LinkKind, initial=LinkKind.RELATED)

    field_order = ["kind", "other"]


class MergeForm(OtherTicketForm):
    reason = reason_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.as_part = ""

    def refuse(self, refusal):
        super().refuse(refusal)
        if isinstance(refusal, OtherClient):
            self.as_part = refusal.parameters["number"]


class PartsForm(StepForm):
    """What becomes of each open part; those that stay as they are anyway are only named."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in self.parts:
            if part.choices:
                self.fields[f"part_{part.ticket.pk}"] = forms.ChoiceField(
                    label=_named(part),
                    choices=[(one.value, one.label) for one in part.choices],
                    widget=forms.RadioSelect,
                    initial=part.proposed,
                )

    @cached_property
    def parts(self) -> list[Part]:
        return open_parts(self.ticket, by=self.user) if self.user else []

    @property
    def untouched(self):
        return [part.ticket for part in self.parts if not part.choices]

    @property
    def asks(self):
        return any(part.choices for part in self.parts)

    @property
    def chosen(self):
        return {
            part.ticket.pk: PartChoice(self.cleaned_data[f"part_{part.ticket.pk}"])
            for part in self.parts
            if part.choices
        }


class DeliverForm(PartsForm):
    """How the client is told the solution."""

    channel = forms.ChoiceField(label=_("How"), choices=DeliveryChannel, widget=forms.RadioSelect)
    text = words(
        _("What the client is told"),
        8,
        help_text=_("By e-mail these words leave as a letter; otherwise it is what was said."),
    )
    closes = forms.TypedChoiceField(
        label=_("And then"),
        choices=[
            ("yes", _("the ticket is closed")),
            ("no", _("the client still tries it; it stays open")),
        ],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    ticked = TickedField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("text", self.ticket.solution)
        remind(self, self.ticket)


def _named(part):
    client = part.ticket.client
    who = client if client and not part.is_same_client else ""
    name = _("Part %(number)s") % {"number": part.ticket.number}
    told = [name, part.ticket.summary, str(who), part.ticket.get_state_display()]
    return " · ".join(filter(None, told))


class CommentsField(forms.ModelMultipleChoiceField):
    """What is no id is refused before a database has to say so: engines say it differently."""

    def clean(self, value):
        for one in value or ():
            if not is_id(one):
                message = self.error_messages["invalid_pk_value"]
                raise forms.ValidationError(message, params={"pk": one})
        return super().clean(value)


class SplitForm(StepForm):
    """What of a ticket goes to a new one: lines of what happened, and comments that tier II may read."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    points = forms.MultipleChoiceField(
        label=_("What happened"), required=False, widget=forms.CheckboxSelectMultiple
    )
    comments = CommentsField(
        label=_("What was said"),
        queryset=TicketComment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    link = forms.ChoiceField(
        label=_("The new ticket is"),
        widget=forms.RadioSelect,
        initial="split",
    )

    def __init__(self, *args: Any, comments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["key"] = uuid.uuid4()
        lines = [line.strip() for line in self.ticket.description.splitlines() if line.strip()]
        self.fields["points"].choices = [  # type: ignore[attr-defined]
            (str(at), line) for at, line in enumerate(lines)
        ]
        self.fields["comments"].queryset = comments  # type: ignore[attr-defined]
        self.fields["comments"].label_from_instance = _said  # type: ignore[attr-defined]
        links = [("split", _("a matter of its own, linked to this one"))]
        if self.ticket.parent_id is None and self.ticket.state in OPEN:
            links.append(
                ("part", _("a part of this one: whoever tells the client is asked about it"))
            )
        self.fields["link"].choices = links  # type: ignore[attr-defined]
        if not comments:
            del self.fields["comments"]

    @property
    def lines(self):
        text = dict(self.fields["points"].choices)  # type: ignore[attr-defined]
        return [text[at] for at in self.cleaned_data["points"]]


def _said(comment):
    """Words with the client are called so: tier II reads whatever is carried over."""
    files = ", ".join(file.original_name for file in comment.files.all())
    with_client = _("From the client") if comment.is_incoming else _("To the client")
    kind = str(with_client) if comment.kind == CommentKind.CLIENT else ""
    return " · ".join(filter(None, [kind, comment.writer, comment.text, files]))
