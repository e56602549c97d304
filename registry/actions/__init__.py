from registry.actions.import_register_file import import_register_file
from registry.actions.open_record import open_check, open_organisation
from registry.actions.receive_register_file import receive_register_file
from registry.actions.request_import import (
    FileNotAccepted,
    FileOutsideFolder,
    find_or_request_import,
    request_import,
    resume_import,
)
from registry.actions.request_representation_check import request_representation_check
from registry.actions.run_representation_check import run_representation_check
from registry.actions.settle_check import (
    NoCompetence,
    PaperMissing,
    PaperOfTheFuture,
    ReasonMissing,
    confirm_check_manually,
    decline_check,
    stop_waiting,
    withdraw_check,
)
from registry.actions.sweep_checks import sweep_checks
from registry.actions.sweep_imports import sweep_imports

__all__ = [
    "FileNotAccepted",
    "FileOutsideFolder",
    "NoCompetence",
    "PaperMissing",
    "PaperOfTheFuture",
    "ReasonMissing",
    "confirm_check_manually",
    "decline_check",
    "find_or_request_import",
    "import_register_file",
    "open_check",
    "open_organisation",
    "receive_register_file",
    "request_import",
    "request_representation_check",
    "resume_import",
    "run_representation_check",
    "stop_waiting",
    "sweep_checks",
    "sweep_imports",
    "withdraw_check",
]
