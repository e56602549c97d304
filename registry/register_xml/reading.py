"""A reply as a tree, its fault or its body; and how single fields are read."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml import etree

from registry.register_xml.envelope import NS, SOAP

XSI_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


class NotReadable(Exception):
    """What came back is no SOAP reply: an error page, half a file, or something hostile."""


@dataclass(frozen=True)
class Reply:
    root: Any
    body: Any = None  # the element `keha`
    fault: str = ""


def read_reply(content: bytes) -> Reply:
    """Raises NotReadable. Entities and document types are refused, whatever they say."""
    root = _tree(content)
    body = root.find(f"{{{SOAP}}}Body")
    if root.tag != f"{{{SOAP}}}Envelope" or body is None:
        raise NotReadable("no SOAP envelope")
    fault = body.find(f"{{{SOAP}}}Fault")
    if fault is not None:
        words = " ".join((fault.findtext("{*}faultstring") or "").split())
        return Reply(root, fault=words[:500] or "fault without words")
    for response in body:
        if isinstance(response.tag, str) and response.tag.endswith("Response"):
            found = child(response, "keha")
            if found is not None:
                return Reply(root, found)
    raise NotReadable("no answer in the envelope")


def _tree(content: bytes) -> Any:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise NotReadable("document type")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotReadable(str(error)) from error
    if root is None or root.getroottree().docinfo.doctype:
        raise NotReadable("document type")
    return root


def child(element: Any, *path: str) -> Any:
    """Return the direct child of that name: `item` stands on every level, so never search deeper."""
    for name in path:
        element = None if element is None else element.find(f"{{{NS}}}{name}")
    return element


def children(element: Any, *path: str) -> list[Any]:
    """Return the direct children of the last name; none, one or many."""
    parent = child(element, *path[:-1])
    return [] if parent is None else parent.findall(f"{{{NS}}}{path[-1]}")


def text(element: Any, *path: str) -> str:
    """Return the text of a field; empty where it is missing, empty or nil."""
    found = child(element, *path)
    if found is None or found.get(XSI_NIL) in {"1", "true"}:
        return ""
    return " ".join("".join(found.itertext()).split())


def day(raw: str) -> date | None:
    """Read 2018-03-14Z, 2018-03-14+02:00, 12.12.2000 and 2018-03-14; None for anything else."""
    iso = re.match(r"(\d{4})-(\d{2})-(\d{2})(?:[Z+T -]|$)", raw, re.ASCII)
    estonian = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", raw, re.ASCII)
    try:
        if iso:
            return date(*(int(part) for part in iso.groups()))
        if estonian:
            of_month, month, year = (int(part) for part in estonian.groups())
            return date(year, month, of_month)
    except ValueError:
        return None
    return None


def yes_or_no(raw: str) -> bool | None:
    return {"JAH": True, "EI": False}.get(raw.upper())
