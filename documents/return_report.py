"""The report on a returned file, in the reader's words."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from documents.comparison import Comparison, compare, signed_at
from documents.fault_words import fault_sentences
from documents.models import ReturnedFile
from documents.signature_words import LEVELS, MEANS, SENTENCES
from documents.signatures import Report, SignatureReport, Verdict
from documents.signatures.report_json import from_json
from documents.signers import masked, name_on_certificate

ABOUT_PEOPLE = {"wrong_people", "delegation_ended"}
ABOUT_FILES = {"missing_file", "changed_file", "foreign_file", "signed_as_pdf"}


@dataclass(frozen=True)
class SignatureLine:
    """One signature: who, when, how strong, by what means, and what is wrong with it."""

    name: str
    masked_code: str
    is_expected: bool
    signed_at: datetime | None
    is_valid: bool
    level: Promise | str
    profile: str
    means: Promise | str
    problems: list[tuple[Promise, str]]  # sentence, clause of the standard


@dataclass(frozen=True)
class ReportPage:
    is_valid: bool
    is_by_right_people: bool
    is_our_file: bool
    file_problems: list[tuple[Promise, str]]
    faults: list[str]
    lines: list[SignatureLine]
    data_files: list[tuple[str, str, bool]]  # name, SHA-256, whether it is ours
    remarks: list[tuple[Promise, str]]
    checked_at: datetime | None
    by_list: str


def report_of(returned: ReturnedFile) -> ReportPage | None:
    """Return the report, or None while the file has not been judged."""
    if not returned.report:
        return None
    report = from_json(json.loads(returned.report))
    papers = returned.envelope.papers.active()
    files = {paper.file_name: paper.sha256 for paper in papers}
    signers = list(returned.envelope.signers.select_related("delegation"))
    found = compare(report, files=files, signers=signers)
    codes = {fault for fault, _detail in returned.faults}
    ours = set(files.values())
    return ReportPage(
        is_valid=report.is_valid,
        is_by_right_people=bool(found.signed) and not codes & ABOUT_PEOPLE,
        is_our_file=bool(report.data_files) and not codes & ABOUT_FILES,
        file_problems=[(SENTENCES[one.code], one.clause) for one in report.errors],
        faults=fault_sentences(returned),
        lines=[_line(one, found) for one in report.signatures],
        data_files=[(one.name, one.sha256, one.sha256 in ours) for one in report.data_files],
        remarks=_remarks(report),
        checked_at=report.checked_at,
        by_list=returned.judged_by_list,
    )


def _remarks(report: Report) -> list[tuple[Promise, str]]:
    found = [*report.warnings, *(one for each in report.signatures for one in each.warnings)]
    return [(SENTENCES[one.code], one.clause) for one in found]


def _line(signature: SignatureReport, found: Comparison) -> SignatureLine:
    expected = {id(one) for _signer, one in found.signed}
    return SignatureLine(
        name=name_on_certificate(signature.signer, signature.personal_code),
        masked_code=masked(signature.personal_code),
        is_expected=id(signature) in expected,
        signed_at=signed_at(signature),
        is_valid=signature.verdict == Verdict.VALID,
        level=LEVELS.get(signature.level, "–") if signature.level else "–",
        profile=signature.profile.value if signature.profile else "–",
        means=MEANS.get(signature.means, "–") if signature.means else "–",
        problems=[(SENTENCES[one.code], one.clause) for one in signature.errors],
    )
