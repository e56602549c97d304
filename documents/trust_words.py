"""The fixed words of the keeping of trusted lists."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Store(TextChoices):
    """Live and test lists are kept apart, and no check ever asks both."""

    LIVE = "live", _("live list")
    TEST = "test", _("test list")


class ListKind(TextChoices):
    LISTS = "lists", _("list of lists")
    SERVICES = "services", _("trusted list of a country")


class Verification(TextChoices):
    """By what a list is believed."""

    CONFIGURED = "configured", _("signed by a configured certificate")
    NAMED = "named", _("signed by a certificate that the list of lists names")
    AS_IT_IS = "as_it_is", _("believed as it is: nobody has verified its signature")
