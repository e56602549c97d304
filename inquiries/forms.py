"""Forms of the inquiry pages. What an inquiry needs is judged in `judging`, so these only ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

from inquiries.choices import (
    agents,
    article_versions,
    named,
    offer,
    referral_bodies,
    topics,
    units,
    with_empty,
)
from inquiries.judging import InquiryNotComplete
from inquiries.models import CallbackTry, Channel, County, Language, LegalKind, ObjectKind
from inquiries.states import MOVES, OUTCOMES, InquiryState, Outcome, offered_outcomes

SHOWN_AT = {"source": "source_version"}  # where an error is shown that belongs to two fields


def asked(label, widget=None, **kwargs):
    """A field that takes whatever is typed; whether it is right is judged elsewhere."""
    return forms.CharField(
        label=label, required=False, strip=False, widget=widget or forms.TextInput(), **kwargs
    )


def long_text(rows):
    return forms.Textarea(attrs={"rows": rows})


def day():
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def moment():
    return forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class JudgedForm(forms.Form):
    """Shows what was typed; the refusals of the judge are put at their fields."""

    def refuse(self, refusal: InquiryNotComplete):
        for name, whys in refusal.errors.items():
            place = SHOWN_AT.get(name, name)
            for why in whys:
                self.add_error(place if place in self.fields else None, str(why))

    @property
    def typed(self):
        """The fields as the actions take them."""
        return {name: self.data.get(self.add_prefix(name), "") for name in self.fields}


class InquiryForm(JudgedForm):
    """All that may be written down about a contact."""

    channel = asked(_("Channel"), forms.Select)
    language = asked(_("Language"), forms.Select)
    client = asked(_("Client"), forms.HiddenInput)
    is_anonymous = forms.BooleanField(label=_("Wants to stay anonymous"), required=False)
    caller_number = asked(_("Caller's number"), forms.TextInput(attrs={"inputmode": "tel"}))
    topic = asked(_("Topic"), forms.Select)
    owner_unit = asked(_("Owner unit"), forms.Select)
    county = asked(_("County"), forms.Select)
    place = asked(_("Place"))
    object_kind = asked(_("Object"), forms.Select)
    object_reference = asked(_("Number of the object"))
    question = asked(_("Question"), long_text(5))
    answer = asked(_("Answer"), long_text(5))
    source_version = asked(_("Source: article"), forms.Select)
    source_text = asked(_("Source: law"))
    referral_body = asked(_("Referred to"), forms.Select)
    callback_due_at = asked(_("Call back by"), moment())
    callback_number = asked(_("Number to call back"), forms.TextInput(attrs={"inputmode": "tel"}))
    legal_kind = asked(_("Legal kind"), forms.Select)
    registered_on = asked(_("Registered on"), day())
    follow_up_of = asked(
        _("Follow-up of"), help_text=_("The number of the earlier inquiry, such as P-2026-000123.")
    )
    is_restricted = forms.BooleanField(label=_("For internal use"), required=False)
    restriction_basis = asked(_("Basis"), help_text=_("Such as AvTS § 35 lg 1 p 12."))
    restricted_until = asked(_("Valid until"), day())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kept = self["source_version"].value()
        choices = {
            "channel": Channel.choices,
            "language": Language.choices,
            "topic": topics(with_groups=False),
            "owner_unit": units(),
            "county": County.choices,
            "object_kind": ObjectKind.choices,
            "source_version": article_versions(kept),
            "referral_body": referral_bodies(),
            "legal_kind": LegalKind.choices,
        }
        for name, offered in choices.items():
            offer(self, name, with_empty(offered))


class SettleForm(JudgedForm):
    """How an open inquiry moves on."""

    outcome = asked(_("Outcome"), forms.Select)
    answer = asked(_("Answer"), long_text(4))
    source_version = asked(_("Source: article"), forms.Select)
    source_text = asked(_("Source: law"))
    owner_unit = asked(_("Unit, when it is forwarded"), forms.Select)
    referral_body = asked(_("Body, when it is referred"), forms.Select)
    callback_due_at = asked(_("Call back by"), moment())
    callback_number = asked(_("Number to call back"), forms.TextInput(attrs={"inputmode": "tel"}))

    def __init__(self, *args, inquiry, **kwargs):
        super().__init__(*args, **kwargs)
        state = InquiryState(inquiry.state)
        offered = [
            (value, label)
            for value, label in offered_outcomes()
            if OUTCOMES[Outcome(value)].move and MOVES.allows(OUTCOMES[Outcome(value)].move, state)
        ]
        offer(self, "outcome", with_empty(offered))
        kept = self["source_version"].value()
        offer(self, "source_version", with_empty(article_versions(kept)))
        offer(self, "owner_unit", with_empty(units()))
        offer(self, "referral_body", with_empty(referral_bodies()))


class CorrectionForm(forms.Form):
    what_was_wrong = forms.CharField(label=_("What was wrong"), widget=long_text(3))
    correct_answer = forms.CharField(label=_("Correct answer"), widget=long_text(5))
    source_version = forms.TypedChoiceField(
        label=_("Source: article"), required=False, coerce=int, empty_value=None
    )
    source_text = forms.CharField(label=_("Source: law"), required=False, max_length=300)
    told_how = forms.CharField(
        label=_("How the client was told"),
        required=False,
        max_length=300,
        help_text=_("Leave empty while the client does not know yet."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "source_version", with_empty(article_versions()))

    def clean(self):
        values = super().clean() or {}
        if not values.get("source_version") and not values.get("source_text"):
            self.add_error("source_version", _("The correct answer needs a source."))
        return values


class TellForm(forms.Form):
    told_how = forms.CharField(label=_("How the client was told"), max_length=300)


class CallbackTryForm(forms.Form):
    result = forms.ChoiceField(label=_("Result"), choices=CallbackTry.Result)
    note = forms.CharField(label=_("Note"), required=False, max_length=500)


class MoveCallbackForm(forms.Form):
    due_at = forms.DateTimeField(label=_("Call back by"), widget=moment())
    responsible = forms.TypedChoiceField(label=_("Responsible"), coerce=int)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "responsible", named(agents()))


class ExportForm(forms.Form):
    reason = forms.CharField(label=_("Why the export is needed"), min_length=5, max_length=300)
    with_content = forms.BooleanField(
        label=_("With clients, questions and answers"), required=False
    )


class SaveViewForm(forms.Form):
    name = forms.CharField(label=_("Name of the view"), max_length=80)
    is_shared = forms.BooleanField(label=_("Shared with everyone"), required=False)
