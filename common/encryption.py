"""Values that only we can read, and keyed hashes by which they are still found.

The text in the column is a Fernet token (AES-128-CBC, HMAC-SHA-256). The first key of
FIELD_ENCRYPTION_KEYS encrypts, all of them decrypt, so a key is changed by putting a new one in
front and running `rotate_encryption_keys`.
"""

import hashlib
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

UnreadableToken = InvalidToken


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(value: str) -> str:
    return encrypt_bytes(value.encode()).decode()


def decrypt(token: str) -> str:
    """Raises cryptography.fernet.InvalidToken if none of our keys fits."""
    return decrypt_bytes(token.encode()).decode()


def encrypt_bytes(value: bytes) -> bytes:
    return _box(tuple(settings.FIELD_ENCRYPTION_KEYS)).encrypt(value)


def decrypt_bytes(token: bytes) -> bytes:
    """Raises cryptography.fernet.InvalidToken if none of our keys fits."""
    return _box(tuple(settings.FIELD_ENCRYPTION_KEYS)).decrypt(token)


def is_under_first_key(token: str) -> bool:
    try:
        Fernet(settings.FIELD_ENCRYPTION_KEYS[0]).decrypt(token.encode())
    except InvalidToken:
        return False
    return True


def lookup_hash(value: str, *, purpose: str) -> str:
    """Return the keyed hash by which an encrypted value is found; equal values give equal hashes.

    An eleven-digit code can be guessed, so a plain or salted hash would not hide it: the key is
    secret, and each purpose has its own hash so that two tables cannot be joined by it.
    """
    message = f"{purpose}\0{value}".encode()
    return hmac.new(settings.LOOKUP_HASH_KEY.encode(), message, hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):
    """Text that is encrypted on its way into the column and decrypted on its way out."""

    description = "Encrypted text"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return decrypt(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return encrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in {"isnull"}:
            raise TypeError(f"{self.name} is encrypted: look it up by its hash")
        return super().get_lookup(lookup_name)
