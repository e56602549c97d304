"""Which cases the list shows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.queries import cases_with_undelivered_letters
from documents.states import CaseState


class CaseFilterForm(forms.Form):
    WHOSE = [("all", _("All cases")), ("mine", _("My cases"))]
    whose = forms.ChoiceField(label=_("Whose"), choices=WHOSE, required=False)
    TURNS = [("", _("All")), ("us", _("For us")), ("client", _("For the client"))]
    turn = forms.ChoiceField(
        label=_("Whose turn"), choices=TURNS, required=False, widget=forms.RadioSelect
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("open", _("All open")),
            ("undelivered", _("Letters that did not arrive")),
            *CaseState.choices,
            ("", _("All")),
        ],
        required=False,
    )

    def narrow(self, cases, user):
        """Cases that the filter lets through: without a choice, all that are open."""
        chosen = self.cleaned_data if self.is_valid() else {}
        if chosen.get("whose") == "mine":
            cases = cases.filter(responsible__in=user.acts_for_ids)
        if chosen.get("turn"):
            cases = cases.for_us() if chosen["turn"] == "us" else cases.with_the_client()
        state = chosen.get("state", "open")
        if state == "open":
            return cases.open()
        if state == "undelivered":
            return cases.open().filter(pk__in=cases_with_undelivered_letters())
        return cases.filter(state=state) if state else cases
