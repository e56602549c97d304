"""Archive timestamps (EN 319 132-1, 5.5.2): over the data files, the signature and all evidence before."""

from lxml import etree

from documents.signatures.canonical import canonical
from documents.signatures.codes import Code
from documents.signatures.container import Container
from documents.signatures.names import DS, XADES, XADES141
from documents.signatures.references import name_of
from documents.signatures.report import Refused
from documents.signatures.xades import (
    Reference,
    Xades,
    at_most_one,
    decoded,
    is_signed_properties,
    only,
)

ARCHIVE = f"{XADES141}ArchiveTimeStamp"


def archive_timestamps(xades: Xades) -> list[etree._Element]:
    return xades.unsigned_named(ARCHIVE)


def token_in(element: etree._Element) -> bytes:
    """Return the one token of a timestamp element. Raises Refused."""
    found = list(element.iterchildren(f"{XADES}EncapsulatedTimeStamp"))
    if len(found) != 1:
        raise Refused(Code.SEVERAL_TIMESTAMPS, etree.QName(element).localname)
    return decoded(found[0])


def covered_by_archive(element: etree._Element, xades: Xades, container: Container) -> bytes:
    """Return the octets that an archive timestamp covers, in the order that the standard gives."""
    method = at_most_one(element, f"{DS}CanonicalizationMethod")
    octets = [_dereferenced(reference, xades, container) for reference in xades.references]
    before = xades.unsigned[: xades.unsigned.index(element)]
    parts = (xades.signed_info, xades.signature_value, xades.key_info, *before)
    octets += [canonical(one, method) for one in parts]
    return b"".join(octets)


def _dereferenced(reference: Reference, xades: Xades, container: Container) -> bytes:
    if is_signed_properties(reference, xades):
        holder = at_most_one(reference.element, f"{DS}Transforms")
        transform = only(holder, f"{DS}Transform") if holder is not None else None
        return canonical(xades.signed_properties, transform)
    return container.contents.get(name_of(reference), b"")
