# render_draft is not here: it brings in WeasyPrint, which the web process never loads.
from documents.actions.approve_template import SecondPersonNeeded, approve_template
from documents.actions.cancel_case import cancel_case
from documents.actions.check_again import check_again
from documents.actions.choose_organisation import choose_organisation
from documents.actions.choose_signers import choose_signers
from documents.actions.close_with_advice import close_with_advice
from documents.actions.give_contacts import give_contacts
from documents.actions.hand_over_case import hand_over_case
from documents.actions.hurry_drafts import hurry_drafts
from documents.actions.load_trusted_list import load_as_it_is, load_trusted_list
from documents.actions.name_organisation import name_organisation
from documents.actions.open_case import open_case
from documents.actions.open_paper import open_paper
from documents.actions.redo_paper import redo_paper
from documents.actions.refresh_trusted_lists import (
    ask_for_refresh,
    refresh_due_lists,
    refresh_trusted_lists,
)
from documents.actions.request_draft import DraftNotPossible, request_draft
from documents.actions.set_organisation import OrganisationFixed
from documents.actions.start_case import start_case
from documents.actions.write_template import write_template

__all__ = [
    "DraftNotPossible",
    "OrganisationFixed",
    "SecondPersonNeeded",
    "approve_template",
    "ask_for_refresh",
    "cancel_case",
    "check_again",
    "choose_organisation",
    "choose_signers",
    "close_with_advice",
    "give_contacts",
    "hand_over_case",
    "hurry_drafts",
    "load_as_it_is",
    "load_trusted_list",
    "name_organisation",
    "open_case",
    "open_paper",
    "redo_paper",
    "refresh_due_lists",
    "refresh_trusted_lists",
    "request_draft",
    "start_case",
    "write_template",
]
