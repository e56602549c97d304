import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.test.html import parse_html
from django.utils.translation import gettext_lazy as _

from common.form_renderer import FormRenderer

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
