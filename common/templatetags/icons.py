"""`{% icon "search" %}`: a drawing out of static/icons.svg (scripts/draw_icons.py lists the names)."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
@cache
def icon(name: str, size: str = "") -> SafeString:
    """Draw one icon; words stand beside it, so it is silent for screen readers. Sizes: s, l."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f"ic ic-{size}" if size else "ic",
        static("icons.svg"),
        name,
    )
