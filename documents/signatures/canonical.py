"""Canonical XML: the only transforms that are let through."""

from lxml import etree

from documents.signatures.codes import Code
from documents.signatures.report import Refused

DEFAULT = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
# exclusive, with comments. Version 1.1 differs from 1.0 in xml: attributes alone, and those are refused.
METHODS = {
    DEFAULT: (False, False),
    f"{DEFAULT}#WithComments": (False, True),
    "http://www.w3.org/2006/12/xml-c14n11": (False, False),
    "http://www.w3.org/2006/12/xml-c14n11#WithComments": (False, True),
    "http://www.w3.org/2001/10/xml-exc-c14n#": (True, False),
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments": (True, True),
}
_INCLUSIVE = "{http://www.w3.org/2001/10/xml-exc-c14n#}InclusiveNamespaces"


def canonical(element: etree._Element, method: etree._Element | None) -> bytes:
    """Return the octets of an element; `method` is the element that names the algorithm."""
    algorithm, prefixes = DEFAULT, None
    if method is not None:
        algorithm = str(method.get("Algorithm", ""))
        prefixes = _prefixes(method)
    if algorithm not in METHODS:
        raise Refused(Code.CANONICALIZATION_REFUSED, algorithm)
    exclusive, with_comments = METHODS[algorithm]
    try:
        return bytes(
            etree.tostring(
                element,
                method="c14n",
                exclusive=exclusive,
                with_comments=with_comments,
                inclusive_ns_prefixes=prefixes if exclusive else None,
            )
        )
    except (etree.LxmlError, ValueError) as error:  # a namespace or a prefix that is none
        raise Refused(Code.CANONICALIZATION_REFUSED, "namespaces") from error


def _prefixes(method: etree._Element) -> list[str] | None:
    inclusive = method.find(_INCLUSIVE)
    return str(inclusive.get("PrefixList", "")).split() if inclusive is not None else None
