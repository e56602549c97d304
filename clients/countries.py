"""Countries by their ISO 3166 code, named in the reader's language."""

from functools import lru_cache

from babel import Locale
from django.utils.translation import get_language

# Territories that are no country, in the common list of names.
NOT_COUNTRIES = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}


@lru_cache(maxsize=8)
def _named(language: str) -> dict[str, str]:
    names = Locale.parse(language).territories
    return {
        code: name
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES
    }


def country_name(code: str) -> str:
    return _named(get_language() or "et").get(code, code)


def country_choices() -> list[tuple[str, str]]:
    """Estonia first, its neighbours next, then all by name."""
    names = _named(get_language() or "et")
    near = ["EE", "LV", "LT", "FI", "SE"]
    rest = sorted((name, code) for code, name in names.items() if code not in near)
    return [(code, names[code]) for code in near] + [(code, name) for name, code in rest]
