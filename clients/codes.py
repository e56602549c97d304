"""Personal and registry codes: cleaned, checked, masked, hashed."""

import re

from django.utils.translation import gettext_lazy as _
from stdnum.ee import ik, registrikood
from stdnum.exceptions import ValidationError

from common.encryption import lookup_hash
from common.refusals import Refusal

HASH_PURPOSE = "clients.personal_code"
REGISTRY_CODE = re.compile(r"[1789]\d{7}")


class PersonalCodeNotValid(Refusal):
    """The Estonian personal code cannot be right."""

    code = "personal_code_not_valid"
    sentence = _(
        "This is not an Estonian personal code: it has 11 digits and the last one checks the others."
    )


class RegistryCodeNotValid(Refusal):
    """The text does not have the form of an Estonian registry code."""

    code = "registry_code_not_valid"
    sentence = _("An Estonian registry code has 8 digits and begins with 1, 7, 8 or 9.")


def compact_code(typed: str) -> str:
    """Drop spaces (hard ones too), dashes and dots; letters become capitals."""
    return re.sub(r"[\s\-–—.]", "", typed).upper()


def checked_personal_code(typed: str) -> str:
    """Raises PersonalCodeNotValid."""
    try:
        return str(ik.validate(compact_code(typed)))
    except ValidationError as error:
        raise PersonalCodeNotValid from error


def checked_registry_code(typed: str) -> str:
    """Raises RegistryCodeNotValid for a wrong form; a wrong check digit is only warned of."""
    code = compact_code(typed)
    if not (code.isascii() and REGISTRY_CODE.fullmatch(code)):
        raise RegistryCodeNotValid
    return code


def has_right_check_digit(registry_code: str) -> bool:
    return bool(registrikood.is_valid(registry_code))


def masked_code(code: str) -> str:
    """39001011234 is shown as 39001******; of a foreign code only the first two letters."""
    shown = 5 if len(code) == 11 and code.isdigit() else min(2, len(code))
    return code[:shown] + "*" * (len(code) - shown)


def personal_code_hash(code: str) -> str:
    return lookup_hash(compact_code(code), purpose=HASH_PURPOSE) if code else ""
