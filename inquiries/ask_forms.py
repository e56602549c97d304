"""What the public writes. Nothing of it is believed; whatever is wrong, the words stay."""

import uuid

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.emails import EmailNotValid, normal_email
from common.uploads import UploadRefused, check_upload
from inquiries.accepted_files import ACCEPTED
from inquiries.choices import offer, topics, with_empty
from inquiries.forms import long_text
from inquiries.models import County
from knowledge.models import Topic

MOST_FILES = 5
QUICKEST = 3  # seconds in which no person fills the form in
SALT = "inquiries.ask"


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files through the upload gate."""

    def clean(self, data, initial=None):
        sent = [file for file in (data or []) if file]
        if len(sent) > MOST_FILES:
            raise forms.ValidationError(_("At most five files can go along."))
        try:
            return [check_upload(file, allowed=ACCEPTED) for file in sent]
        except UploadRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class AskForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    since = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    sender_address = forms.CharField(
        label=_("Your e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    sender_name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        required=False,
        help_text=_("You need not give it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    county = forms.ChoiceField(
        label=_("County"), required=False, choices=[("", "–"), *County.choices]
    )
    subject = forms.CharField(label=_("Subject"), max_length=200)
    text = forms.CharField(label=_("Your letter"), max_length=20_000, widget=long_text(10))
    sent_files = FilesField(
        label=_("Files"),
        required=False,
        help_text=_("At most five: PDF, pictures, documents, signed containers."),
        widget=ManyFiles(attrs={"multiple": True}),
    )

    def __init__(self, data=None, files=None, *, language):
        initial = {
            "key": uuid.uuid4(),
            "since": signing.dumps(int(timezone.now().timestamp()), salt=SALT),
        }
        super().__init__(data, files, initial=initial)
        self.language = language
        offer(self, "topic", with_empty(topics(with_groups=False)))

    @property
    def shown(self):
        return [self[name] for name in self.fields if name not in {"key", "since", "website"}]

    def clean_sender_address(self):
        try:
            return normal_email(self.cleaned_data["sender_address"])
        except EmailNotValid as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean_topic(self):
        chosen = self.cleaned_data["topic"]
        return Topic.objects.for_choice().filter(pk=chosen).first() if chosen else None

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty."))
        return ""

    def clean(self):
        """A program fills the form in at once; a person is asked only to press again."""
        try:
            since = signing.loads(self.cleaned_data.get("since", ""), salt=SALT)
        except signing.BadSignature:
            return
        if timezone.now().timestamp() - since < QUICKEST:
            raise forms.ValidationError(_("That was very quick. Please press Send once more."))
