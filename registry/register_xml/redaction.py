"""A reply fit to be kept: the register echoes our password, and prints people's codes."""

import copy
import re
from collections.abc import Sequence
from typing import Any

from lxml import etree

from registry.representation.codes import mask_codes

SECRETS = frozenset({"ariregister_kasutajanimi", "ariregister_parool", "ariregister_sessioon"})
CODES = frozenset({"fyysilise_isiku_kood", "valis_kood"})
PERSONAL = frozenset({"fyysilise_isiku_synniaeg", "synniaeg", "email", "sisu_email", "userId"})
HIDDEN = "***"


def redacted(root: Any, secrets: Sequence[str] = ()) -> str:
    """Return the reply as text without credentials, personal codes, birth dates and e-mails."""
    root = copy.deepcopy(root)
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


def _is_company(code: str) -> bool:
    return bool(re.fullmatch(r"\s*[0-9]{8}\s*", code))


def _without(text: str, secrets: Sequence[str]) -> str:
    for secret in secrets:
        if len(secret) > 5:  # a short one might be an ordinary word; it stands in its own element
            text = text.replace(secret, HIDDEN)
    return re.sub(r"[^\s@<>]+@[^\s@<>]+\.[a-z]+", HIDDEN, text)
