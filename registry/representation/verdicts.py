from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    SOLE = "sole"
    SOLE_WITH_CONDITIONS = "sole_with_conditions"
    JOINT_SATISFIED = "joint_satisfied"
    JOINT_INCOMPLETE = "joint_incomplete"
    NEEDS_READING = "needs_reading"
    NOT_LISTED = "not_listed"
    NO_BOARD = "no_board"
    AGENCY = "agency"
    NOT_ACTIVE = "not_active"
    DELETED = "deleted"
    NOT_FOUND = "not_found"
    OPEN_DATA_ONLY = "open_data_only"
    UNAVAILABLE = "unavailable"


# What the machine may settle. Everything else waits for a person.
FINAL = frozenset({Verdict.SOLE, Verdict.DELETED, Verdict.NOT_FOUND})


@dataclass(frozen=True)
class Reason:
    """One sentence of the explanation, as a code with what fills its gaps."""

    code: str
    parameters: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, code: str, /, **parameters: object) -> "Reason":
        return cls(code, tuple(sorted((name, str(value)) for name, value in parameters.items())))


@dataclass(frozen=True)
class Assessment:
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()

    @property
    def needs_person(self) -> bool:
        return self.verdict not in FINAL

    def codes(self) -> list[str]:
        return [reason.code for reason in self.reasons]
