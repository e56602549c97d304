"""What a paper says, as a form: the fields follow from what its kind asks for."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.phones import PhoneNotValid, normal_phone
from documents.actions import Terms
from documents.content_variables import DRAFT, SUBMIT, VIEW
from documents.country_field import CountryField
from documents.forms import VersionForm
from documents.kinds import AccessKind, Effect, Guard, PortalService, SignerRole
from documents.models import Access
from registry.representation.codes import country_of, is_personal_code

RIGHTS = ((VIEW, _("view")), (DRAFT, _("draft")), (SUBMIT, _("submit and sign")))
EFFECTS = {
    Effect.ON_RECEIPT: _("as soon as we have the signed paper"),
    Effect.ON_DATE: _("on a day"),
    Effect.THIRTY_DAYS: _("30 days after we received it (written notice)"),
    Effect.AT_ONCE: _("at once (given through the portal)"),
}
BY_WHOM = {
    SignerRole.REPRESENTATIVE: _("the representatives"),
    SignerRole.MAIN_USER: _("a main user"),
    SignerRole.USER: _("the user"),
    SignerRole.AGENCY: _("the agency"),
}


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class AccessChoice(forms.ModelChoiceField):
    """An access that is held, as people speak of it."""

    def label_from_instance(self, obj):
        parts = [obj.get_kind_display(), obj.person_name, obj.masked_code, obj.granted_by.number]
        return " · ".join(str(part) for part in parts if part)


class TermsForm(VersionForm):
    """Whom the paper authorises and to what, or what it ends and when."""

    def __init__(self, *args, kind, case, content=None, signer_set=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, self.case = kind, case
        guards = {
            guard for number in range(len(kind.signer_sets)) for guard in kind.guards_of(number)
        }
        self.held = Access.objects.of_organisation(case.organisation_code).filter(
            closed_at__isnull=True
        )
        if len(kind.signer_sets) > 1:
            self._add_signers(signer_set)
        if Guard.ENDED_ACCESS in guards:
            self._add_ended()
        if Guard.AUTHORISED_PERSON in guards:
            self._add_person()
        if Guard.SERVICES in guards:
            self._add_services()
        if len(kind.effects) > 1 or Guard.LAST_DAY in guards:
            self._add_end()
        if "soltuvad" in kind.variables:
            self.fields["closes_dependants"] = forms.BooleanField(
                label=_("The rights of the regular users who stand on this authorisation end too"),
                help_text=self._dependants(),
                required=False,
            )
        if "teavitatud" in kind.variables:
            self.fields["principal_told_on"] = forms.DateField(
                label=_("Day on which the user told the principal"),
                help_text=_("Empty: not told; then we tell."),
                widget=DayInput(),
                required=False,
            )
        if Guard.BREACH in guards:
            self._add_breach()
        if content is not None:
            self._show(content)

    @property
    def is_needed(self):
        return len(self.fields) > 1

    def _add_signers(self, signer_set):
        choices = [
            (str(number), _join(BY_WHOM[role] for role in sorted(one.roles)))
            for number, one in enumerate(self.kind.signer_sets)
        ]
        self.fields["signer_set"] = forms.TypedChoiceField(
            label=_("Who signs"),
            choices=choices,
            coerce=int,
            initial=str(signer_set),
            widget=forms.RadioSelect,
        )
        self.fields["main_user"] = AccessChoice(
            label=_("Main user who signs"),
            queryset=self.held.filter(kind=AccessKind.MAIN_USER).select_related("granted_by"),
            required=False,
            empty_label="–",
        )

    def _add_ended(self):
        held = self.held.filter(kind__in=self.kind.ends).select_related("granted_by")
        self.fields["ended_access"] = AccessChoice(
            label=_("What it ends"), queryset=held.order_by("kind", "person_name", "pk")
        )
        if held.count() == 1:
            self.initial.setdefault("ended_access", held.first())

    def _add_person(self):
        self.fields |= {
            "person_name": forms.CharField(label=_("Name of the person"), max_length=200),
            "personal_code": forms.CharField(label=_("Personal code"), max_length=40),
            "code_country": CountryField(),
            "email": forms.EmailField(label=_("E-mail"), max_length=254),
            "phone": forms.CharField(label=_("Phone"), max_length=40),
        }

    def _add_services(self):
        is_by_right = self.kind.grants == AccessKind.USER
        choices = (
            [
                (f"{service}:{right}", f"{service.label} – {label}")
                for service in PortalService
                for right, label in RIGHTS
            ]
            if is_by_right
            else list(PortalService.choices)
        )
        self.fields["services"] = forms.MultipleChoiceField(
            label=_("Services"), choices=choices, widget=forms.CheckboxSelectMultiple
        )
        self.fields["valid_from"] = forms.DateField(
            label=_("In force from"), widget=DayInput(), initial=timezone.localdate
        )
        self.fields["valid_until"] = forms.DateField(
            label=_("In force until"),
            help_text=_("Empty: until withdrawn."),
            widget=DayInput(),
            required=False,
        )
        if "edasivolitus" in self.kind.variables:
            self.fields["may_delegate"] = forms.BooleanField(
                label=_("May hand the authorisation on"), required=False
            )

    def _add_end(self):
        self.fields["effect"] = forms.ChoiceField(
            label=_("When it ends"),
            choices=[(one, EFFECTS[one]) for one in self.kind.effects],
            initial=self.kind.effects[0],
            widget=forms.RadioSelect,
        )
        if Effect.ON_DATE in self.kind.effects:
            self.fields["last_day"] = forms.DateField(
                label=_("First day without it"), widget=DayInput(), required=False
            )

    def _dependants(self):
        """Who stands on the authorisation of which main user, before anybody decides about them."""
        found = self.held.filter(main_user__isnull=False).select_related("main_user")
        return "; ".join(
            f"{one.main_user.person_name} → {one.person_name}"
            for one in found.order_by("main_user__person_name", "person_name")
        )

    @property
    def rights_table(self):
        """The services with a box for each right: (service, [box, box, box]); empty without rights."""
        if "services" not in self.fields or self.kind.grants != AccessKind.USER:
            return []
        boxes = list(self["services"].subwidgets)
        return [
            (service.label, boxes[number * len(RIGHTS) : (number + 1) * len(RIGHTS)])
            for number, service in enumerate(PortalService)
        ]

    @property
    def right_names(self):
        return [label for _code, label in RIGHTS]

    def _add_breach(self):
        self.fields["provision"] = forms.CharField(
            label=_("Provision, or the ground"),
            help_text=_(
                "In Estonian, as the paper says it: “määruse § 4 lg 2”, “klient on registrist kustutatud”."
            ),
            max_length=200,
        )
        self.fields["breach"] = forms.CharField(
            label=_("What happened (in Estonian)"), widget=forms.Textarea, max_length=1000
        )

    def _show(self, content):
        for name in self.fields:
            if hasattr(content, name):
                self.initial.setdefault(name, getattr(content, name))
        if "services" in self.fields:
            self.initial["services"] = (
                [f"{code}:{right}" for code, rights in content.services.items() for right in rights]
                if self.kind.grants == AccessKind.USER
                else list(content.services)
            )

    def clean_phone(self):
        """A number that can be called; it stays as it was typed, for so the paper says it."""
        try:
            normal_phone(self.cleaned_data["phone"])
        except PhoneNotValid as problem:
            raise forms.ValidationError(str(problem)) from problem
        return self.cleaned_data["phone"]

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        code = cleaned.get("personal_code", "")
        is_estonian = country_of(cleaned.get("code_country") or "EST") == "EST"
        if code and is_estonian and not is_personal_code(code):
            self.add_error("personal_code", _("This is not an Estonian personal code."))
        begins, ends = cleaned.get("valid_from"), cleaned.get("valid_until")
        if begins and ends and ends < begins:
            self.add_error("valid_until", _("The last day is before the first."))
        if cleaned.get("effect") == Effect.ON_DATE and not cleaned.get("last_day"):
            self.add_error("last_day", _("Say the day."))
        if (
            "last_day" in self.fields
            and len(self.kind.effects) == 1
            and not cleaned.get("last_day")
        ):
            self.add_error("last_day", _("Say the day."))
        chosen = cleaned.get("signer_set", 0)
        needs_main_user = SignerRole.MAIN_USER in self.kind.signer_sets[chosen or 0].roles
        if needs_main_user and not cleaned.get("main_user"):
            self.add_error("main_user", _("Choose the main user who signs."))
        return cleaned

    def terms(self):
        cleaned = dict(self.cleaned_data)
        cleaned.pop("version")
        if "services" in cleaned:
            cleaned["services"] = _by_service(cleaned["services"])
        if "code_country" in cleaned:
            cleaned["code_country"] = country_of(cleaned["code_country"]) or "EST"
        return Terms(**cleaned)


def _by_service(chosen):
    found: dict[str, list[str]] = {}
    for one in chosen:
        code, _colon, right = one.partition(":")
        found.setdefault(code, []).extend([right] if right else [VIEW, DRAFT, SUBMIT])
    return found


def _join(words):
    return ", ".join(str(word) for word in words)
