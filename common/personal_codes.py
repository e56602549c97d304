"""Estonian personal codes in free text: known by their form and their check digit."""

import re

from stdnum.ee import ik

# Eleven digits that belong together; people also write them in groups: 390 0101 1234, 390101-11234.
# Certificates and portals put the country before: EE39001011234.
CODE = re.compile(
    r"(?:(?<![^\W_])|(?<=\bEE)|(?<=\bee))[1-8](?:[ \u00a0.\-\u2010-\u2015]?[0-9]){10}(?![^\W_])"
)


def find_personal_codes(text: str) -> list[str]:
    """Return the personal codes in a text as they stand there; a number with a wrong check digit is none."""
    return [found[0] for found in CODE.finditer(text) if ik.is_valid(_digits(found[0]))]


def without_personal_codes(text: str, sign: str = "*") -> str:
    """Return the text with its personal codes shown as 39001******."""
    return CODE.sub(
        lambda found: (
            _digits(found[0])[:5] + sign * 6 if ik.is_valid(_digits(found[0])) else found[0]
        ),
        text,
    )


def _digits(text: str) -> str:
    return "".join(one for one in text if one.isdigit())
