"""Codes of people and organisations, and the countries that go with them."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

FIRST_ROUND = (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)
SECOND_ROUND = (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)
# A code that registers write where they have removed the true one.
SCRUBBED = {"30000000000"}

# What the register writes where ISO 3166-1 alpha-3 says something else.
COUNTRIES = {
    "GER": "DEU", "DEN": "DNK", "LAT": "LVA", "LIT": "LTU", "NED": "NLD", "SUI": "CHE",
    "SLO": "SVN", "BUL": "BGR", "GRE": "GRC", "POR": "PRT", "CHI": "CHL", "KSA": "SAU",
    "MON": "MCO",
}  # fmt: skip
# Certificates and client cards write alpha-2: the countries whose trusted lists we read, and neighbours.
TWO_LETTERS = {
    "AT": "AUT", "BE": "BEL", "BG": "BGR", "CH": "CHE", "CY": "CYP", "CZ": "CZE", "DE": "DEU",
    "DK": "DNK", "EE": "EST", "EL": "GRC", "ES": "ESP", "FI": "FIN", "FR": "FRA", "GB": "GBR",
    "GR": "GRC", "HR": "HRV", "HU": "HUN", "IE": "IRL", "IS": "ISL", "IT": "ITA", "LI": "LIE",
    "LT": "LTU", "LU": "LUX", "LV": "LVA", "MT": "MLT", "NL": "NLD", "NO": "NOR", "PL": "POL",
    "PT": "PRT", "RO": "ROU", "RU": "RUS", "SE": "SWE", "SI": "SVN", "SK": "SVK", "UA": "UKR",
    "UK": "GBR", "US": "USA",
}  # fmt: skip


def check_digit(digits: str) -> int:
    """Return the last digit of a personal code (ten digits given) or registry code (seven given)."""
    for weights in (FIRST_ROUND, SECOND_ROUND):
        rest = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False)) % 11
        if rest < 10:
            return rest
    return 0


def plain_code(code: str) -> str:
    """Return the code without spaces, dashes and dots, as it is compared."""
    plain = re.sub(r"[\s.\-\u2010-\u2015\u200b]+", "", code).upper()
    return "" if plain in SCRUBBED else plain


def has_registry_check_digit(code: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{8}", code)) and check_digit(code[:7]) == int(code[7])


def is_registry_code(code: str) -> bool:
    """Eight digits of which the first may stand there. The check digit is another question."""
    return bool(re.fullmatch(r"[1789][0-9]{7}", plain_code(code)))


def code_to_ask(text: str, found: Iterable[Any]) -> str:
    """Return the registry code that was typed, unless one of the organisations found bears it."""
    code = plain_code(text)
    known = {one.registry_code for one in found}
    return code if is_registry_code(code) and code not in known else ""


def is_personal_code(code: str) -> bool:
    plain = plain_code(code)
    return bool(re.fullmatch(r"[1-8][0-9]{10}", plain)) and check_digit(plain[:10]) == int(
        plain[10]
    )


def country_of(raw: str) -> str:
    """Return the country by its three letters, however it was written."""
    upper = raw.strip().upper()
    return COUNTRIES.get(upper) or TWO_LETTERS.get(upper, upper)


def folded_name(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", plain))


def mask_codes(text: str) -> str:
    """Return the text with personal codes shown as 39001******."""
    return re.sub(r"(?<![0-9])([1-8][0-9]{4})[0-9]{6}(?![0-9])", r"\1******", text)
