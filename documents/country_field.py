import re

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.representation.codes import country_of


class CountryField(forms.CharField):
    """Which country gave a personal code: its letters, as they stand in a passport."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Country of the code"),
            help_text=_("Its letters, as in a passport: EST, LVA, FIN."),
            max_length=3,
            initial="EST",
            **kwargs,
        )

    def clean(self, value):
        written = super().clean(value)
        country = country_of(written)
        if written and not re.fullmatch(r"[A-Z]{3}", country):
            raise forms.ValidationError(_("Write the letters of the country, such as EST."))
        return country
