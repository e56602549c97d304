from accounts.actions.arrange_substitution import (
    NotYoursToHandOver,
    RoleNotHeld,
    SubstitutionNotPossible,
    arrange_substitution,
)
from accounts.actions.change_own_settings import change_own_settings
from accounts.actions.end_competence import end_competence
from accounts.actions.end_substitution import end_substitution
from accounts.actions.give_competence import CompetenceAlreadyHeld, give_competence
from accounts.actions.issue_api_token import issue_api_token
from accounts.actions.load_reference_data import load_reference_data
from accounts.actions.note_sign_in import note_sign_in, note_sign_in_failed, note_sign_out
from accounts.actions.record_access import record_access
from accounts.actions.revoke_api_token import revoke_api_token
from accounts.actions.set_away import set_away

__all__ = [
    "CompetenceAlreadyHeld",
    "NotYoursToHandOver",
    "RoleNotHeld",
    "SubstitutionNotPossible",
    "arrange_substitution",
    "change_own_settings",
    "end_competence",
    "end_substitution",
    "give_competence",
    "issue_api_token",
    "load_reference_data",
    "note_sign_in",
    "note_sign_in_failed",
    "note_sign_out",
    "record_access",
    "revoke_api_token",
    "set_away",
]
