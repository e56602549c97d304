"""What a list says beyond the certificate: qualifiers, and of which certificates (TS 119 612, 5.5.9.2)."""

from dataclasses import dataclass

from lxml import etree

from documents.signatures.certificate import Certificate

SIE = "{http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#}"
_XADES = "{http://uri.etsi.org/01903/v1.3.2#}"
_BITS = {
    "digitalSignature": "digital_signature",
    "nonRepudiation": "content_commitment",
    "keyEncipherment": "key_encipherment",
    "dataEncipherment": "data_encipherment",
    "keyAgreement": "key_agreement",
    "keyCertSign": "key_cert_sign",
    "crlSign": "crl_sign",
}


@dataclass(frozen=True)
class Criteria:
    """A tree of conditions on a certificate; one that we do not know is not met."""

    assertion: str  # all, atLeastOne or none
    key_usages: tuple[tuple[tuple[str, bool], ...], ...]
    policy_sets: tuple[frozenset[str], ...]
    nested: tuple["Criteria", ...]
    has_unknown: bool

    def is_met(self, certificate: Certificate) -> bool:
        answers = [
            *(
                all(certificate.has_key_usage(name) == value for name, value in bits)
                for bits in self.key_usages
            ),
            *(policies <= certificate.policies for policies in self.policy_sets),
            *(criteria.is_met(certificate) for criteria in self.nested),
            *([False] if self.has_unknown else []),
        ]
        if self.assertion == "none":
            return not self.has_unknown and not any(answers)
        return any(answers) if self.assertion == "atLeastOne" else all(answers)


@dataclass(frozen=True)
class Qualification:
    qualifiers: frozenset[str]
    criteria: Criteria


def qualifiers_for(
    certificate: Certificate, qualifications: tuple[Qualification, ...]
) -> frozenset[str]:
    return frozenset(
        qualifier
        for one in qualifications
        if one.criteria.is_met(certificate)
        for qualifier in one.qualifiers
    )


def read_qualifications(extensions: etree._Element | None) -> tuple[Qualification, ...]:
    if extensions is None:
        return ()
    return tuple(
        _qualification(element)
        for element in extensions.iterdescendants(f"{SIE}QualificationElement")
    )


def _qualification(element: etree._Element) -> Qualification:
    named = element.iterdescendants(f"{SIE}Qualifier")
    criteria = element.find(f"{SIE}CriteriaList")
    return Qualification(
        frozenset(str(one.get("uri", "")).rsplit("/", 1)[-1] for one in named),
        _criteria(criteria) if criteria is not None else Criteria("all", (), (), (), True),
    )


def _criteria(element: etree._Element) -> Criteria:
    known = {f"{SIE}{name}" for name in ("KeyUsage", "PolicySet", "CriteriaList", "Description")}
    return Criteria(
        assertion=str(element.get("assert", "all")),
        key_usages=tuple(map(_key_usage, element.iterchildren(f"{SIE}KeyUsage"))),
        policy_sets=tuple(map(_policy_set, element.iterchildren(f"{SIE}PolicySet"))),
        nested=tuple(map(_criteria, element.iterchildren(f"{SIE}CriteriaList"))),
        has_unknown=any(child.tag not in known for child in element.iterchildren("*"))
        or any(bit.get("name") not in _BITS for bit in element.iterfind(f"{SIE}KeyUsage/*")),
    )


def _key_usage(element: etree._Element) -> tuple[tuple[str, bool], ...]:
    bits = element.iterchildren(f"{SIE}KeyUsageBit")
    return tuple(
        (_BITS[name], (bit.text or "").strip() == "true")
        for bit in bits
        if (name := str(bit.get("name"))) in _BITS
    )


def _policy_set(element: etree._Element) -> frozenset[str]:
    found = element.iterdescendants(f"{_XADES}Identifier")
    return frozenset((one.text or "").strip().removeprefix("urn:oid:") for one in found)
