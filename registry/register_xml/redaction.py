"""A reply fit to be kept: the register echoes our password, and prints people's codes."""

import copy
import re
from collections.abc import Sequence
from typing import Any

from lxml import etree

from registry.register_xml.envelope import NS
from registry.representation.codes import mask_codes

SECRETS = frozenset({"ariregister_kasutajanimi", "ariregister_parool", "ariregister_sessioon"})
# Of a company these hold its registry code; the second has been seen with codes of other countries.
CODES = frozenset({"fyysilise_isiku_kood", "isikukood_registrikood", "valis_kood"})
PERSONAL = frozenset({"fyysilise_isiku_synniaeg", "synniaeg", "email", "sisu_email", "userId"})
# Lists of people, who have addresses of their own.
PEOPLE = frozenset({"kaardile_kantud_isikud", "kaardivalised_isikud", "hooneyhistu_liikmed"})
HIDDEN = "***"


def redacted(root: Any, secrets: Sequence[str] = ()) -> str:
    """Return the reply as text without credentials, personal codes, birth dates, e-mails and homes."""
    root = copy.deepcopy(root)
    _hide_homes(root)
    for element in root.iter(tag=etree.Element):
        name = etree.QName(element).localname
        if name in SECRETS | PERSONAL and element.text:
            element.text = HIDDEN
        elif name in CODES and not _is_company(element.text or ""):
            element.text = HIDDEN if element.text else element.text
        elif element.text:
            element.text = _without(mask_codes(element.text), secrets)
        if element.tail:
            element.tail = _without(mask_codes(element.tail), secrets)
    return etree.tostring(root, encoding="unicode")


def _hide_homes(root: Any) -> None:
    for people in root.iter(*(f"{{{NS}}}{name}" for name in PEOPLE)):
        for element in people.iter(tag=etree.Element):
            if etree.QName(element).localname.startswith("aadress_") and element.text:
                element.text = HIDDEN


def _is_company(code: str) -> bool:
    return bool(re.fullmatch(r"\s*[0-9]{8}\s*", code))


def _without(text: str, secrets: Sequence[str]) -> str:
    for secret in secrets:
        if len(secret) > 5:  # a short one might be an ordinary word; it stands in its own element
            text = text.replace(secret, HIDDEN)
    return re.sub(r"[^\s@<>]+@[^\s@<>]+\.[a-z]+", HIDDEN, text)
