"""E-mail addresses: one spelling at rest, checked, masked."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from common.refusals import Refusal


class EmailNotValid(Refusal):
    """The text is no e-mail address."""

    code = "email_not_valid"
    sentence = _("“%(typed)s” is not an e-mail address. It looks like name@example.ee.")


def normal_email(typed: str) -> str:
    """Return the address in small letters, so that one box is one contact point.

    Raises EmailNotValid.
    """
    address = typed.strip().casefold()
    try:
        validate_email(address)
    except ValidationError as error:
        raise EmailNotValid(typed=typed.strip()) from error
    return address


def masked_email(address: str) -> str:
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}***@{domain}"
