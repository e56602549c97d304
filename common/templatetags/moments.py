"""`{{ at|moment }}`: a moment as short as it can be said, in Tallinn's time. `{{ since|age:now }}`: how long ago."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince

register = template.Library()


@register.filter
def age(since: datetime, now: datetime) -> str:
    """How long ago, by its greatest unit alone: a list is looked along, not reckoned with."""
    return timesince(since, now, depth=1)


@register.filter
def moment(at: datetime | None) -> str:
    """The time alone for today, the day without a year for this year, else the whole date."""
    if at is None:
        return ""
    at, now = timezone.localtime(at), timezone.localtime()
    if at.date() == now.date():
        return date_format(at, "H:i")
    return date_format(at, "d.m H:i" if at.year == now.year else "SHORT_DATE_FORMAT")
