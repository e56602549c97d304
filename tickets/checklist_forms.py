from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from inquiries.typed import is_id
from tickets.models import ChecklistLine, Ticket


def _id(typed: str) -> int:
    if not is_id(typed):
        raise ValueError(typed)
    return int(typed)


class TickedField(forms.TypedMultipleChoiceField):
    """Lines of the checklist that are ticked along with a step; what is not ticked is a reminder."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        super().__init__(
            label=_("Not ticked on the checklist yet"),
            coerce=_id,
            required=False,
            help_text=_("Tick what is done. The rest may stay, unless it must be done before."),
        )

    def valid_value(self, value: Any) -> bool:
        """A colleague may have ticked or removed a line meanwhile; the action takes those that are there."""
        return True


def remind(form: forms.Form, ticket: Ticket) -> None:
    """Offer what is not ticked; with nothing to remind of the field goes."""
    unticked = [(line.pk, _label(line)) for line in ticket.checklist.unticked()]
    if unticked:
        form.fields["ticked"].choices = unticked  # type: ignore[attr-defined]
    else:
        del form.fields["ticked"]


def _label(line: ChecklistLine) -> str:
    if not line.is_required:
        return str(line)
    return format_html("{} – <b>{}</b>", str(line), _("must be done before the client is told"))


class ChecklistLineForm(forms.Form):
    """One more thing to do."""

    text = forms.CharField(
        label=_("One more line"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
