"""How the widgets of forms are drawn: Django's way, but a list of choices in one go.

Django's own template includes two more for each choice, and a page with a few long lists spends most
of its time there.
"""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SELECT = "django/forms/widgets/select.html"


class FormRenderer(DjangoTemplates):
    def render(self, template_name: str, context: Any, request: Any = None) -> str:
        if template_name == SELECT:
            return _select(context["widget"])
        return super().render(template_name, context, request)


def _select(widget: dict[str, Any]) -> SafeString:
    groups = ((_group(name, choices),) for name, choices, _index in widget["optgroups"])
    return format_html(
        '<select name="{}"{}>\n{}\n</select>',
        widget["name"],
        _attributes(widget["attrs"]),
        format_html_join("\n", "{}", groups),
    )


def _group(name: str | None, choices: list[dict[str, Any]]) -> SafeString:
    options = format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        ((choice["value"], _attributes(choice["attrs"]), choice["label"]) for choice in choices),
    )
    return format_html('<optgroup label="{}">\n{}\n</optgroup>', name, options) if name else options


def _attributes(attributes: dict[str, Any]) -> SafeString:
    return format_html_join(
        "",
        "{}",
        (
            (format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value),)
            for name, value in attributes.items()
            if value is not False
        ),
    )
