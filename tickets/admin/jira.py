"""Which Jira tier II works in, and what of a ticket may leave for it: kept by the administrator."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tickets.admin.groups import KeptByAdministrator
from tickets.jira_words import MAY_LEAVE
from tickets.models import JiraProject, JiraSite
from tickets.states import TicketState
from tickets.trouble_words import trouble_in_words

SECRETS = ("token", "webhook_secret")
MAPPED_TO = {
    TicketState.IN_PROGRESS,
    TicketState.NEEDS_INFO,
    TicketState.RESOLVED,
    TicketState.REJECTED,
}


class JiraSiteForm(forms.ModelForm):
    """Secrets are typed in and never shown again; an empty field keeps what is there."""

    address = forms.URLField(label=_("Address"), assume_scheme="https", max_length=200)
    token = forms.CharField(
        label=_("Token"), required=False, widget=forms.PasswordInput(render_value=False)
    )
    webhook_secret = forms.CharField(
        label=_("Secret of its webhooks"),
        required=False,
        min_length=20,
        widget=forms.PasswordInput(render_value=False),
    )

    class Meta:
        model = JiraSite
        fields = ("code", "address", "edition", "account", *SECRETS, "is_active")

    def clean_address(self):
        address = self.cleaned_data["address"]
        if not address.startswith(("https://", "http://")):
            raise ValidationError(_("The address begins with https://."))
        return address

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        for name in SECRETS:
            if not cleaned.get(name):
                cleaned[name] = getattr(self.instance, name)
        return cleaned


class JiraProjectForm(forms.ModelForm):
    class Meta:
        model = JiraProject
        fields = (
            "site",
            "group",
            "project_key",
            "issue_type",
            "field_map",
            "status_map",
            "sends_comments",
            "takes_comments",
            "sends_files",
            "close_transition",
            "reopen_transition",
        )
        help_texts = {
            "field_map": format_lazy(
                _("Pairs: the field in Jira and what of ours goes into it. What may: {known}."),
                known=", ".join(MAY_LEAVE),
            ),
            "status_map": format_lazy(
                _("Pairs: the name of the status in Jira and the state here. Which: {known}."),
                known=", ".join(sorted(MAPPED_TO)),
            ),
        }

    def clean_field_map(self):
        """What is not on the list of what may leave cannot be put into the map either."""
        found = self.cleaned_data["field_map"]
        strange = [ours for ours in _values(found) if ours not in MAY_LEAVE]
        if strange:
            raise ValidationError(
                _("These do not leave the house: %(names)s. What may: %(known)s."),
                params={"names": ", ".join(strange), "known": ", ".join(MAY_LEAVE)},
            )
        return found

    def clean_status_map(self):
        found = self.cleaned_data["status_map"]
        strange = [state for state in _values(found) if state not in MAPPED_TO]
        if strange:
            raise ValidationError(
                _("Jira cannot bring a ticket there: %(names)s. What it can: %(known)s."),
                params={"names": ", ".join(strange), "known": ", ".join(sorted(MAPPED_TO))},
            )
        return found


def _values(found):
    if not isinstance(found, dict):
        raise ValidationError(_("Write pairs: the name in Jira and the name here."))
    return [str(value) for value in found.values()]


@admin.register(JiraSite)
class JiraSiteAdmin(KeptByAdministrator):
    form = JiraSiteForm
    list_display = ("code", "address", "edition", "is_active", "asked_at", "trouble")

    @admin.display(description=_("Asked last"), ordering="reconciled_at")
    def asked_at(self, site):
        return site.reconciled_at

    @admin.display(description=_("Trouble"))
    def trouble(self, site):
        return trouble_in_words(site.problem)


@admin.register(JiraProject)
class JiraProjectAdmin(KeptByAdministrator):
    form = JiraProjectForm
    list_display = ("project_key", "site", "group", "issue_type")
