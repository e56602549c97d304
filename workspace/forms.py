"""The call form. It draws what was typed; the inquiry's own action judges it."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from inquiries.field_refusals import InquiryNotComplete
from inquiries.models import Channel, County, LegalKind, ObjectKind
from inquiries.states import AT_ONCE, offered_outcomes
from inquiries.typed import KEPT

NOTHING = [("", "–")]
QUICK_DIGITS = (7, 8, 9, 0)  # Alt with them; the digits before are those of the outcomes to choose
SHOWN_AT = {"source": "source_version", "callback_by": "callback_by_name"}
NOTES = {"maxlength": KEPT, "aria-autocomplete": "list", "aria-controls": "snippets"}


def text(label, **kwargs):
    return forms.CharField(label=label, required=False, strip=False, **kwargs)


def choice(label, choices, widget=forms.Select):
    # Not a ChoiceField: a draft keeps whatever stands in it, and the finish says what is wrong.
    return forms.CharField(label=label, required=False, widget=widget(choices=choices))


class CallForm(forms.Form):
    """All that a specialist can note about a contact, in the order of the conversation."""

    template_name = "workspace/call/form.html"

    channel = choice(_("Channel"), Channel.choices)
    language = choice(
        _("Language"), [("et", "ET"), ("ru", "RU"), ("en", "EN")], widget=forms.RadioSelect
    )
    # Drawn beside the caller's card; here for what the finish says of them.
    identified_how = text(_("Identified"), widget=forms.Select)
    first_fact = text(_("First fact"), widget=forms.Select)
    second_fact = text(_("Second fact"), widget=forms.Select)
    topic = text(_("Topic"), widget=forms.HiddenInput)
    question = text(_("Question and notes"), widget=forms.Textarea(attrs={"rows": 4, **NOTES}))
    answer = text(_("Answer given"), widget=forms.Textarea(attrs={"rows": 3, **NOTES}))
    source_version = text(_("Source of the answer"), widget=forms.Select)
    source_text = text(_("Or a law"), widget=forms.TextInput(attrs={"placeholder": "MSVS § 6"}))
    outcome = choice(_("Outcome"), [], widget=forms.RadioSelect)
    referral_body = choice(_("Body"), [])
    owner_unit = choice(_("Unit"), [])
    callback_due_at = text(
        _("When"), widget=forms.TextInput(attrs={"type": "datetime-local", "class": "num"})
    )
    callback_by = text(_("Who calls back"), widget=forms.HiddenInput)
    callback_by_name = text(
        _("Who calls back"),
        widget=forms.TextInput(attrs={"readonly": True, "placeholder": _("you yourself")}),
    )
    callback_number = text(
        _("Number"), widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
    )
    county = choice(_("County"), NOTHING + County.choices)
    place = text(_("Place"), widget=forms.TextInput(attrs={"autocomplete": "off"}))
    object_kind = choice(_("Object"), NOTHING + ObjectKind.choices)
    object_reference = text(
        _("Number of the object"), widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    legal_kind = choice(_("Legal kind"), NOTHING + LegalKind.choices)
    registered_on = text(_("Registered on"), widget=forms.TextInput(attrs={"type": "date"}))
    is_restricted = forms.BooleanField(label=_("For internal use only (AK)"), required=False)
    restriction_basis = text(
        _("Basis"), widget=forms.TextInput(attrs={"placeholder": "AvTS § 35 lg 1 p 12"})
    )
    restricted_until = text(_("Until"), widget=forms.TextInput(attrs={"type": "date"}))
    recording_reference = text(
        _("Recording"), widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, typed: Mapping[str, str], *, bodies=(), sources=(), chosen_source=""):
        super().__init__({"source_version": chosen_source, **without_empty_source(typed)})
        self.fields["outcome"].widget.choices = pickable_outcomes()
        self.fields["referral_body"].widget.choices = [
            *NOTHING,
            *((body.pk, body.name()) for body in bodies),
        ]
        self.fields["owner_unit"].widget.choices = [
            ("", _("By the topic")),
            *((unit.pk, str(unit)) for unit in Unit.objects.all()),
        ]
        self.fields["source_version"].widget.choices = source_choices(sources)
        if typed.get("topic"):  # the caller and the matter are known: the words are next
            self.fields["question"].widget.attrs["autofocus"] = True
        for name, field in self.fields.items():
            # Some stand beside the form element, so each names the form it belongs to.
            field.widget.attrs.update(id=f"call-{name.replace('_', '-')}", form="call-form")

    def take_errors(self, refused: InquiryNotComplete) -> None:
        """Put what the finish refused at the fields it speaks of."""
        self.full_clean()
        self.fields["question"].widget.attrs.pop("autofocus", None)
        for name, reasons in refused.errors.items():
            place = SHOWN_AT.get(name, name)
            for reason in reasons:
                self.add_error(place if place in self.fields else None, str(reason))


def pickable_outcomes():
    return [(value, label) for value, label in offered_outcomes() if value not in AT_ONCE]


def quick_outcomes():
    """The others finish the contact at once, by a button with a key of its own."""
    quick = [choice for choice in offered_outcomes() if choice[0] in AT_ONCE]
    return [
        {"value": value, "label": label, "digit": digit}
        for (value, label), digit in zip(quick, QUICK_DIGITS, strict=True)
    ]


def without_empty_source(typed):
    """A draft saved before the topic was chosen has no source; the topic's own then stands."""
    return {name: value for name, value in typed.items() if name != "source_version" or value}


def source_choices(sources):
    return [*NOTHING, *((version.pk, version.title) for version in sources)]
