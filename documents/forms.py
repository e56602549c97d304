import uuid
from collections.abc import Sequence
from typing import cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment, User
from accounts.roles import PERMISSIONS_OF
from documents.country_field import CountryField
from documents.kinds import Guard, Portal, kinds_for
from documents.queries import SENTENCES, delegations_in_force
from documents.signers import (
    BY_LAW,
    ChosenSigner,
    candidates,
    code_hash,
    from_check,
    from_paper,
    representatives,
)
from registry.models import Organisation, Verdict
from registry.queries import search_organisations
from registry.representation.codes import (
    code_to_ask,
    country_of,
    is_personal_code,
    is_registry_code,
)

OFFERED = 6


class OrganisationForm(forms.Form):
    """Which organisation: a registry code, or words of its name and then one of those offered."""

    organisation = forms.CharField(
        label=_("Organisation"),
        help_text=_("Registry code, or words of the name."),
        max_length=200,
        required=False,
    )
    organisation_code = forms.CharField(max_length=8, required=False)

    offered: Sequence[Organisation] = ()

    @property
    def code_to_ask(self):
        """A code that the live register may be asked about at once."""
        return ""

    def is_needed(self):
        return True

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        typed = cleaned.get("organisation", "").strip()
        chosen = cleaned.get("organisation_code", "") or typed.replace(" ", "")
        if is_registry_code(chosen):
            cleaned["organisation_code"] = chosen
        elif typed:
            self._look_up(typed)
        elif self.is_needed():
            self.add_error("organisation", _("Say which organisation it is."))
        return cleaned

    def _look_up(self, typed):
        self.offered = search_organisations(typed, OFFERED)
        if len(self.offered) == 1:
            self.cleaned_data["organisation_code"] = self.offered[0].registry_code
        elif self.offered:
            self.add_error("organisation", _("Choose one of the organisations found."))
        else:
            self.add_error(
                "organisation", _("No organisation is found by these words. Try its registry code.")
            )


class StartForm(OrganisationForm):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    portal = forms.ChoiceField(
        label=_("Which portal?"),
        choices=Portal,
        widget=forms.RadioSelect,
        help_text=_("Only the e-service portal needs papers; for the others advice is enough."),
        error_messages={"required": _("Choose the portal.")},
    )

    field_order = ["key", "portal", "organisation", "organisation_code"]

    def __init__(self, *args, inquiry=None, **kwargs):
        super().__init__(*args, **kwargs)
        client = inquiry.client if inquiry else None
        if client and client.registry_code:
            self.initial["organisation"] = client.registry_code
            self.offered = list(Organisation.objects.filter(registry_code=client.registry_code))

    @property
    def code_to_ask(self):
        """The code in the field, if our copy does not hold it."""
        code = code_to_ask(str(self["organisation"].value() or ""), self.offered)
        is_ours = code and Organisation.objects.filter(registry_code=code).exists()
        return "" if is_ours else code

    def is_needed(self):
        return bool(kinds_for(self.cleaned_data.get("portal", "")))


