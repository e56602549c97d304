"""The mailbox that letters come to, over IMAP4rev1."""

import contextlib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from django.conf import settings
from imapclient import IMAPClient
from imapclient.exceptions import (
    CapabilityError,
    IMAPClientAbortError,
    IMAPClientError,
    ProtocolError,
)

HEAD = 60_000  # bytes fetched of a letter that is too large to be taken in


class MailboxUnavailable(Exception):
    """The mailbox could not be reached, or it hung up: a later reading may succeed."""


class LetterNotMoved(Exception):
    """The server is there and will not move this letter; the next one may well be moved."""


@dataclass(frozen=True)
class Place:
    """Where the mailbox is, as IMAP_URL says: imaps://user:password@host:port/folder."""

    host: str
    port: int
    is_encrypted: bool
    user: str
    password: str
    folder: str

    @property
    def name(self) -> str:
        return f"{self.user}@{self.host}/{self.folder}"


@dataclass(frozen=True)
class Fetched:
    content: bytes
    size: int
    received_at: datetime

    @property
    def is_whole(self) -> bool:
        return len(self.content) >= self.size


def is_configured() -> bool:
    return bool(settings.IMAP_URL)


def place() -> Place:
    url = urlsplit(settings.IMAP_URL)
    is_encrypted = url.scheme != "imap"
    return Place(
        host=url.hostname or "",
        port=url.port or (993 if is_encrypted else 143),
        is_encrypted=is_encrypted,
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        folder=unquote(url.path.lstrip("/")) or "INBOX",
    )


@contextmanager
def told_as_unavailable() -> Iterator[None]:
    """Whatever the server, the wire or the library says, in one word."""
    try:
        yield
    except (IMAPClientError, ProtocolError, OSError, KeyError, ValueError) as error:
        raise MailboxUnavailable(type(error).__name__) from error


class OpenMailbox:
    """A mailbox while we read it. Every method raises MailboxUnavailable."""

    def __init__(self, client: IMAPClient, uid_validity: int) -> None:
        self.client, self.uid_validity = client, uid_validity

    @told_as_unavailable()
    def uids(self) -> list[int]:
        """What lies in the folder and was not read yet, the oldest first."""
        return sorted(self.client.search(["UNDELETED"]))

    @told_as_unavailable()
    def fetch(self, uid: int, *, longest: int) -> Fetched | None:
        """The letter as it is; of one longer than that its beginning only. None if it is gone."""
        about = self.client.fetch([uid], ["RFC822.SIZE", "INTERNALDATE"]).get(uid)
        if about is None:
            return None
        size = int(about[b"RFC822.SIZE"])
        part = "BODY.PEEK[]" if size <= longest else f"BODY.PEEK[]<0.{HEAD}>"
        answer = self.client.fetch([uid], [part]).get(uid, {})
        content = next(
            (bytes(v or b"") for k, v in answer.items() if k.startswith(b"BODY[]")), None
        )
        if content is None:
            return None
        return Fetched(content, size, about[b"INTERNALDATE"])

    @told_as_unavailable()
    def file_away(self, uids: list[int]) -> None:
        """Move letters that we keep ourselves now out of the folder that is read.

        Raises also LetterNotMoved: somebody took one out, the folder is full, or we may not.
        """
        try:
            self._move(uids, settings.IMAP_DONE_FOLDER)
        except IMAPClientAbortError:  # the server hung up
            raise
        except IMAPClientError as error:
            raise LetterNotMoved(type(error).__name__) from error

    def _move(self, uids: list[int], target: str) -> None:
        try:
            self.client.move(uids, target)
        except CapabilityError:
            self.client.copy(uids, target)
            self.client.delete_messages(uids)
            with contextlib.suppress(CapabilityError):
                self.client.uid_expunge(uids)


@contextmanager
def opened(where: Place) -> Iterator[OpenMailbox]:
    """Sign in and open the folder. Raises MailboxUnavailable."""
    client = None
    try:
        with told_as_unavailable():
            client = _connected(where)
            client.login(where.user, where.password)
            if not client.folder_exists(settings.IMAP_DONE_FOLDER):
                client.create_folder(settings.IMAP_DONE_FOLDER)
            validity = int(client.select_folder(where.folder)[b"UIDVALIDITY"])
        yield OpenMailbox(client, validity)
    finally:
        _hang_up(client)


def _connected(where: Place) -> IMAPClient:
    client = IMAPClient(
        where.host,
        port=where.port,
        ssl=where.is_encrypted,
        ssl_context=ssl.create_default_context() if where.is_encrypted else None,
        timeout=settings.IMAP_TIMEOUT_SECONDS,
    )
    client.normalise_times = False
    return client


def _hang_up(client: IMAPClient | None) -> None:
    if client is None:
        return
    with contextlib.suppress(IMAPClientError, ProtocolError, OSError):
        client.socket().settimeout(2)
        client.logout()
    with contextlib.suppress(OSError):
        client.shutdown()
