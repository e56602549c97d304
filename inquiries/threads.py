"""How a reply finds the thread that it belongs to: a random token in the address and the subject.

The token is made for each letter that leaves and only its hash is kept. Letters are lower-cased on
their way by some servers, so it is made of small letters and digits.
"""

import re
import secrets

from django.conf import settings

from common.tokens import token_hash

ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
LENGTH = 20  # a hundred bits
IN_ADDRESS = re.compile(rf"\+([{ALPHABET}]{{{LENGTH}}})@", re.IGNORECASE)
IN_SUBJECT = re.compile(rf"\[[^\[\]]*/([{ALPHABET}]{{{LENGTH}}})\]", re.IGNORECASE)


def new_token() -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def thread_hash(token: str) -> str:
    return token_hash(token.strip().lower())


def reply_address(token: str) -> str:
    """The address that replies go to: ours, with the token behind a plus."""
    name, _at, host = settings.AGENCY["email"].partition("@")
    return f"{name}+{token}@{host}"


def tagged_subject(subject: str, *, number: str, token: str, limit: int = 200) -> str:
    """The subject with the number for people and the token for us; an older tag is taken away."""
    tag = f"[{number}/{token}]"
    plain = " ".join(IN_SUBJECT.sub("", subject).split())
    return f"{plain[: limit - len(tag) - 1]} {tag}".strip()


def token_in(*, recipients: str = "", subject: str = "") -> str:
    """The token that a reply carries, from the addresses it was sent to or from its subject."""
    found = IN_ADDRESS.search(recipients) or IN_SUBJECT.search(subject)
    return found[1].lower() if found else ""
