import datetime as dt
from typing import cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.api_scopes import SCOPES
from accounts.counties import COUNTIES
from accounts.models import Competence, LineState, User
from accounts.roles import ROLES, Scope
from common.day_field import is_known_day


def day_field(label, **kwargs):
    # An <input type=date> speaks ISO whatever the page's language.
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        **kwargs,
    )


def staff():
    return User.objects.filter(is_active=True).order_by("last_name", "first_name", "pk")


class DirectoryForm(forms.Form):
    topic = forms.CharField(
        label=_("Topic"),
        help_text=_("Words of its name, or its code."),
        max_length=100,
        required=False,
    )
    county = forms.ChoiceField(
        label=_("County"),
        required=False,
        choices=[("", _("All counties")), *((county, county) for county in COUNTIES)],
    )


class DirectorySearchForm(DirectoryForm):
    text = forms.CharField(
        label=_("Name, unit or phone"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class LineStateForm(forms.Form):
    """One's own state; empty: leave the line."""

    state = forms.TypedChoiceField(
        choices=[("", ""), *LineState.choices], coerce=LineState, required=False, empty_value=None
    )


class CorrectLineStateForm(LineStateForm):
    reason = forms.CharField(label=_("Why it is corrected"), max_length=200)


class MomentForm(forms.Form):
    at = forms.DateTimeField(
        label=_("At this moment"),
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "class": "num"}, format="%Y-%m-%dT%H:%M"
        ),
        input_formats=["%Y-%m-%dT%H:%M"],
    )

    def clean_at(self):
        at = self.cleaned_data["at"]
        if not is_known_day(at.date()):
            raise forms.ValidationError(self.fields["at"].error_messages["invalid"])
        return at


class SettingsForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("language", "theme", "phone", "extension")


class CompetenceField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return obj.name


class CompetenceForm(forms.Form):
    competence = CompetenceField(label=_("Competence"), queryset=Competence.objects.all())
    user = forms.ModelChoiceField(label=_("Member of staff"), queryset=User.objects.none())
    starts_on = day_field(_("From"), initial=timezone.localdate)
    ends_on = day_field(_("Until"), required=False, help_text=_("Empty: until it is ended."))
    basis = forms.CharField(
        label=_("Basis"),
        max_length=200,
        help_text=_("The order, job description or letter of authority that gives it."),
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "user", staff_in_reach(by, "accounts.change_competence"))

    def clean(self):
        return ordered_days(self)


class EndCompetenceForm(forms.Form):
    last_day = day_field(_("Last day"), initial=timezone.localdate)
    reason = forms.CharField(label=_("Why"), max_length=200)


class SubstitutionForm(forms.Form):
    substituted = forms.ModelChoiceField(label=_("Who is away"), queryset=User.objects.none())
    substitute = forms.ModelChoiceField(label=_("Who steps in"), queryset=User.objects.none())
    roles = forms.MultipleChoiceField(
        label=_("Roles handed over"),
        choices=[(code, role.label) for code, role in ROLES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    starts_on = day_field(_("From"), initial=timezone.localdate)
    ends_on = day_field(_("Until"))
    reason = forms.CharField(
        label=_("Note"),
        max_length=200,
        required=False,
        help_text=_("Everybody sees it: never say why somebody is ill."),
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "substituted", staff_in_reach(by, "accounts.arrange_substitution"))
        offer(self, "substitute", staff())

    def clean_ends_on(self):
        ends_on = self.cleaned_data["ends_on"]
        if ends_on < timezone.localdate():
            raise forms.ValidationError(_("This day is over."))
        return ends_on

    def clean(self):
        found = ordered_days(self)
        if found.get("substitute") and found.get("substitute") == found.get("substituted"):
            self.add_error("substitute", _("Choose another person."))
        return found


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=100, help_text=_("Which system uses it, and for what.")
    )
    user = forms.ModelChoiceField(label=_("Acts in the name of"), queryset=User.objects.none())
    scopes = forms.MultipleChoiceField(
        label=_("Scopes"),
        choices=[(code, words) for code, (words, _permission) in SCOPES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    expires_on = day_field(_("Expires"), help_text=_("A year from today at the latest."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "user", staff())

    def clean_expires_on(self):
        day = self.cleaned_data["expires_on"]
        today = timezone.localdate()
        if not today < day <= today + dt.timedelta(days=366):
            raise forms.ValidationError(_("Choose a day between tomorrow and a year from today."))
        return day

    def clean(self):
        found = self.cleaned_data
        if found.get("user") and found.get("scopes"):
            beyond = [
                code for code in found["scopes"] if not found["user"].has_perm(SCOPES[code][1])
            ]
            if beyond:
                self.add_error(
                    "scopes",
                    forms.ValidationError(
                        _("This account itself may not do this: %(names)s."),
                        params={"names": ", ".join(str(SCOPES[code][0]) for code in beyond)},
                    ),
                )
        return found


def offer(form, name, people):
    cast("forms.ModelChoiceField", form.fields[name]).queryset = people


def staff_in_reach(by, permission):
    """Everybody, or the colleagues of one's unit."""
    scope = by.scope_of(permission)
    if scope == Scope.ALL:
        return staff()
    if scope == Scope.UNIT and by.unit_id is not None:
        return staff().filter(unit=by.unit_id)
    return staff().none()


def ordered_days(form):
    found = form.cleaned_data
    if found.get("starts_on") and found.get("ends_on") and found["ends_on"] < found["starts_on"]:
        form.add_error("ends_on", _("The last day cannot be before the first."))
    return found
