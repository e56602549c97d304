from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_BODY = 60_000


class WordingForm(forms.Form):
    """The text of a paper, as it is typed."""

    body = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_BODY,
        strip=False,
        widget=forms.Textarea(
            attrs={
                "rows": 28,
                "lang": "et",
                "spellcheck": "false",
                "aria-describedby": "body-problem",
            }
        ),
    )
    note = forms.CharField(
        label=_("Why it changes"),
        help_text=_("For whoever approves it; never in the paper."),
        max_length=500,
        required=False,
    )
    # The newest version that the writer saw.
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, in_force=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.in_force = in_force

    def clean_body(self):
        """Lines end as they do in the versions, whatever the browser sent."""
        body = "\n".join(self.cleaned_data["body"].splitlines()) + "\n"
        if self.in_force and body.splitlines() == self.in_force.body.splitlines():
            raise forms.ValidationError(_("This is the wording in force, word for word."))
        return body
