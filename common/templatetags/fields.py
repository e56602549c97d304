"""How `components/field.html` draws a form field: the field's own widget with our class on it."""

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()

CLASS_OF_WIDGET: tuple[tuple[type[forms.Widget], str], ...] = (
    # Django puts the class of these on the list around the choices, too.
    (forms.RadioSelect, "choices"),
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
)

DJANGOS_EMPTY_CHOICE = ">---------</option>"


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """Draw the widget; a class that the form itself gave stays.

    A placeholder that only says the label again goes; an empty choice is a dash as everywhere.
    """
    drawn = field.field.widget
    ours = next((name for kind, name in CLASS_OF_WIDGET if isinstance(drawn, kind)), "form-control")
    given = drawn.attrs.get("class", "")
    attrs: dict[str, str | bool] = {"class": f"{ours} {given}".strip()}
    if drawn.attrs.get("placeholder") == field.label:
        attrs["placeholder"] = ""
    return SafeString(field.as_widget(attrs=attrs).replace(DJANGOS_EMPTY_CHOICE, ">–</option>"))


@register.filter
def is_checkbox(field: BoundField) -> bool:
    return type(field.field.widget) is forms.CheckboxInput
