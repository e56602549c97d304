"""`{{ at|moment }}`: a moment as short as it can be said, in Tallinn's time."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format

register = template.Library()


@register.filter
def moment(at: datetime | None) -> str:
    """The time alone for today, the day without a year for this year, else the whole date."""
    if at is None:
        return ""
    at, now = timezone.localtime(at), timezone.localtime()
    if at.date() == now.date():
        return date_format(at, "H:i")
    return date_format(at, "d.m H:i" if at.year == now.year else "SHORT_DATE_FORMAT")
