"""The form of a canned reply, for the page and for the administration."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.roles import Scope
from inquiries.choices import offer, topics, with_empty
from tickets.models import CannedReply
from tickets.reply_words import NameNotKnown, need_known_names

KEEP = "tickets.keep_replies"


class KnowsNames(forms.ModelForm):
    """Refuses names in braces that nothing stands for, at the text."""

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        try:
            need_known_names(cleaned.get("text", ""), cleaned.get("purpose", ""))
        except NameNotKnown as refusal:
            self.add_error("text", str(refusal))
        return cleaned


class ReplyForm(KnowsNames):
    """Whoever keeps the replies of the house chooses whose it is; everybody else writes own ones."""

    is_own = forms.BooleanField(label=_("Only for me"), required=False)

    class Meta:
        model = CannedReply
        fields = ("name", "purpose", "language", "text", "group", "topic", "is_active")
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        offer_topics(self)
        self.fields["is_own"].initial = self.instance.owner_id is not None
        if user.scope_of(KEEP) != Scope.ALL:
            del self.fields["is_own"]

    def _post_clean(self):
        """The record itself is changed by the action alone."""

    @property
    def values(self):
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        owner = self.user if self.cleaned_data.get("is_own", True) else None
        return {**values, "owner": owner}

    def refuse(self, refusal):
        self.add_error(None, str(refusal))


def offer_topics(form):
    offer(form, "topic", with_empty(topics(with_groups=True)))
