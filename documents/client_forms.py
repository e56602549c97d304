from django import forms
from django.utils.translation import gettext_lazy as _


class SignedFileForm(forms.Form):
    """The signed container, on the page of a signatory or brought in by staff."""

    file = forms.FileField(
        label=_("Signed container"),
        help_text=_("The file ends with .asice. Signed in DigiDoc, it keeps its name."),
        error_messages={
            "required": _("Choose the signed file first."),
            "empty": _("This file is empty: choose the signed one."),
        },
    )

    def add_known(self, faults):
        """The very bytes came in before by another way: what is wrong with them, as far as is known."""
        known = _(
            "This very file has come in already. If your signature is not in it, sign the container of step 2 and bring that one."
        )
        self.add_error("file", [*faults, known])

    def add_too_often(self):
        self.add_error("file", _("Too many files in a short time. Try again in a minute."))
