"""Forms of what happens to a ticket that has been raised: each asks what its one action needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.gate_field import GateField
from inquiries.accepted_files import ACCEPTED
from inquiries.models import Language
from tickets.choices import LinkAnswer
from tickets.models import TicketGroup
from tickets.queries import assignable, responsible_people

LONGEST_TEXT = 20_000


def words(label, rows=0, longest=LONGEST_TEXT, **kwargs):
    """A field of text, of one line or of several."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=longest, widget=widget, **kwargs)


def file_field():
    return GateField(label=_("File"), required=False, allowed=ACCEPTED)


def reason_field():
    return words(_("Reason"), 2, longest=500, help_text=_("It stands in the story of the ticket."))


class RefusingForm(forms.Form):
    def refuse(self, refusal):
        """Say above the form why it was not done."""
        self.add_error(None, str(refusal))


class StepForm(RefusingForm):
    """What a step with a ticket asks; `ticket` is the one that it is about, `user` who takes it."""

    def __init__(self, *args: Any, ticket: Any, user: Any = None, **kwargs: Any) -> None:
        self.ticket, self.user = ticket, user
        super().__init__(*args, **kwargs)


class SaidForm(StepForm):
    """Something said, with a file if need be."""

    text = words(_("Text"), 5)
    file = file_field()

    @property
    def uploads(self):
        return [self.cleaned_data["file"]] if self.cleaned_data.get("file") else []


class CommentForm(SaidForm):
    """As on the page of the ticket: a file alone is enough."""

    text = words(_("Text"), 3, required=False, help_text=_("@username tells a colleague of it."))


class Tier2Form(CommentForm):
    """A word to tier II; it may pass on what the client wrote, with its files."""

    passed_on = forms.IntegerField(required=False, widget=forms.HiddenInput)


class HeardForm(SaidForm):
    """What the client answered."""

    passes_on = forms.BooleanField(
        label=_("Tier II gets these words too"),
        help_text=_("They leave for Jira if the group works there. No personal codes."),
        required=False,
        initial=True,
    )

    field_order = ["text", "file", "passes_on"]


class AskClientForm(StepForm):
    text = words(_("What the client is asked"), 5)
    by_mail = forms.TypedChoiceField(
        label=_("How"),
        choices=[("yes", _("by e-mail, now")), ("no", _("I have asked the client myself"))],
        coerce=lambda way: way == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )


class ReasonForm(StepForm):
    reason = reason_field()


class SendBackForm(StepForm):
    reason = words(_("Why it goes back"), 4)


class RegroupForm(StepForm):
    group = forms.ModelChoiceField(
        label=_("To which group"),
        queryset=TicketGroup.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    reason = reason_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = TicketGroup.objects.filter(is_active=True).exclude(pk=self.ticket.group_id)
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]


class PersonForm(StepForm):
    to = forms.ModelChoiceField(label=_("To whom"), queryset=User.objects.none())

    def people(self):
        raise NotImplementedError

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = self.people()  # type: ignore[attr-defined]


class AssignForm(PersonForm):
    def people(self):
        return assignable(self.ticket)


class HandOverForm(PersonForm):
    reason = reason_field()

    def people(self):
        return responsible_people().exclude(pk=self.ticket.responsible_id)


class LinkForm(StepForm):
    """Whom to ask who never signs in."""

    address = forms.EmailField(label=_("E-mail address"), max_length=254)
    text = words(_("What is asked"), 5)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=Language)


class LinkAnswerForm(SaidForm):
    """What somebody who came by the link has to say."""

    what = forms.ChoiceField(
        label=_("What do you have to say?"), choices=LinkAnswer, widget=forms.RadioSelect
    )
    name = words(_("Your name"), longest=150)
    text = words(_("Text"), 8)

    field_order = ["what", "name", "text", "file"]

    def add_too_often(self):
        self.add_error(None, _("Too many answers in a short time. Try again in a minute."))
