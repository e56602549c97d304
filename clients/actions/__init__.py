from clients.actions.create_client import create_client
from clients.actions.open_client import open_client
from clients.actions.renew_keys import renew_keys
from clients.actions.write_fields import NameMissing, PersonalCodeTaken

__all__ = [
    "NameMissing",
    "PersonalCodeTaken",
    "create_client",
    "open_client",
    "renew_keys",
]
