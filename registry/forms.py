from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from common.day_field import DayField
from registry.representation import Signatory
from registry.states import CheckPurpose

NO_AUTOFILL = {"autocomplete": "off", "spellcheck": "false"}
SUFFIXES = {".zip", ".csv", ".json"}


class SearchForm(forms.Form):
    text = forms.CharField(
        label=_("Registry code or words of the name"), max_length=200, required=False
    )


class SignatoryForm(forms.Form):
    """One person about whom is asked. Left empty, it asks about nobody."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=NO_AUTOFILL),
    )
    code = forms.CharField(
        label=_("Personal code"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=NO_AUTOFILL),
    )
    country = forms.CharField(
        label=_("Country of the code"),
        max_length=3,
        initial="EST",
        required=False,
        help_text=_("Three letters, EST for Estonia."),
        widget=forms.TextInput(attrs=NO_AUTOFILL),
    )

    def clean(self):
        cleaned = super().clean() or {}
        if cleaned.get("code") and not cleaned.get("name"):
            self.add_error("name", _("Write the name as well."))
        return cleaned

    def signatory(self):
        if not self.cleaned_data.get("name"):
            return None
        return Signatory(
            name=self.cleaned_data["name"],
            code=self.cleaned_data["code"],
            country=self.cleaned_data["country"] or "EST",
        )


SignatoryFormSet = forms.formset_factory(SignatoryForm, extra=2, max_num=10)


class CheckForm(forms.Form):
    purpose = forms.ChoiceField(
        label=_("What the check is for"), choices=CheckPurpose, initial=CheckPurpose.DRAFTING
    )


class ConfirmForm(forms.Form):
    reason = forms.CharField(
        label=_("On what you base it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you read and what follows from it. It is kept with the check."),
    )
    paper = forms.FileField(
        label=_("Extract, decision or power of attorney"),
        required=False,
        help_text=_(
            "PDF, picture or signed container. Needed where the live register did not answer."
        ),
    )
    extract_on = DayField(
        label=_("Day of the extract"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Why not"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ImportForm(forms.Form):
    """A file in the folder of register files, or one that is sent along."""

    chosen = forms.ChoiceField(label=_("File in the folder"), required=False)
    sent = forms.FileField(
        label=_("Or send a file"),
        required=False,
        help_text=_("lihtandmed (CSV) or kaardile kantud isikud (JSON), plain or zipped."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = [(path.name, path.name) for path in files_in_folder()]
        self.fields["chosen"].choices = [("", "–"), *names]  # type: ignore[attr-defined]

    def clean(self):
        cleaned = super().clean() or {}
        if bool(cleaned.get("chosen")) == bool(cleaned.get("sent")) and not self.errors:
            raise forms.ValidationError(_("Choose a file of the folder, or send one."))
        return cleaned


def files_in_folder():
    folder = settings.REGISTER_FILES_DIR
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and path.is_file())
