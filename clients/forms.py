from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.actions.add_contact_point import normal_contact
from clients.codes import checked_personal_code, checked_registry_code
from clients.countries import country_choices
from clients.emails import normal_email
from clients.models import ClientLanguage, ConfirmedHow, ContactKind
from clients.phones import normal_phone
from common.refusals import Refusal

HOME = "EE"
# A member of staff saw it; the mail link confirms by itself.
BY_HAND = [(how.value, how.label) for how in (ConfirmedHow.CALLBACK, ConfirmedHow.ANSWER)]
NO_AUTOFILL = {"autocomplete": "off", "spellcheck": "false"}


def judged(judge, typed):
    """Return the text in its one spelling, or let the form say why it cannot be one."""
    try:
        return judge(typed)
    except Refusal as refusal:
        raise forms.ValidationError(str(refusal), code=refusal.code) from refusal


class SearchForm(forms.Form):
    text = forms.CharField(
        label=_("Name, number, e-mail, registry code"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={**NO_AUTOFILL, "type": "search"}),
    )


class ClientForm(forms.Form):
    """What both kinds of client have; a new client also says where it is reached."""

    country = forms.ChoiceField(label=_("Country"), initial=HOME)
    language = forms.ChoiceField(
        label=_("Language"), choices=ClientLanguage, initial=ClientLanguage.ESTONIAN
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, is_new=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = country_choices()  # type: ignore[attr-defined]
        if is_new:
            self.fields["phone"] = forms.CharField(
                label=_("Phone"), max_length=40, required=False, widget=_text("tel")
            )
            self.fields["email"] = forms.CharField(
                label=_("E-mail"), max_length=254, required=False, widget=_text("email")
            )
        self.order_fields(self.field_order)

    def clean_phone(self):
        typed = self.cleaned_data["phone"]
        return judged(normal_phone, typed) if typed else ""

    def clean_email(self):
        typed = self.cleaned_data["email"]
        return judged(normal_email, typed) if typed else ""

    def client_fields(self):
        """What create_client and change_client take."""
        return {
            name: text
            for name, text in self.cleaned_data.items()
            if name not in {"version", "phone", "email", "forget_code"}
        }

    def contacts(self):
        kinds = [(ContactKind.PHONE, "phone"), (ContactKind.EMAIL, "email")]
        return [
            (kind, self.cleaned_data[name]) for kind, name in kinds if self.cleaned_data.get(name)
        ]


class PersonForm(ClientForm):
    field_order = ("first_name", "last_name", "phone", "email", "language", "country")

    first_name = forms.CharField(
        label=_("First name"), max_length=100, required=False, widget=forms.TextInput(NO_AUTOFILL)
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=100, required=False, widget=forms.TextInput(NO_AUTOFILL)
    )
    personal_code = forms.CharField(
        label=_("Personal code"),
        max_length=40,
        required=False,
        widget=forms.TextInput(NO_AUTOFILL),
        help_text=_(
            "Only if an access paper needs it. It is kept encrypted and shown masked. Of a foreigner: the identifier of the home country."
        ),
    )

    def __init__(self, *args, code_shown="", **kwargs):
        super().__init__(*args, **kwargs)
        if code_shown:
            self.fields["personal_code"].help_text = _("Now: %(code)s. Leave empty to keep it.") % {
                "code": code_shown
            }
            self.fields["forget_code"] = forms.BooleanField(
                label=_("Delete the personal code"), required=False
            )

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if not (cleaned.get("first_name") or cleaned.get("last_name")):
            self.add_error("last_name", _("Write at least one name of the person."))
        code = cleaned.get("personal_code")
        if code and cleaned.get("country") == HOME:
            try:
                judged(checked_personal_code, code)
            except forms.ValidationError as error:
                self.add_error("personal_code", error)
        return cleaned

    def client_fields(self):
        fields = super().client_fields()
        if self.cleaned_data.get("forget_code"):
            fields["personal_code"] = ""
        elif self.cleaned_data["version"] and not fields["personal_code"]:
            del fields["personal_code"]  # an empty field keeps the code
        return fields


class OrganisationForm(ClientForm):
    field_order = ("name", "registry_code", "phone", "email", "language", "country")

    name = forms.CharField(
        label=pgettext_lazy("organisation", "Name"),
        max_length=200,
        widget=forms.TextInput(NO_AUTOFILL),
        error_messages={"required": _("Write the name of the organisation.")},
    )
    registry_code = forms.CharField(
        label=_("Registry code"),
        max_length=20,
        required=False,
        widget=forms.TextInput({**NO_AUTOFILL, "inputmode": "numeric"}),
        help_text=_("8 digits; empty for an organisation without an Estonian code."),
    )
    foreign_code = forms.CharField(
        label=_("Foreign identifier"),
        max_length=40,
        required=False,
        widget=forms.TextInput(NO_AUTOFILL),
        help_text=_("The code in the register of its own country."),
    )

    def clean_registry_code(self):
        typed = self.cleaned_data["registry_code"]
        return judged(checked_registry_code, typed) if typed else ""


class ContactForm(forms.Form):
    value = forms.CharField(max_length=254, widget=forms.TextInput(NO_AUTOFILL))
    note = forms.CharField(
        label=_("Whose or when"),
        max_length=100,
        required=False,
        help_text=_("For instance: accountant, only in the morning."),
    )

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["value"].label = ContactKind(kind).label
        self.fields["value"].widget.attrs["inputmode"] = "tel" if kind == "phone" else "email"

    def clean_value(self):
        return judged(lambda typed: normal_contact(self.kind, typed), self.cleaned_data["value"])


class ConfirmForm(forms.Form):
    how = forms.ChoiceField(choices=BY_HAND)


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note for the next call"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever takes the next call sees this first. Empty takes the note away."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class RevealForm(forms.Form):
    reason = forms.CharField(
        label=_("Why do you need the code?"),
        max_length=500,
        min_length=3,
        widget=forms.TextInput(NO_AUTOFILL),
        help_text=_("The reason goes into the access log with your name."),
        error_messages={"required": _("Write why you need the code: it goes into the access log.")},
    )


class MergeForm(forms.Form):
    """For each choice, from which card it is taken: the one that is kept, or the merged one."""

    reason = forms.CharField(label=_("Why are they one client?"), max_length=300, required=False)

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        for name in choices:
            self.fields[f"from_{name}"] = forms.ChoiceField(
                choices=[("kept", ""), ("merged", "")], initial="kept"
            )

    def taken(self):
        return {
            name.removeprefix("from_")
            for name, source in self.cleaned_data.items()
            if source == "merged" and name.startswith("from_")
        }


def _text(kind):
    return forms.TextInput(attrs={**NO_AUTOFILL, "inputmode": kind})
