import datetime as dt

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.test.html import parse_html
from django.utils.translation import gettext_lazy as _

from common.form_renderer import DRAWN_HERE, FormRenderer

PLAIN = "django/forms/widgets/input.html"
CHOICES = [
    ("", "–"),
    (1, "<b>&"),
    ('Lood & "co"', [("et", _("Estonian")), ("x'\"", "</option>")]),
]


def test_pages_draw_their_forms_with_it():
    assert isinstance(get_default_renderer(), FormRenderer)


@pytest.mark.parametrize("value", [None, "", 1, "et", "x'\"", "unknown"])
@pytest.mark.parametrize(
    "attrs", [{}, {"id": "a", "required": True, "hidden": False, "data-x": '"<'}]
)
@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple])
def test_list_of_choices_is_what_django_draws(widget, value, attrs):
    drawn = widget(choices=CHOICES)

    ours = drawn.render("topic", value and [value], attrs, renderer=FormRenderer())

    theirs = drawn.render("topic", value and [value], attrs, renderer=DjangoTemplates())
    assert parse_html(ours) == parse_html(theirs)


@pytest.mark.parametrize(
    "value", [None, "", 0, True, 'Lood & "co"', "</textarea>\n<b>", dt.date(2026, 2, 3)]
)
@pytest.mark.parametrize(
    "attrs", [{}, {"id": "a", "required": True, "hidden": False, "data-x": '"<'}]
)
@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput,
        forms.NumberInput,
        forms.EmailInput,
        forms.HiddenInput,
        forms.DateInput,
        forms.DateTimeInput,
        forms.CheckboxInput,
        forms.Textarea,
    ],
)
def test_plain_field_is_what_django_draws(widget, value, attrs):
    ours = widget().render("topic", value, attrs, renderer=FormRenderer())

    theirs = widget().render("topic", value, attrs, renderer=DjangoTemplates())
    assert parse_html(ours) == parse_html(theirs)


def test_plain_inputs_of_ours_are_plain_at_django_too():
    own = set(DRAWN_HERE) - {f"django/forms/widgets/{kind}.html" for kind in ("select", "textarea")}
    engine = DjangoTemplates().engine

    texts = {engine.get_template(name).template.source.strip() for name in own - {PLAIN}}
    assert texts == {f'{{% include "{PLAIN}" %}}'}
