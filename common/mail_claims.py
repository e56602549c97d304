"""Mails that an app above the letters waits for: it is asked before a mail becomes a letter.

An app registers in its AppConfig.ready(): `mail_claims.register("documents.returns", look)`. Its `look`
reads the mail, outside any transaction, and gives a claim where the mail concerns it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from django.db.models import Model

from common.internet_mail import Letter
from common.models import IncomingMail


class Claim(Protocol):
    """What an app says of one mail; both are called in the transaction in which the mail is filed."""

    def take(self) -> Model | None:
        """Make the mail what it is and return that; None lets it become a letter."""

    def let_go(self, letter: Model) -> None:
        """The mail became a letter after all."""


Look = Callable[[IncomingMail, Letter, datetime], Claim | None]

_LOOKS: dict[str, Look] = {}


def register(code: str, look: Look) -> None:
    _LOOKS[code] = look


def claims_on(mail: IncomingMail, letter: Letter, at: datetime) -> list[Claim]:
    """Ask every app above; they are asked in the order in which they registered."""
    found = [look(mail, letter, at) for look in _LOOKS.values()]
    return [claim for claim in found if claim is not None]


def taken_by(claims: Sequence[Claim]) -> Model | None:
    """What the mail has become by the first claim that takes it."""
    return next((became for claim in claims if (became := claim.take()) is not None), None)
