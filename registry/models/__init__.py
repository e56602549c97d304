from registry.models.organisation import (
    Card,
    CardPerson,
    Organisation,
    OrganisationKey,
    RepresentationRule,
    Status,
)
from registry.models.register_answer import AnswerNeverChanges, RegisterAnswer
from registry.models.register_import import BadRecord, FileKind, RegisterImport, SeenCode
from registry.models.register_turn import RegisterTurn, hold_turn
from registry.models.representation_check import (
    PERSON_CODE,
    CheckEvidence,
    CheckPerson,
    CheckSignatory,
    RepresentationCheck,
)
from registry.representation.verdicts import Verdict

__all__ = [
    "PERSON_CODE",
    "AnswerNeverChanges",
    "BadRecord",
    "Card",
    "CardPerson",
    "CheckEvidence",
    "CheckPerson",
    "CheckSignatory",
    "FileKind",
    "Organisation",
    "OrganisationKey",
    "RegisterAnswer",
    "RegisterImport",
    "RegisterTurn",
    "RepresentationCheck",
    "RepresentationRule",
    "SeenCode",
    "Status",
    "Verdict",
    "hold_turn",
]
