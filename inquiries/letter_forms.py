"""Forms of letters: the paper one that is registered, the answer, and the steps that need a word."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.day_field import DayField
from common.file_types import ASICE, JPEG, PDF, PNG
from common.gate_field import GateField
from inquiries.answering import KINDS, LABELS, WAYS
from inquiries.choices import (
    answering_agents,
    article_versions,
    named,
    offer,
    referral_bodies,
    units,
    with_empty,
)
from inquiries.field_refusals import TooLongAgo
from inquiries.forms import asked, day, long_text
from inquiries.models import Language, LegalKind, LegalTerm, UnansweredGround

ACCEPTED = frozenset({PDF, PNG, JPEG, ASICE})


def file_field(label, *, required=False):
    return GateField(
        label=label,
        required=required,
        allowed=ACCEPTED,
        help_text=_("PDF, PNG, JPEG or a signed container."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.asice,.sce,.bdoc"}),
    )


class RefusingForm(forms.Form):
    def refuse(self, refusal):
        """Put each refusal at its field, or above all of them."""
        for name, whys in getattr(refusal, "errors", {"": [refusal]}).items():
            for why in whys:
                self.add_error(name if name in self.fields else None, str(why))


class NewLetterForm(RefusingForm):
    """A letter on paper, written down by whoever opened the envelope."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    sender_name = forms.CharField(label=_("Sender"), required=False, max_length=200)
    sender_address = forms.CharField(
        label=_("Address of the sender"),
        required=False,
        max_length=300,
        help_text=_("By post or e-mail; an answer goes there."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    received_on = DayField(label=_("Arrived on"), widget=day())
    subject = forms.CharField(label=_("Subject"), max_length=200)
    text = forms.CharField(
        label=_("What it says"), required=False, max_length=20_000, widget=long_text(6)
    )
    scan = file_field(_("Scan"), required=True)
    register_number = forms.CharField(
        label=_("Registration number"),
        required=False,
        max_length=50,
        help_text=_("From the agency's document register; it can be added later."),
    )
    legal_kind = forms.ChoiceField(label=_("Legal kind"), choices=LegalKind.choices)

    def clean_received_on(self):
        on = self.cleaned_data["received_on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return on

    def clean(self):
        super().clean()
        typed = self.cleaned_data
        on, kind = typed.get("received_on"), typed.get("legal_kind")
        if on and kind and LegalTerm.objects.in_force(kind, on) is None:
            self.add_error("received_on", str(TooLongAgo(field=self["received_on"].label)))
        return typed


class RegisterForm(RefusingForm):
    register_number = forms.CharField(label=_("Registration number"), max_length=50)
    registered_on = DayField(label=_("Registered on"), widget=day())
    legal_kind = forms.ChoiceField(label=_("Legal kind"), choices=LegalKind.choices)


class AnswerForm(forms.Form):
    """An answer while it is typed; it is judged when it is sent (`answering`)."""

    kind = asked(LABELS["kind"], forms.RadioSelect)
    way = asked(LABELS["way"], forms.RadioSelect)
    language = asked(_("Language"), forms.Select)
    recipient_name = asked(_("To whom"))
    recipient_address = asked(_("To which address"))
    subject = asked(_("Subject"))
    text = asked(_("Text"), long_text(18))
    source_version = asked(_("Source: article"), forms.Select)
    source_text = asked(_("Source: law"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "kind", [(one.value, one.label) for one in KINDS])
        offer(self, "way", [(one.value, one.label) for one in WAYS])
        offer(self, "language", Language.choices)
        kept = self["source_version"].value()
        offer(self, "source_version", with_empty(article_versions(kept)))
        for name in self.fields:  # they stand inside the one form, wherever they are drawn
            self.fields[name].widget.attrs["form"] = "answer-form"

    def refuse(self, refusal):
        for name, whys in getattr(refusal, "errors", {"": [refusal]}).items():
            for why in whys:
                self.add_error(name if name in self.fields else None, str(why))

    @property
    def typed(self):
        return {name: self.data.get(name, "") for name in self.fields}


class FileForm(forms.Form):
    file = file_field(_("File to go along"), required=True)


class PostedForm(RefusingForm):
    """The day on which a letter on paper was given to the post."""

    posted_on = DayField(label=_("Posted on"), widget=day())


class AskUnitForm(RefusingForm):
    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    text = forms.CharField(label=_("What is asked"), max_length=20_000, widget=long_text(6))
    address = forms.CharField(
        label=_("Address, if not the head's"),
        required=False,
        max_length=254,
        help_text=_("Empty: the head of the unit, or of the one above it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "unit", units())


class SendOnForm(RefusingForm):
    body = forms.TypedChoiceField(label=_("Body"), coerce=int)
    address = forms.CharField(
        label=_("Address of the body"),
        required=False,
        max_length=254,
        help_text=_("Empty: the address that knowledge has."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "body", referral_bodies())


class ExtendForm(RefusingForm):
    reason = forms.CharField(
        label=_("Why it takes longer"),
        max_length=2_000,
        widget=long_text(4),
        help_text=_("The sender reads this; write it in the language of the letter."),
    )


class UnansweredForm(RefusingForm):
    ground = forms.ModelChoiceField(
        label=_("Ground"), queryset=UnansweredGround.objects.filter(is_active=True)
    )
    note = forms.CharField(label=_("How this is seen"), max_length=2_000, widget=long_text(3))


class NoteForm(forms.Form):
    text = forms.CharField(label=_("Note for colleagues"), max_length=20_000, widget=long_text(2))


class RemarkForm(forms.Form):
    remark = forms.CharField(
        label=_("What should be otherwise"), max_length=2_000, widget=long_text(3)
    )


class UnitAnswerForm(RefusingForm):
    """What the head of a unit fills in, signed in or by the link in the mail."""

    name = forms.CharField(label=_("Your name"), max_length=150)
    text = forms.CharField(label=_("Answer of the unit"), max_length=20_000, widget=long_text(10))
    file = file_field(_("File"))


class AssignForm(forms.Form):
    to = forms.TypedChoiceField(label=_("Assign to"), coerce=int)

    def __init__(self, *args, people=None, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "to", named(people if people is not None else answering_agents()))
