"""Forms of the inquiry pages. What an inquiry needs is judged in `judging`, so these only ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

from inquiries.choices import (
    article_versions,
    logging_agents,
    named,
    offer,
    referral_bodies,
    topics,
    units,
    with_empty,
)
from inquiries.field_refusals import InquiryNotComplete
from inquiries.models import (
    CallbackTry,
    CallRecordProfile,
    CardFact,
    Channel,
    County,
    IdentifiedHow,
    Language,
    LegalKind,
    ObjectKind,
    PhoneLine,
)
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
    identified_how = asked(_("Identified"), forms.Select)
    first_fact = asked(_("First fact"), forms.Select)
    second_fact = asked(_("Second fact"), forms.Select)
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
            "identified_how": IdentifiedHow.choices,
            "first_fact": CardFact.choices,
            "second_fact": CardFact.choices,
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


# A letter has pages of its own for these: with a clock, a notice and what the law asks for.
OF_A_LETTER = (Outcome.WITH_UNIT, Outcome.REFERRED_OUT)


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
            if OUTCOMES[Outcome(value)].move
            and MOVES.allows(OUTCOMES[Outcome(value)].move, state)
            and not (inquiry.is_written and value in OF_A_LETTER)
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
    """Who was reached is asked only of those who may say what came of it."""

    result = forms.ChoiceField(label=_("Result"))
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def __init__(self, *args, may_settle, **kwargs):
        super().__init__(*args, **kwargs)
        in_vain = [one for one in CallbackTry.Result.choices if one[0] != "answered"]
        offer(self, "result", CallbackTry.Result.choices if may_settle else in_vain)


class CallbackNumberForm(forms.Form):
    number = forms.CharField(
        label=_("Number to call back"),
        max_length=32,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )


class MoveCallbackForm(forms.Form):
    due_at = forms.DateTimeField(label=_("Call back by"), widget=moment())
    responsible = forms.TypedChoiceField(label=_("Responsible"), coerce=int)

    def __init__(self, *args, inquiry, **kwargs):
        super().__init__(*args, **kwargs)
        people = dict(named([inquiry.responsible, *logging_agents()]))
        offer(self, "responsible", list(people.items()))


class ExportForm(forms.Form):
    reason = forms.CharField(label=_("Why the export is needed"), min_length=5, max_length=300)
    with_content = forms.BooleanField(
        label=_("With clients, questions and answers"), required=False
    )


class SaveViewForm(forms.Form):
    name = forms.CharField(label=_("Name of the view"), max_length=80)
    is_shared = forms.BooleanField(label=_("Shared with everyone"), required=False)


class BlockNumberForm(forms.Form):
    """A number whose calls are turned away for a time."""

    number = forms.CharField(
        label=_("Number"),
        max_length=32,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)
    days = forms.IntegerField(label=_("For how many days"), min_value=1, max_value=366, initial=7)


class PhoneLineForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the exchange"),
        max_length=100,
        help_text=_("The name of one that is here already gives it a new token."),
    )


class CallImportForm(forms.Form):
    """A file of call records, of which exchange it is and how it is read."""

    line = forms.ChoiceField(label=_("Telephone exchange"))
    profile = forms.ChoiceField(label=_("How the file is read"))
    file = forms.FileField(label=_("File of call records"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "line", named(PhoneLine.objects.all()))
        offer(self, "profile", named(CallRecordProfile.objects.all()))
