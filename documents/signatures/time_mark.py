"""The time-mark of BDOC: an OCSP response whose nonce is the digest of the signature's value.

It proves that the signature existed when the responder answered, so its signer has to be trusted
with time as well: a service that the list names, granted then, whose certificate came along.
"""

from asn1crypto import tsp
from lxml import etree

from documents.signatures.algorithms import HASHES, digest
from documents.signatures.codes import Code
from documents.signatures.names import TIME_MARK_POLICY, XADES
from documents.signatures.report import Findings, Refused
from documents.signatures.revocation import Answer
from documents.signatures.safe_xml import text_of
from documents.signatures.xades import Xades, at_most_one, only


def policy_of(xades: Xades) -> str:
    """Return the identifier of the signature policy that was signed; empty when implied or none."""
    element = xades.signed_property("SignaturePolicyIdentifier")
    if element is None or at_most_one(element, f"{XADES}SignaturePolicyImplied") is not None:
        return ""
    identifier = only(_policy_id(element), f"{XADES}Identifier")
    return text_of(identifier)


def _policy_id(element: etree._Element) -> etree._Element:
    return only(only(element, f"{XADES}SignaturePolicyId"), f"{XADES}SigPolicyId")


def check_policy(xades: Xades, findings: Findings) -> bool:
    """Return whether the policy asks for a time-mark; a policy that we do not know is refused."""
    identifier = policy_of(xades)
    if not identifier:
        return False
    if identifier != TIME_MARK_POLICY:
        findings.refuse(Code.POLICY_UNKNOWN, identifier)
        return False
    element = xades.signed_property("SignaturePolicyIdentifier")
    if element is not None:
        _check_complete(element, findings)
    return True


def _check_complete(element: etree._Element, findings: Findings) -> None:
    identifier = only(_policy_id(element), f"{XADES}Identifier")
    if identifier.get("Qualifier") != "OIDAsURN":
        findings.refuse(Code.POLICY_INCOMPLETE, "Qualifier")
    addresses = [text_of(one) for one in element.iterdescendants(f"{XADES}SPURI")]
    if not any(addresses):
        findings.refuse(Code.POLICY_INCOMPLETE, "SPURI")


def check_time_mark(answer: Answer, value: bytes, findings: Findings) -> None:
    if not answer.is_listed or not answer.is_embedded:
        findings.refuse(Code.TIME_MARK_RESPONDER, answer.responder.name)
    if not answer.nonce:
        findings.refuse(Code.TIME_MARK_MISSING)
    elif not is_marked(answer.nonce, value):
        findings.refuse(Code.TIME_MARK_MISMATCH)


def is_marked(nonce: bytes, value: bytes) -> bool:
    """Tell whether the nonce is a DigestInfo over the signature's value. Raises Refused."""
    try:
        imprint = tsp.MessageImprint.load(nonce, strict=True)  # of the same form as DigestInfo
        name = imprint["hash_algorithm"]["algorithm"].native
        hashed = imprint["hashed_message"].native
    except (ValueError, TypeError, KeyError):
        return False
    if name not in HASHES or name == "sha1":
        raise Refused(Code.WEAK_DIGEST, f"time-mark: {name}")
    return bool(digest(name, value) == hashed)
