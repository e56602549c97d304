from django import forms
from django.utils.translation import gettext_lazy as _


class SignedFileForm(forms.Form):
    """The signed container, on the page of a signatory or brought in by staff."""

    file = forms.FileField(
        label=_("Signed container"),
        help_text=_("The file ends with .asice. Signed in DigiDoc, it keeps its name."),
    )

    def add_too_often(self):
        self.add_error("file", _("Too many files in a short time. Try again in a minute."))
