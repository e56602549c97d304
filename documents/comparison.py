"""What a signed file is for us: valid, by the right people, over our own papers – three questions apart."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from documents.models import EnvelopeSigner
from documents.signatures import Level, Report, SignatureReport, Verdict
from documents.signers import certificate_hash, name_on_certificate
from registry.representation.codes import mask_codes


class Fault(StrEnum):
    """Why a file cannot be accepted; documents/fault_words.py puts it into words."""

    NOT_VALID = "not_valid"  # the validator refuses it; its own codes say why
    NOT_SIGNED = "not_signed"
    NOT_QUALIFIED = "not_qualified"
    MISSING_FILE = "missing_file"
    CHANGED_FILE = "changed_file"
    FOREIGN_FILE = "foreign_file"
    WRONG_PEOPLE = "wrong_people"
    DELEGATION_ENDED = "delegation_ended"  # of the agency's signatory, on the day of signing
    SIGNED_AS_PDF = "signed_as_pdf"  # the container was asked for, since one signature covers all


@dataclass(frozen=True)
class FaultFound:
    fault: Fault
    detail: str = ""


@dataclass(frozen=True)
class Comparison:
    faults: tuple[FaultFound, ...]
    signed: tuple[tuple[EnvelopeSigner, SignatureReport], ...]
    strangers: tuple[SignatureReport, ...]

    @property
    def is_good(self) -> bool:
        return not self.faults


def compare(
    report: Report,
    *,
    files: Mapping[str, str],
    signers: Sequence[EnvelopeSigner],
    is_pdf: bool = False,
) -> Comparison:
    """Compare what the validator found with what was sent: `files` is name -> SHA-256 of our papers.

    A signature of somebody who need not sign is no fault beside one of somebody who must; whoever signs
    both for the agency and for the client signs once and fills both places. A signed PDF
    is not our paper any more, byte for byte, so it is judged and then asked for as a container.
    """
    found = [
        (one, signature)
        for signature in report.signatures
        for one in _places_of(signature, signers)
    ]
    signed = tuple(
        (one, signature)
        for one, signature in found
        if one is not None and signature.verdict == Verdict.VALID and _is_qualified(signature)
    )
    strangers = tuple(signature for one, signature in found if one is None)
    faults = (
        *_validity(report),
        *([FaultFound(Fault.SIGNED_AS_PDF)] if is_pdf else _files(report, files)),
        *_people(report, found),
        *_delegations(signed),
    )
    return Comparison(tuple(dict.fromkeys(faults)), signed, strangers)


def _places_of(
    signature: SignatureReport, signers: Sequence[EnvelopeSigner]
) -> list[EnvelopeSigner | None]:
    return [one for one in signers if _is_by(signature, one)] or [None]


def _is_by(signature: SignatureReport, signer: EnvelopeSigner) -> bool:
    """Whether the certificate's code is that of the signer; a name alone proves nobody."""
    return bool(signer.code_hash) and signer.code_hash == certificate_hash(signature.personal_code)


def _is_qualified(signature: SignatureReport) -> bool:
    return signature.level == Level.QES


def _validity(report: Report) -> list[FaultFound]:
    if not report.signatures and not report.errors:
        return [FaultFound(Fault.NOT_SIGNED)]
    if report.is_valid:
        return [
            FaultFound(Fault.NOT_QUALIFIED, _named(one))
            for one in report.signatures
            if not _is_qualified(one)
        ]
    return [FaultFound(Fault.NOT_VALID, code) for code in dict.fromkeys(map(str, _codes(report)))]


def _codes(report: Report) -> list[str]:
    return [finding.code.value for finding in report.all_errors()]


def _files(report: Report, files: Mapping[str, str]) -> list[FaultFound]:
    """Our papers, whole and alone: a file is known by its bytes, its name is only told, without a code."""
    if not report.data_files:
        return []  # nothing could be read; the validator has said why
    there = {one.sha256 for one in report.data_files}
    names = {one.name for one in report.data_files}
    lost = [name for name, sha256 in files.items() if sha256 not in there]
    changed = {name for name in lost if name in names}
    ours = set(files.values())
    return [
        *(
            FaultFound(Fault.CHANGED_FILE if name in changed else Fault.MISSING_FILE, name)
            for name in lost
        ),
        *(
            FaultFound(Fault.FOREIGN_FILE, mask_codes(one.name))
            for one in report.data_files
            if one.sha256 not in ours and one.name not in changed
        ),
    ]


def _people(
    report: Report, found: Sequence[tuple[EnvelopeSigner | None, SignatureReport]]
) -> list[FaultFound]:
    if not report.signatures or any(one is not None for one, _signature in found):
        return []
    return [FaultFound(Fault.WRONG_PEOPLE, _named(one)) for one in report.signatures]


def _delegations(
    signed: Sequence[tuple[EnvelopeSigner, SignatureReport]],
) -> list[FaultFound]:
    """Whoever signed for the agency could do so on that day."""
    return [
        FaultFound(Fault.DELEGATION_ENDED, one.name)
        for one, signature in signed
        if one.delegation is not None
        and not one.delegation.is_in_force_on(timezone.localdate(signed_at(signature)))
    ]


def signed_at(signature: SignatureReport) -> dt.datetime | None:
    """The proved moment of a signature; else what the signer's machine said."""
    return signature.signed_at or signature.claimed_at


def _named(signature: SignatureReport) -> str:
    """Faults are mailed to others and kept in plain text: a name, never a personal code."""
    return name_on_certificate(signature.signer, signature.personal_code)
