from clients.actions.add_contact_point import ContactPointKnown, add_contact_point
from clients.actions.change_client import ClientFields, ClientMerged, change_client
from clients.actions.change_contact_point import change_contact_point
from clients.actions.confirm_by_link import confirm_by_link, open_confirmation_link
from clients.actions.confirm_contact_point import confirm_contact_point
from clients.actions.create_client import create_client
from clients.actions.create_clients import create_clients
from clients.actions.list_duplicates import list_duplicates
from clients.actions.mark_different import mark_different, unmark_different
from clients.actions.merge_clients import ClientsNotAlike, merge_clients
from clients.actions.open_client import open_client
from clients.actions.pin_note import pin_note
from clients.actions.remove_clients import remove_clients
from clients.actions.remove_contact_point import remove_contact_point
from clients.actions.renew_keys import renew_keys
from clients.actions.request_contact_confirmation import (
    NotAnAddress,
    request_contact_confirmation,
)
from clients.actions.reveal_personal_code import ReasonMissing, reveal_personal_code
from clients.actions.search_clients import search_clients
from clients.actions.undo_merge import KeptClientMerged, MergeUndone, undo_merge
from clients.actions.write_fields import NameMissing, PersonalCodeTaken

__all__ = [
    "ClientFields",
    "ClientMerged",
    "ClientsNotAlike",
    "ContactPointKnown",
    "KeptClientMerged",
    "MergeUndone",
    "NameMissing",
    "NotAnAddress",
    "PersonalCodeTaken",
    "ReasonMissing",
    "add_contact_point",
    "change_client",
    "change_contact_point",
    "confirm_by_link",
    "confirm_contact_point",
    "create_client",
    "create_clients",
    "list_duplicates",
    "mark_different",
    "merge_clients",
    "open_client",
    "open_confirmation_link",
    "pin_note",
    "remove_clients",
    "remove_contact_point",
    "renew_keys",
    "request_contact_confirmation",
    "reveal_personal_code",
    "search_clients",
    "undo_merge",
    "unmark_different",
]
