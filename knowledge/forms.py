from django import forms
from django.utils.translation import gettext_lazy as _


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
