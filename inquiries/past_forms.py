"""Forms of the import of the past: the file, how it is read, what its columns and words mean."""

from django import forms
from django.utils.translation import gettext_lazy as _

from inquiries.models import PastHolds, PastProfile
from inquiries.past.encodings import ENCODINGS
from inquiries.past.fields import CHOICES, FIELDS, OF_CLIENT
from inquiries.past.tables import Shape
from inquiries.past_judging import NEEDED, choices_of
from inquiries.past_sentences import DELIMITERS
from inquiries.past_sentences import ENCODINGS as ENCODING_WORDS
from inquiries.past_sentences import FIELDS as FIELD_WORDS

ZONES = ("Europe/Tallinn", "UTC", "Europe/Helsinki", "Europe/Stockholm", "Europe/London")
FALLBACK = "fallback_"
COLUMN = "column_"
VALUE = "value_"


class PastFileForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("CSV or another separated text, or an Excel workbook (XLSX).")
    )
    source = forms.CharField(
        label=_("Where it comes from"),
        max_length=80,
        help_text=_("Such as “Excel 2016–2024”. An old number of one source comes in once."),
    )
    holds = forms.ChoiceField(label=_("What it holds"), choices=PastHolds)
    profile = forms.ModelChoiceField(
        label=_("Profile"), queryset=PastProfile.objects.none(), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["profile"].queryset = PastProfile.objects.all()  # type: ignore[attr-defined]


class ShapeForm(forms.Form):
    """How the file is read; only what its kind has is asked."""

    sheet = forms.ChoiceField(label=_("Sheet"))
    encoding = forms.ChoiceField(
        label=_("Encoding"), choices=[(name, ENCODING_WORDS[name]) for name in ENCODINGS]
    )
    delimiter = forms.ChoiceField(label=_("Cells are parted by"), choices=list(DELIMITERS.items()))
    heading_row = forms.IntegerField(label=_("Row of the headings"), min_value=1, max_value=1_000)

    def __init__(self, *args, sheets, **kwargs):
        super().__init__(*args, **kwargs)
        if sheets:
            del self.fields["encoding"], self.fields["delimiter"]
            self.fields["sheet"].choices = [(name, name) for name in sheets]  # type: ignore[attr-defined]
        else:
            del self.fields["sheet"]

    @property
    def shape(self):
        return Shape(**self.cleaned_data)


class ColumnsForm(forms.Form):
    """What each column holds, and what stands where the file says nothing that we know."""

    day_first = forms.TypedChoiceField(
        label=_("01/02/2019 is"),
        choices=[("yes", _("1 February")), ("no", _("2 January"))],
        coerce=lambda text: text == "yes",
    )
    zone = forms.ChoiceField(
        label=_("Time zone of the file"),
        choices=[(name, name) for name in ZONES],
        help_text=_("Of the hour that comes twice in autumn the first is taken, in summer time."),
    )

    def __init__(self, *args, past_import, **kwargs):
        super().__init__(*args, **kwargs)
        held = past_import.fields
        offered = [
            ("", _("– not taken over –")),
            *((name, FIELD_WORDS[name]) for name in self._offered(past_import)),
        ]
        for place, heading in enumerate(past_import.headings):
            self.fields[f"{COLUMN}{place}"] = forms.ChoiceField(
                label=heading or _("Column %(number)s") % {"number": place + 1},
                choices=offered,
                required=False,
                initial=held.get(place, ""),
            )
        for name in () if past_import.of_clients else CHOICES:
            empty = _("the row is set aside") if name in NEEDED else "–"
            self.fields[f"{FALLBACK}{name}"] = forms.ChoiceField(
                label=str(FIELD_WORDS[name]),
                choices=[("", empty), *choices_of(name)],
                required=False,
                initial=past_import.fallbacks.get(name, ""),
            )
        self.initial = {
            "day_first": "yes" if past_import.day_first else "no",
            "zone": past_import.zone,
        }

    def _offered(self, past_import):
        if past_import.of_clients:
            return ("old_number", "language", *OF_CLIENT)
        return FIELDS

    @property
    def columns(self):
        return [self[name] for name in self.fields if name.startswith(COLUMN)]

    @property
    def fallbacks(self):
        return [self[name] for name in self.fields if name.startswith(FALLBACK)]

    def chosen(self, beginning):
        return {
            name.removeprefix(beginning): value
            for name, value in self.cleaned_data.items()
            if name.startswith(beginning)
        }


class ValuesForm(forms.Form):
    """What the words of the old system mean."""

    def __init__(self, *args, values, **kwargs):
        super().__init__(*args, **kwargs)
        offered = {
            name: [("", "–"), *choices_of(name)] for name in {value.field for value in values}
        }
        for value in values:
            self.fields[f"{VALUE}{value.pk}"] = forms.ChoiceField(
                label=f"{FIELD_WORDS[value.field]}: {value.text}",
                choices=offered[value.field],
                required=False,
                initial=value.ours,
            )
        self.values = values

    @property
    def rows(self):
        return [(value, self[f"{VALUE}{value.pk}"]) for value in self.values]

    @property
    def matches(self):
        return {
            int(name.removeprefix(VALUE)): value
            for name, value in self.cleaned_data.items()
            if name in self.changed_data
        }


class PastProfileForm(forms.Form):
    name = forms.CharField(label=_("Save as a profile"), max_length=80)


class UndoForm(forms.Form):
    takes_changed = forms.BooleanField(
        label=_("Also take away what has been changed since"), required=False
    )
