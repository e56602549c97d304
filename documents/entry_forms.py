from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.forms import VersionForm
from documents.models import ToldHow
from documents.queries import lacks_agreement


class EnterForm(VersionForm):
    """The paper stands in the portal: its number there, or a tick that it was entered."""

    portal_record = forms.CharField(
        label=_("Number of the entry in the portal"), max_length=60, required=False
    )
    is_entered = forms.BooleanField(label=_("Entered; the portal gives no number"), required=False)
    agreement_seen = forms.BooleanField(
        label=_("The portal shows a user agreement from before, in force"),
        help_text=_("No agreement of this organisation is known here."),
        required=False,
    )
    told_how = forms.ChoiceField(
        label=_("How the client is told"),
        choices=[
            (ToldHow.MAIL, _("by e-mail, now")),
            (ToldHow.PHONE, _("has been told by phone")),
            (ToldHow.LETTER, _("a letter has been posted")),
        ],
        initial=ToldHow.MAIL,
    )

    def __init__(self, *args, paper, **kwargs):
        kwargs["prefix"] = f"enter-{paper.pk}"
        super().__init__(*args, **kwargs)
        self.paper = paper
        if not lacks_agreement(paper, timezone.localdate()):
            del self.fields["agreement_seen"]

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if not cleaned.get("portal_record", "").strip() and not cleaned.get("is_entered"):
            self.add_error("portal_record", _("Write the number, or tick that it was entered."))
        return cleaned

    def given(self):
        return {
            "version": self.cleaned_data["version"],
            "portal_record": self.cleaned_data["portal_record"],
            "told_how": self.cleaned_data["told_how"],
            "agreement_seen": self.cleaned_data.get("agreement_seen", False),
        }


class TellForm(forms.Form):
    how = forms.ChoiceField(
        choices=[(ToldHow.PHONE, _("by phone")), (ToldHow.LETTER, _("by letter"))]
    )
