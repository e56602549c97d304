from clients.models.client import Client, ClientKind, ClientLanguage
from clients.models.client_key import ClientKey, KeyKind
from clients.models.client_merge import ClientMerge, MovedRow
from clients.models.contact_point import ConfirmedHow, ContactKind, ContactPoint

__all__ = [
    "Client",
    "ClientKey",
    "ClientKind",
    "ClientLanguage",
    "ClientMerge",
    "ConfirmedHow",
    "ContactKind",
    "ContactPoint",
    "KeyKind",
    "MovedRow",
]
