from registry.actions.import_register_file import import_register_file
from registry.actions.look_up_organisation import look_up_organisation
from registry.actions.open_record import open_answer, open_check, open_organisation
from registry.actions.receive_register_file import receive_register_file
from registry.actions.request_import import (
    FileNotAccepted,
    FileOutsideFolder,
    find_or_request_import,
    request_import,
    resume_import,
)
from registry.actions.request_representation_check import request_representation_check
from registry.actions.reveal_person_code import reveal_person_code
from registry.actions.run_representation_check import run_representation_check
from registry.actions.settle_check import (
    PaperDayMissing,
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
    "PaperDayMissing",
    "PaperMissing",
    "PaperOfTheFuture",
    "ReasonMissing",
    "confirm_check_manually",
    "decline_check",
    "find_or_request_import",
    "import_register_file",
    "look_up_organisation",
    "open_answer",
    "open_check",
    "open_organisation",
    "receive_register_file",
    "request_import",
    "request_representation_check",
    "resume_import",
    "reveal_person_code",
    "run_representation_check",
    "stop_waiting",
    "sweep_checks",
    "sweep_imports",
    "withdraw_check",
]
