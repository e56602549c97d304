import re

from django.db import models
from django.utils.translation import gettext_lazy as _

SEPARATORS = re.compile(r"[\W_]+")


class Channel(models.TextChoices):
    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")
    COUNTER = "counter", _("Counter")
    POST = "post", _("Post")
    WEB = "web", _("Web")
    CALLBACK = "callback", _("Callback")
    VOICEMAIL = "voicemail", _("Voicemail")


# A letter comes by one of these; the others are talked on.
WRITTEN = (Channel.EMAIL, Channel.WEB, Channel.POST)


class Language(models.TextChoices):
    ESTONIAN = "et", _("Estonian")
    RUSSIAN = "ru", _("Russian")
    ENGLISH = "en", _("English")


class County(models.TextChoices):
    HARJU = "Harju", _("Harju county")
    HIIU = "Hiiu", _("Hiiu county")
    IDA_VIRU = "Ida-Viru", _("Ida-Viru county")
    JOGEVA = "Jõgeva", _("Jõgeva county")
    JARVA = "Järva", _("Järva county")
    LAANE = "Lääne", _("Lääne county")
    LAANE_VIRU = "Lääne-Viru", _("Lääne-Viru county")
    POLVA = "Põlva", _("Põlva county")
    PARNU = "Pärnu", _("Pärnu county")
    RAPLA = "Rapla", _("Rapla county")
    SAARE = "Saare", _("Saare county")
    TARTU = "Tartu", _("Tartu county")
    VALGA = "Valga", _("Valga county")
    VILJANDI = "Viljandi", _("Viljandi county")
    VORU = "Võru", _("Võru county")


class ObjectKind(models.TextChoices):
    PERMIT = "permit", _("Permit")
    APPLICATION = "application", _("Application")
    CADASTRAL = "cadastral", _("Cadastral unit")


def object_key(reference):
    """Fold the number of a permit, application or cadastral unit: `l.vv/12` and `LVV 12` are one."""
    return SEPARATORS.sub("", reference).upper()
