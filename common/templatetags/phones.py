import re

from django import template

register = template.Library()

NOT_DIALLED = re.compile(r"[^+\d*#]")


@register.filter
def dialled(number: str) -> str:
    """A telephone number as it stands in a `tel:` link: no spaces, brackets or dashes."""
    return NOT_DIALLED.sub("", str(number))
