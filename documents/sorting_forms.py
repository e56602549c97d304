"""Where a signed file belongs that came by mail: a number of a case or of a paper."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models import AccessCase
from documents.queries import open_envelopes


class SortForm(forms.Form):
    number = forms.CharField(
        label=_("Number of the case or of a paper"),
        help_text=_("The container of that case, or the one in which the paper lies."),
        max_length=20,
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.envelope: Any = None  # once the number has been found

    def clean_number(self):
        number = self.cleaned_data["number"].strip()
        cases = AccessCase.objects.visible_to(self.user)
        is_named = Q(case__number__iexact=number) | Q(papers__number__iexact=number)
        found = list(open_envelopes().filter(is_named, case__in=cases).select_related("case")[:2])
        if not found:
            raise forms.ValidationError(
                _("No case or paper with this number waits for signatures.")
            )
        if len(found) > 1:
            raise forms.ValidationError(
                _("This case has several containers: give the number of a paper instead.")
            )
        self.envelope = found[0]
        return number
