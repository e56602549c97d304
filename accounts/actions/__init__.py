from accounts.actions.after_call import (
    begin_after_call,
    end_after_call,
    resume_after_call,
    sweep_line_states,
)
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
from accounts.actions.keep_an_administrator import LastAdministrator, keep_an_administrator
from accounts.actions.load_reference_data import load_reference_data
from accounts.actions.need_competence import NoCompetence, need_competence
from accounts.actions.note_sign_in import note_sign_in, note_sign_in_failed, note_sign_out
from accounts.actions.record_access import record_access
from accounts.actions.revoke_api_token import revoke_api_token
from accounts.actions.set_away import set_away
from accounts.actions.set_line_state import ReasonNeeded, set_line_state

__all__ = [
    "CompetenceAlreadyHeld",
    "LastAdministrator",
    "NoCompetence",
    "NotYoursToHandOver",
    "ReasonNeeded",
    "RoleNotHeld",
    "SubstitutionNotPossible",
    "arrange_substitution",
    "begin_after_call",
    "change_own_settings",
    "end_after_call",
    "end_competence",
    "end_substitution",
    "give_competence",
    "issue_api_token",
    "keep_an_administrator",
    "load_reference_data",
    "need_competence",
    "note_sign_in",
    "note_sign_in_failed",
    "note_sign_out",
    "record_access",
    "resume_after_call",
    "revoke_api_token",
    "set_away",
    "set_line_state",
    "sweep_line_states",
]
