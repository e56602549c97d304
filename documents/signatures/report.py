"""What a check found: frozen facts that are kept as evidence."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from documents.signatures.codes import CLAUSES, Code


class Verdict(StrEnum):
    VALID = "VALID"
    INVALID = "INVALID"


class Profile(StrEnum):
    """How much evidence the signature carries."""

    B = "B"
    T = "T"
    LT = "LT"
    LT_TM = "LT-TM"
    LTA = "LTA"


class Level(StrEnum):
    """What the signature is in law."""

    QES = "QES"
    ADES_QC = "AdES/QC"
    QSEAL = "QSeal"
    ADESEAL_QC = "AdESeal/QC"
    ADES = "AdES"


class Means(StrEnum):
    """What the signer held in hand, as far as the certificate tells."""

    ID_CARD = "id_card"
    MOBILE_ID = "mobile_id"
    SMART_ID = "smart_id"
    SEAL = "seal"
    OTHER = "other"


@dataclass(frozen=True)
class Finding:
    code: Code
    detail: str = ""

    @property
    def clause(self) -> str:
        return CLAUSES[self.code]


class Refused(Exception):
    """The check cannot go on past this finding."""

    def __init__(self, code: Code, detail: str = "") -> None:
        super().__init__(code, detail)
        self.finding = Finding(code, detail)


@dataclass
class Findings:
    """Collects what is wrong and what is worth a remark while a check goes on."""

    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    def refuse(self, code: Code, detail: str = "") -> None:
        self._add(self.errors, Finding(code, detail))

    def warn(self, code: Code, detail: str = "") -> None:
        self._add(self.warnings, Finding(code, detail))

    @staticmethod
    def _add(to: list[Finding], finding: Finding) -> None:
        if finding not in to:
            to.append(finding)


@dataclass(frozen=True)
class DataFile:
    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class SignatureReport:
    name: str  # of the file or field that holds it
    verdict: Verdict
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...] = ()
    signer: str = ""  # the name as in the certificate
    personal_code: str = ""
    certificate_sha256: str = ""
    signed_at: dt.datetime | None = None  # proved by a timestamp or a time-mark
    claimed_at: dt.datetime | None = None  # what the signer's machine said
    level: Level | None = None
    profile: Profile | None = None
    means: Means | None = None


@dataclass(frozen=True)
class Report:
    verdict: Verdict
    errors: tuple[Finding, ...]  # of the file itself
    warnings: tuple[Finding, ...]
    data_files: tuple[DataFile, ...]
    signatures: tuple[SignatureReport, ...]
    checked_at: dt.datetime | None = None

    @property
    def is_valid(self) -> bool:
        return self.verdict == Verdict.VALID

    def all_errors(self) -> Iterator[Finding]:
        yield from self.errors
        for signature in self.signatures:
            yield from signature.errors

    def codes(self) -> set[Code]:
        return {finding.code for finding in self.all_errors()}


def refusal(finding: Finding, at: dt.datetime | None = None) -> Report:
    """Return the report of a file of which nothing more can be said."""
    return Report(Verdict.INVALID, (finding,), (), (), (), at)
