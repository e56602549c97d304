"""A report as JSON: kept as evidence, printed, and handed over by the process that judged."""

import datetime as dt
from typing import Any

from documents.signatures.codes import Code
from documents.signatures.report import (
    DataFile,
    Finding,
    Level,
    Means,
    Profile,
    Report,
    SignatureReport,
    Verdict,
)


def command_line_form(file: str, report: Report) -> dict[str, Any]:
    """Return what `manage.py check_container --json` prints of one file."""
    return {
        "file": file,
        "verdict": report.verdict.value,
        "errors": _codes(report.errors),
        "warnings": _codes(report.warnings),
        "signatures": [
            {
                "signer": one.signer,
                "personal_code": one.personal_code,
                "signed_at": _moment(one.signed_at),
                "level": one.level.value if one.level else None,
                "profile": one.profile.value if one.profile else None,
                "means": one.means.value if one.means else None,
                "verdict": one.verdict.value,
                "errors": _codes(one.errors),
                "warnings": _codes(one.warnings),
            }
            for one in report.signatures
        ],
    }


def _codes(findings: tuple[Finding, ...]) -> list[str]:
    return list(dict.fromkeys(finding.code.value for finding in findings))


def _moment(moment: dt.datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(dt.UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def to_json(report: Report) -> dict[str, Any]:
    """Return the whole report; `from_json` leads back."""
    return {
        "verdict": report.verdict.value,
        "checked_at": report.checked_at.isoformat() if report.checked_at else None,
        "errors": _findings(report.errors),
        "warnings": _findings(report.warnings),
        "data_files": [vars(file) for file in report.data_files],
        "signatures": [_signature(one) for one in report.signatures],
    }


def _findings(findings: tuple[Finding, ...]) -> list[dict[str, str]]:
    return [{"code": one.code.value, "detail": one.detail} for one in findings]


def _signature(one: SignatureReport) -> dict[str, Any]:
    return {
        "name": one.name,
        "verdict": one.verdict.value,
        "errors": _findings(one.errors),
        "warnings": _findings(one.warnings),
        "signer": one.signer,
        "personal_code": one.personal_code,
        "certificate_sha256": one.certificate_sha256,
        "signed_at": one.signed_at.isoformat() if one.signed_at else None,
        "claimed_at": one.claimed_at.isoformat() if one.claimed_at else None,
        "level": one.level.value if one.level else None,
        "profile": one.profile.value if one.profile else None,
        "means": one.means.value if one.means else None,
    }


def from_json(form: dict[str, Any]) -> Report:
    return Report(
        verdict=Verdict(form["verdict"]),
        errors=_read_findings(form["errors"]),
        warnings=_read_findings(form["warnings"]),
        data_files=tuple(DataFile(**file) for file in form["data_files"]),
        signatures=tuple(map(_read_signature, form["signatures"])),
        checked_at=_read_moment(form["checked_at"]),
    )


def _read_findings(forms: list[dict[str, str]]) -> tuple[Finding, ...]:
    return tuple(Finding(Code(form["code"]), form["detail"]) for form in forms)


def _read_moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def _read_signature(form: dict[str, Any]) -> SignatureReport:
    return SignatureReport(
        name=form["name"],
        verdict=Verdict(form["verdict"]),
        errors=_read_findings(form["errors"]),
        warnings=_read_findings(form["warnings"]),
        signer=form["signer"],
        personal_code=form["personal_code"],
        certificate_sha256=form["certificate_sha256"],
        signed_at=_read_moment(form["signed_at"]),
        claimed_at=_read_moment(form["claimed_at"]),
        level=Level(form["level"]) if form["level"] else None,
        profile=Profile(form["profile"]) if form["profile"] else None,
        means=Means(form["means"]) if form["means"] else None,
    )
