from django import forms
from django.utils.translation import gettext_lazy as _

from common.refusals import Refusal
from knowledge.queries import FAVOURITE_DIGITS
from knowledge.script_text import read_script


class FavouriteForm(forms.Form):
    """Which digit a topic is to stand on; none takes it off."""

    digit = forms.TypedChoiceField(
        choices=[("", ""), *((digit, str(digit)) for digit in FAVOURITE_DIGITS)],
        required=False,
        coerce=int,
        empty_value=None,
    )


class TopicSearchForm(forms.Form):
    text = forms.CharField(
        label=_("Find a topic"),
        max_length=200,
        required=False,
        help_text=_("In any of the three languages; a word bent or misspelled is found too."),
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}
        ),
    )


class ScriptForm(forms.Form):
    body = forms.CharField(
        label=_("text"),
        max_length=60_000,
        strip=False,
        help_text=_(
            "“## name” begins a step, “-> name” an answer that leads on, “=> solved” one that ends; "
            "“et:”, “ru:”, “en:” say the words, “> et:” what may be put into the answer."
        ),
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false"}),
    )
    valid_from = forms.DateField(
        label=_("counts from"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def clean_body(self):
        body = self.cleaned_data["body"].replace("\r\n", "\n")
        try:
            read_script(body)
        except Refusal as refused:
            raise forms.ValidationError(str(refused)) from refused
        return body
