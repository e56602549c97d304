"""Forms of an envelope: to whom it is sent, and what comes back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import ConfirmedHow, ContactKind
from documents.actions import Address
from documents.client_forms import SignedFileForm
from documents.forms import VersionForm
from documents.models import CameBy


class SendForm(VersionForm):
    """One address for each of the client's people who has not signed."""

    is_attached = forms.BooleanField(
        label=_("Send the container along"),
        help_text=_("For those who cannot use the page. It holds personal data."),
        required=False,
    )

    def __init__(self, *args, envelope, **kwargs):
        # Several containers stand on one page: a label belongs to the field of its own.
        kwargs["auto_id"] = f"id_{envelope.pk}_%s"
        super().__init__(*args, **kwargs)
        self.envelope = envelope
        self.asked = [
            one for one in envelope.signers.all() if not one.is_agency and one.signed_at is None
        ]
        self.known = confirmed_addresses(envelope.case.client)
        for signer in self.asked:
            first = signer.email or next(iter(self.known), "")
            self.fields[f"email_{signer.pk}"] = forms.EmailField(
                label=_("%(name)s, e-mail") % {"name": signer.name},
                initial=first,
                max_length=254,
            )
            self.fields[f"how_{signer.pk}"] = forms.ChoiceField(
                label=_("How the address is known"),
                choices=[
                    ("", _("It stands confirmed on the client's card")),
                    *ConfirmedHow.choices,
                ],
                initial=signer.confirmed_how,
                required=False,
            )

    def rows(self):
        """Each signatory with the two fields that are about them."""
        return [(one, self[f"email_{one.pk}"], self[f"how_{one.pk}"]) for one in self.asked]

    def clean(self):
        super().clean()
        for signer in self.asked:
            email = self.cleaned_data.get(f"email_{signer.pk}", "").lower()
            if email and email not in self.known and not self.cleaned_data.get(f"how_{signer.pk}"):
                self.add_error(
                    f"how_{signer.pk}",
                    _("This address is not confirmed on the client's card: say how it is known."),
                )
        return self.cleaned_data

    def addresses(self):
        typed = self.cleaned_data
        return {
            one.pk: Address(typed[f"email_{one.pk}"], typed[f"how_{one.pk}"]) for one in self.asked
        }


def confirmed_addresses(client):
    if client is None:
        return []
    return [
        one.value
        for one in client.contact_points.all()
        if one.kind == ContactKind.EMAIL and one.is_confirmed
    ]


class _BroughtForm(SignedFileForm):
    """A signed file with the way it came, and the place in the portal if it was signed there."""

    evidence = forms.CharField(
        label=_("Where in the portal it was signed"),
        help_text=_("The portal's number of the document, or the address of its page there."),
        max_length=500,
        required=False,
    )

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("way") == CameBy.PORTAL and not cleaned.get("evidence", "").strip():
            self.add_error("evidence", _("Say where in the portal it can be found."))
        return cleaned


class AgencySignatureForm(_BroughtForm):
    way = forms.ChoiceField(
        label=_("How it was signed"),
        choices=[(CameBy.AGENCY, _("in DigiDoc")), (CameBy.PORTAL, _("inside the portal"))],
        initial=CameBy.AGENCY,
        widget=forms.RadioSelect,
    )

    field_order = ["way", "evidence", "file"]


class StaffReturnForm(_BroughtForm):
    way = forms.ChoiceField(
        label=_("How it came"),
        choices=[
            (CameBy.STAFF, _("the client gave it to us")),
            (CameBy.PORTAL, _("through the portal")),
        ],
        initial=CameBy.STAFF,
        widget=forms.RadioSelect,
    )

    field_order = ["way", "evidence", "file"]

    def __init__(self, *args, envelope, **kwargs):
        kwargs["auto_id"] = f"id_{envelope.pk}_%s"
        super().__init__(*args, **kwargs)
        self.envelope = envelope
