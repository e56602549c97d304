# render_draft and judge_return are not here: they bring in WeasyPrint and pyHanko, which the web
# process never loads.
from documents.actions.approve_template import (
    SecondPersonNeeded,
    WordingOvertaken,
    approve_template,
)
from documents.actions.cancel_case import SomethingEntered, cancel_case
from documents.actions.cancel_paper import cancel_paper
from documents.actions.check_again import check_again
from documents.actions.choose_organisation import choose_organisation
from documents.actions.choose_signers import choose_signers
from documents.actions.close_access import AccessNotEnded, close_access
from documents.actions.close_with_advice import close_with_advice
from documents.actions.confirm_return import (
    ReturnNotConfirmable,
    check_return_again,
    confirm_return,
)
from documents.actions.doubt_accesses import doubt_accesses
from documents.actions.enter_in_portal import AgreementUnknown, NobodyToTell, enter_in_portal
from documents.actions.follow_notices import follow_notices, tell_client
from documents.actions.give_contacts import give_contacts
from documents.actions.hand_over_case import hand_over_case
from documents.actions.hurry_drafts import hurry_drafts
from documents.actions.hurry_reports import hurry_reports
from documents.actions.hurry_returns import hurry_returns
from documents.actions.load_trusted_list import load_as_it_is, load_trusted_list
from documents.actions.make_envelopes import make_envelopes
from documents.actions.name_organisation import name_organisation
from documents.actions.open_case import open_case
from documents.actions.open_client_page import look_at_client_page, open_client_page
from documents.actions.open_paper import open_paper
from documents.actions.receive_return import EnvelopeSettled, receive_return
from documents.actions.redo_paper import redo_paper
from documents.actions.refresh_trusted_lists import (
    ask_for_refresh,
    refresh_due_lists,
    refresh_trusted_lists,
)
from documents.actions.refuse_return import NoAddress, NotFaulty, refuse_return, tell_faults
from documents.actions.renew_link import renew_link, revoke_link
from documents.actions.request_draft import DraftNotPossible, request_draft, request_drafts
from documents.actions.request_report import NotJudgedYet, request_report
from documents.actions.send_envelope import (
    Address,
    AddressNotConfirmed,
    NobodyToAsk,
    send_envelope,
)
from documents.actions.set_organisation import OrganisationFixed
from documents.actions.sign_for_agency import (
    CompetenceEnded,
    DelegationEnded,
    NotToSign,
    may_sign,
    sign_for_agency,
)
from documents.actions.sort_signed_file import (
    dismiss_signed_file,
    open_signed_file,
    sort_signed_file,
)
from documents.actions.start_case import start_case
from documents.actions.tell_undelivered import tell_undelivered
from documents.actions.watch_envelopes import watch_envelopes
from documents.actions.write_paper import AccessOfAnother, Terms, add_paper, change_terms
from documents.actions.write_template import TemplateOvertaken, write_template

__all__ = [
    "AccessNotEnded",
    "AccessOfAnother",
    "Address",
    "AddressNotConfirmed",
    "AgreementUnknown",
    "CompetenceEnded",
    "DelegationEnded",
    "DraftNotPossible",
    "EnvelopeSettled",
    "NoAddress",
    "NobodyToAsk",
    "NobodyToTell",
    "NotFaulty",
    "NotJudgedYet",
    "NotToSign",
    "OrganisationFixed",
    "ReturnNotConfirmable",
    "SecondPersonNeeded",
    "SomethingEntered",
    "TemplateOvertaken",
    "Terms",
    "WordingOvertaken",
    "add_paper",
    "approve_template",
    "ask_for_refresh",
    "cancel_case",
    "cancel_paper",
    "change_terms",
    "check_again",
    "check_return_again",
    "choose_organisation",
    "choose_signers",
    "close_access",
    "close_with_advice",
    "confirm_return",
    "dismiss_signed_file",
    "doubt_accesses",
    "enter_in_portal",
    "follow_notices",
    "give_contacts",
    "hand_over_case",
    "hurry_drafts",
    "hurry_reports",
    "hurry_returns",
    "load_as_it_is",
    "load_trusted_list",
    "look_at_client_page",
    "make_envelopes",
    "may_sign",
    "name_organisation",
    "open_case",
    "open_client_page",
    "open_paper",
    "open_signed_file",
    "receive_return",
    "redo_paper",
    "refresh_due_lists",
    "refresh_trusted_lists",
    "refuse_return",
    "renew_link",
    "request_draft",
    "request_drafts",
    "request_report",
    "revoke_link",
    "send_envelope",
    "sign_for_agency",
    "sort_signed_file",
    "start_case",
    "tell_client",
    "tell_faults",
    "tell_undelivered",
    "watch_envelopes",
    "write_template",
]
