from clients.models.client import Client, ClientKind, ClientLanguage
from clients.models.client_key import ClientKey, KeyKind
from clients.models.client_merge import ClientMerge, MovedRow
from clients.models.contact_point import ConfirmedHow, ContactKind, ContactPoint
from clients.models.different_clients import DifferentClients

__all__ = [
    "Client",
    "ClientKey",
    "ClientKind",
    "ClientLanguage",
    "ClientMerge",
    "ConfirmedHow",
    "ContactKind",
    "ContactPoint",
    "DifferentClients",
    "KeyKind",
    "MovedRow",
]
