"""XML of strangers: no DTD, no entities, no network, nothing that one reader sees and another does not."""

from lxml import etree

from documents.signatures.codes import Code
from documents.signatures.policy import Policy
from documents.signatures.report import Refused

MOST_NODES = 20_000  # a signature has about a hundred, and five for each data file
XML = "{http://www.w3.org/XML/1998/namespace}"


def parse(content: bytes, policy: Policy) -> etree._Element:
    """Return the root element. Raises Refused."""
    if len(content) > policy.max_xml_bytes:
        raise Refused(Code.TOO_LARGE)
    if b"\x00" in content:  # UTF-16 and UTF-32 would slip past the look for a DTD
        raise Refused(Code.XML_UNSAFE, "encoding")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused(Code.XML_DTD)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=False,
        remove_pis=False,
        strip_cdata=False,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(Code.XML_BROKEN) from error
    _check_document(root)
    return root


def _check_document(root: etree._Element) -> None:
    document = root.getroottree().docinfo
    if document.doctype or document.internalDTD is not None:
        raise Refused(Code.XML_DTD)
    if (document.encoding or "UTF-8").upper() not in ("UTF-8", "US-ASCII", "ASCII"):
        raise Refused(Code.XML_UNSAFE, "encoding")
    if next(root.iter(etree.Entity), None) is not None:
        raise Refused(Code.XML_DTD)


def check_plain(root: etree._Element) -> None:
    """Refuse comments, instructions and xml: attributes, which cut text or change canonical forms."""
    seen: set[str] = set()
    for number, node in enumerate(root.iter()):
        if number > MOST_NODES:
            raise Refused(Code.TOO_LARGE, "elements")
        if not isinstance(node.tag, str):
            raise Refused(Code.XML_UNSAFE, "comment or processing instruction")
        for name, value in node.attrib.items():
            if str(name).startswith(XML):
                raise Refused(Code.XML_UNSAFE, str(name))
            if str(name).lower() == "id":
                if value in seen:
                    raise Refused(Code.DUPLICATE_ID, str(value))
                seen.add(str(value))


def text_of(element: etree._Element) -> str:
    """Return the text of an element that may hold text alone."""
    if len(element):
        raise Refused(Code.SIGNATURE_STRUCTURE, str(element.tag))
    return (element.text or "").strip()
