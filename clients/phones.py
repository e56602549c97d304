"""Telephone numbers: one spelling at rest (E.164), any spelling typed."""

import re

import phonenumbers
from django.utils.translation import gettext_lazy as _

from common.refusals import Refusal

HOME = "EE"
SHORTEST_PART = 5  # from so many digits on a part of a number is looked for
# What is copied along with a number: a link's or a letterhead's word before it, an extension after it.
AROUND = re.compile(
    r"^\s*(?:tel|telefon|phone|mob|mobiil|callto|тел|моб)\s*[.:]+\s*|\s*;?\s*ext\s*[.:=]?\s*\d{1,5}\s*$",
    re.IGNORECASE,
)
TRUNK = "(0)"  # dialled at home only: +372 (0) 5300 1234


class PhoneNotValid(Refusal):
    """The text is no telephone number that can be called."""

    code = "phone_not_valid"
    sentence = _(
        "“%(typed)s” is not a telephone number. Write all its digits; a foreign number begins with + and the country's code."
    )


def normal_phone(typed: str) -> str:
    """Return the number in E.164, such as +37253001234.

    Raises PhoneNotValid.
    """
    bare = bare_number(typed)
    digits = digits_of(bare)
    spellings = [typed, bare, f"+{digits}"]
    if len(digits) == 11 and digits.startswith("8"):
        spellings.append(f"+7{digits[1:]}")  # the way a Russian number is written at home
    for spelling in spellings:
        try:
            number = phonenumbers.parse(spelling, HOME)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    raise PhoneNotValid(typed=typed.strip())


def spoken_phone(e164: str) -> str:
    """Return the number as it is read out: +372 5300 1234."""
    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def masked_phone(e164: str) -> str:
    """Return enough to tell two numbers apart: +372 53** **34."""
    spoken = spoken_phone(e164)
    head, _space, rest = spoken.partition(" ")
    digits = [place for place, letter in enumerate(rest) if letter.isdigit()]
    hidden = set(digits[2:-2])
    return f"{head} " + "".join("*" if at in hidden else one for at, one in enumerate(rest))


def bare_number(typed: str) -> str:
    """Return the number without what is written around it and without a trunk digit in brackets."""
    return AROUND.sub("", typed).replace(TRUNK, "")


def digits_of(typed: str) -> str:
    return "".join(str(int(letter)) for letter in typed if letter.isdecimal())


def phone_keys(e164: str) -> list[str]:
    """Return what a typed number may begin with: the whole number with its country, and every end
    of the national number, so that any five digits in a row find it."""
    number = phonenumbers.parse(e164, None)
    national = phonenumbers.national_significant_number(number)
    ends = [national[at:] for at in range(max(1, len(national) - SHORTEST_PART + 1))]
    return [e164.removeprefix("+"), *ends]


def typed_keys(typed: str) -> list[str]:
    """Return the digits by which a typed number is looked for: as they stand, and without the
    prefix that is dialled (00) or the trunk digit that some countries write (0, 8)."""
    digits = digits_of(bare_number(typed))
    keys = [digits]
    if digits.startswith("00"):
        keys.append(digits[2:])
    elif digits.startswith("0") or (digits.startswith("8") and len(digits) == 11):
        keys.append(digits[1:])
    return [key for key in keys if len(key) >= SHORTEST_PART]
