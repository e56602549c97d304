"""Every data file is covered by exactly one reference, and nothing else is (EN 319 102-1, 5.2.7)."""

from collections import Counter
from collections.abc import Callable
from urllib.parse import unquote

from lxml import etree

from documents.signatures.algorithms import digest, digest_of
from documents.signatures.canonical import DEFAULT, METHODS, canonical
from documents.signatures.codes import Code
from documents.signatures.container import Container
from documents.signatures.names import DS, XADES
from documents.signatures.report import Findings, Refused
from documents.signatures.safe_xml import text_of
from documents.signatures.xades import (
    Reference,
    Xades,
    at_most_one,
    decoded,
    is_signed_properties,
    only,
)


def check_references(xades: Xades, container: Container, findings: Findings) -> None:
    """Hold the references against the container.

    1. Exactly one reference is to this signature's own SignedProperties.
    2. Every other one names a data file, without transforms, and its digest is right.
    3. Each data file is named once, with the media type that the manifest gives it.
    """
    own = [ref for ref in xades.references if is_signed_properties(ref, xades)]
    if len(own) != 1:
        findings.refuse(Code.SIGNED_PROPERTIES_NOT_SIGNED)
    for reference in own:
        _noting(findings, _check_own, reference, xades)
    named = [(name_of(ref), ref) for ref in xades.references if ref not in own]
    for name, reference in named:
        _noting(findings, _check_data_file, name, reference, container, findings)
    _check_coverage(Counter(name for name, _ in named), container, findings)
    _check_media_types(xades, named, container, findings)


def _noting(findings: Findings, check: Callable[..., None], *arguments: object) -> None:
    try:
        check(*arguments)
    except Refused as refused:
        findings.refuse(refused.finding.code, refused.finding.detail)


def name_of(reference: Reference) -> str:
    """Return the name that a URI stands for: percent signs alone are escapes, a plus is a plus."""
    try:
        return unquote(reference.uri, errors="strict")
    except UnicodeDecodeError:
        return reference.uri


def _check_own(reference: Reference, xades: Xades) -> None:
    method = _transform(reference)
    octets = canonical(xades.signed_properties, method)
    if not _matches(reference, octets):
        raise Refused(Code.SIGNED_PROPERTIES_CHANGED)


def _check_data_file(
    name: str, reference: Reference, container: Container, findings: Findings
) -> None:
    if reference.type or reference.uri.startswith("#") or not reference.uri:
        raise Refused(Code.REFERENCE_UNEXPECTED, reference.uri)
    if at_most_one(reference.element, f"{DS}Transforms") is not None:
        raise Refused(Code.TRANSFORM_REFUSED, name)
    content = container.contents.get(name)
    if content is None:
        raise Refused(Code.DATA_FILE_MISSING, name)
    if not _matches(reference, content, findings):
        raise Refused(Code.DATA_FILE_CHANGED, name)


def _transform(reference: Reference) -> etree._Element | None:
    """Return the canonicalisation that a reference asks for; any other transform is refused."""
    holder = at_most_one(reference.element, f"{DS}Transforms")
    found = list(holder) if holder is not None else []
    for transform in found:
        if transform.tag != f"{DS}Transform" or transform.get("Algorithm") not in METHODS:
            raise Refused(Code.TRANSFORM_REFUSED, str(transform.get("Algorithm", DEFAULT)))
    if len(found) > 1:
        raise Refused(Code.TRANSFORM_REFUSED, "several")
    return found[0] if found else None


def _matches(reference: Reference, octets: bytes, findings: Findings | None = None) -> bool:
    method = only(reference.element, f"{DS}DigestMethod")
    name = digest_of(str(method.get("Algorithm", "")))
    if name == "sha224" and findings is not None:
        findings.warn(Code.WEAK_DIGEST_WARNING, name)
    return digest(name, octets) == decoded(only(reference.element, f"{DS}DigestValue"))


def _check_coverage(named: Counter[str], container: Container, findings: Findings) -> None:
    for name in container.contents:
        if not named[name]:
            findings.refuse(Code.DATA_FILE_NOT_SIGNED, name)
        elif named[name] > 1:
            findings.refuse(Code.DATA_FILE_SIGNED_TWICE, name)


def _check_media_types(
    xades: Xades,
    named: list[tuple[str, Reference]],
    container: Container,
    findings: Findings,
) -> None:
    signed = _signed_media_types(xades, findings)
    for name, reference in named:
        file = container.data_files.get(name)
        if file and signed.get(f"#{reference.identifier}") != file.media_type:
            findings.refuse(Code.MEDIA_TYPE_DIFFERS, name)


def _signed_media_types(xades: Xades, findings: Findings) -> dict[str, str]:
    holder = at_most_one(xades.signed_properties, f"{XADES}SignedDataObjectProperties")
    types: dict[str, str] = {}
    for form in [] if holder is None else holder.iterchildren(f"{XADES}DataObjectFormat"):
        target = str(form.get("ObjectReference", ""))
        kind = at_most_one(form, f"{XADES}MimeType")
        if target in types:
            findings.refuse(Code.MEDIA_TYPE_DIFFERS, target)
        types[target] = text_of(kind) if kind is not None else ""
    return types