class VersionForm(forms.Form):
    """The version of the case that the writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ChangeOrganisationForm(OrganisationForm, VersionForm):
    pass


class ContactsForm(forms.Form):
    name = forms.CharField(label=_("Name of the organisation"), max_length=200, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        if case.client_id or case.organisation_name:
            del self.fields["name"]

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if not self.errors and not cleaned["phone"] and not cleaned["email"]:
            raise forms.ValidationError(_("Write the phone or the e-mail."))
        return cleaned


class ReasonForm(VersionForm):
    reason = forms.CharField(label=_("Reason"), max_length=500)


class HandOverForm(VersionForm):
    to = forms.ModelChoiceField(label=_("To whom"), queryset=User.objects.none())
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        roles = [role for role, held in PERMISSIONS_OF.items() if "documents.change_case" in held]
        held = RoleAssignment.objects.held_on(timezone.localdate()).filter(role__in=roles)
        cast("forms.ModelChoiceField", self.fields["to"]).queryset = (
            User.objects.filter(is_active=True, pk__in=held.values("user"))
            .exclude(pk=case.responsible_id)
            .order_by("last_name", "first_name")
        )


class OneOfThem(forms.RadioSelect):
    """Radio buttons for a field that takes several: here one is chosen."""

    def value_from_datadict(self, data, files, name):
        return data.getlist(name)


class DraftForm(VersionForm):
    """Who signs for the client and for the agency."""

    people = forms.MultipleChoiceField(
        label=_("Who signs for the client"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    hand_name = forms.CharField(label=_("Name"), max_length=200, required=False)
    hand_code = forms.CharField(label=_("Personal code"), max_length=40, required=False)
    hand_country = CountryField(required=False)
    hand_job_title = forms.CharField(
        label=_("Office, as the paper says it (in Estonian)"), max_length=150, required=False
    )
    hand_basis = forms.CharField(
        label=_("Basis, as the paper says it (in Estonian)"),
        help_text=_("In the genitive: “volikirja”, “seaduse”."),
        max_length=200,
        required=False,
    )
    delegation = forms.ChoiceField(label=_("Who signs for the agency"), required=False)

    def __init__(self, *args, paper, check, user, at, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_pk = {str(one.pk): one for one in candidates(check)} if check else {}
        self.kept = self._typed_before(paper)
        people = cast("forms.MultipleChoiceField", self.fields["people"])
        people.choices = [
            *((pk, _spoken(one)) for pk, one in self.by_pk.items()),
            *((pk, f"{one.name} · {one.job_title} · {one.masked_code}") for pk, one in self.kept),
        ]
        if check is not None and check.verdict == Verdict.SOLE and not check.signatories.all():
            # Each may sign alone, so one is chosen.
            people.widget = OneOfThem(choices=people.choices)
        self.initial.setdefault("people", self._proposed(paper, check))
        self._offer_delegations(paper, user, at)

    def _offer_delegations(self, paper, user, at):
        """Those in force today; one's own is proposed, unless the paper has another already."""
        self.in_force = {str(one.pk): one for one in delegations_in_force(at)}
        cast("forms.ChoiceField", self.fields["delegation"]).choices = [
            (pk, f"{one.holder}, {one.job_title}") for pk, one in self.in_force.items()
        ]
        own = [pk for pk, one in self.in_force.items() if one.holder_id == user.pk]
        before = [str(paper.delegation_id)] if str(paper.delegation_id) in self.in_force else []
        self.initial.setdefault("delegation", next(iter([*before, *own, *self.in_force]), None))

    def _typed_before(self, paper):
        """Representatives who were typed by hand: offered again without showing the code."""
        found = {code_hash(one.code, one.country) or one.name for one in self.by_pk.values()}
        return [
            (f"kept-{one.pk}", one)
            for one in representatives(paper)
            if (one.personal_code_hash or one.name) not in found
        ]

    def _proposed(self, paper, check):
        """Those chosen before; else the only one who may sign alone; else all who sign together."""
        written = {one.personal_code_hash or one.name for one in representatives(paper)}
        if written:
            return [pk for pk, _one in self.kept] + [
                pk
                for pk, one in self.by_pk.items()
                if (code_hash(one.code, one.country) or one.name) in written
            ]
        alone = [pk for pk, one in self.by_pk.items() if one.may_alone]
        if alone:
            return alone if len(alone) == 1 else []
        groups = {group for one in self.by_pk.values() for group in one.groups}
        together = [pk for pk, one in self.by_pk.items() if one.groups]
        return together if len(groups) == 1 else []

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        name, code = cleaned.get("hand_name", ""), cleaned.get("hand_code", "")
        is_estonian = country_of(cleaned.get("hand_country") or "EST") == "EST"
        if name and is_estonian and not is_personal_code(code):
            self.add_error("hand_code", _("This is not an Estonian personal code."))
        elif name and not code:
            self.add_error("hand_code", str(SENTENCES["no_code"]))
        if name and not cleaned.get("hand_job_title"):
            self.add_error("hand_job_title", _("Say in what office the person signs."))
        if (code or cleaned.get("hand_job_title")) and not name:
            self.add_error("hand_name", _("Write the name."))
        return cleaned

    @property
    def types_by_hand(self):
        names = [name for name in self.fields if name.startswith("hand_")]
        return any(self.errors.get(name) for name in names) or not (self.by_pk or self.kept)

    def names_somebody(self):
        if not self.cleaned_data["people"] and not self.cleaned_data["hand_name"]:
            self.add_error("people", str(SENTENCES["no_representatives"]))
        return self.is_valid()

    def add_missing(self, missing):
        """Put each thing that is missing at its field, or above the form."""
        at_field = {Guard.REPRESENTATIVES: "people", Guard.AGENCY_SIGNATORY: "delegation"}
        for one in missing:
            self.add_error(at_field.get(one.guard), str(one.sentence))

    def chosen_delegation(self):
        return self.in_force.get(self.cleaned_data["delegation"])

    def chosen(self):
        """The representatives, in the order in which they sign."""
        kept = dict(self.kept)
        picked = [
            from_paper(kept[pk]) if pk in kept else from_check(self.by_pk[pk])
            for pk in self.cleaned_data["people"]
        ]
        if self.cleaned_data["hand_name"]:
            picked.append(
                ChosenSigner(
                    name=self.cleaned_data["hand_name"],
                    code=self.cleaned_data["hand_code"],
                    country=country_of(self.cleaned_data["hand_country"]) or "EST",
                    job_title=self.cleaned_data["hand_job_title"],
                    basis=self.cleaned_data["hand_basis"] or BY_LAW,
                )
            )
        return picked


def _spoken(person):
    parts = [person.name, person.role_label or person.role, person.masked_code]
    if person.may_alone:
        parts.append(str(_("may sign alone")))
    elif person.groups:
        parts.append(str(_("signs together with others")))
    return " · ".join(part for part in parts if part)
