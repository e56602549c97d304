import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from common.actions.store_file import store_file
from common.gateways import imap
from common.models import IncomingMail, Mailbox
from common.uploads import CheckedUpload

AT_ONCE = 200
MOVED_AT_ONCE = 20
LOOKED_AT = 10_000  # of the oldest in the folder
LEASE = timedelta(minutes=15)  # of a reader that was killed; a reading takes seconds
GRACE = timedelta(minutes=2)  # in which the worker that was hurried files it; then the sweep does


def read_mailbox(*, at: datetime) -> list[int]:
    """Look into the mailbox and keep what has come.

    1. Without a mailbox nothing. Take the turn: one reader at a time.
    2. Keep each letter as it is, file and row, before anything is made of it.
    3. Only then move it on the server to the folder of read mail, together with a few others. A letter
       that we keep already (a reader was killed between the two, or the server numbered its letters
       anew) is only moved.
    4. Note that the mailbox was read, or what was wrong with it. A letter that the server will not
       move, and one at which the wire broke, are tried after all others next time, so that no letter
       stands in the way of the rest.

    Killed anywhere, nothing is lost and nothing is kept twice. Returns the ids of what was kept.
    """
    if not imap.is_configured():
        return []
    where = imap.place()
    mailbox = _take_turn(where.name, at)
    if mailbox is None:
        return []
    kept: list[int] = []
    try:
        with imap.opened(where) as server:
            trouble = _take_in_all(mailbox, server, kept, at)
    except imap.MailboxUnavailable as error:
        trouble = str(error)
    if trouble:
        _note_trouble(mailbox, trouble, at)
    else:
        Mailbox.objects.filter(pk=mailbox.pk).update(
            leased_until=None, read_at=at, trouble="", trouble_since=None, failures=0
        )
    return kept


def _take_turn(name: str, at: datetime) -> Mailbox | None:
    mailbox, _is_new = Mailbox.objects.get_or_create(name=name)
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=at)
    taken = Mailbox.objects.filter(free, pk=mailbox.pk).update(leased_until=at + LEASE, tried_at=at)
    return mailbox if taken else None


def _in_turn(mailbox: Mailbox, server: imap.OpenMailbox) -> list[int]:
    """New letters first, then those at which we stumbled, then those that only wait to be moved."""
    stumbled = {uid for validity, uid in mailbox.stumbled_over if validity == server.uid_validity}
    oldest = server.uids()[:LOOKED_AT]
    numbered = IncomingMail.objects.filter(mailbox=mailbox, uid_validity=server.uid_validity)
    kept = set(numbered.filter(uid__in=oldest).values_list("uid", flat=True))
    return sorted(oldest, key=lambda uid: (uid in kept, uid in stumbled, uid))[:AT_ONCE]


def _take_in_all(mailbox: Mailbox, server: imap.OpenMailbox, kept: list[int], at: datetime) -> str:
    """Add to `kept` the ids of what is kept now; return why a letter was not moved, if one was not."""
    trouble = ""
    for uids in _batches(_in_turn(mailbox, server), MOVED_AT_ONCE):
        ours = [uid for uid in uids if _take_in(mailbox, server, uid, kept, at)]
        trouble = _file_away(server, ours) or trouble
    return trouble


def _file_away(server: imap.OpenMailbox, uids: list[int]) -> str:
    """A server that refuses several at once is asked for each; in a large folder each move costs."""
    if not uids:
        return ""
    try:
        server.file_away(uids)
    except imap.LetterNotMoved as error:
        if len(uids) == 1:
            return str(error)
        return max(_file_away(server, [uid]) for uid in uids)
    return ""


def _batches(uids: list[int], size: int) -> list[list[int]]:
    return [uids[first : first + size] for first in range(0, len(uids), size)]


def _note_trouble(mailbox: Mailbox, words: str, at: datetime) -> None:
    Mailbox.objects.filter(pk=mailbox.pk).update(
        leased_until=None,
        trouble=words[:200],
        trouble_since=Coalesce("trouble_since", Value(at)),
        failures=F("failures") + 1,
    )


def _take_in(
    mailbox: Mailbox, server: imap.OpenMailbox, uid: int, kept: list[int], at: datetime
) -> bool:
    """Return whether the letter is ours now; it is not if somebody took it out of the mailbox."""
    numbered = {"mailbox": mailbox, "uid_validity": server.uid_validity, "uid": uid}
    if not IncomingMail.objects.filter(**numbered).exists():
        fetched = _fetched(mailbox, server, uid)
        if fetched is None:
            return False
        if not _is_here_under_an_older_number(mailbox, server.uid_validity, fetched):
            kept += _keep(numbered, fetched, at)
    return True


def _fetched(mailbox: Mailbox, server: imap.OpenMailbox, uid: int) -> imap.Fetched | None:
    try:
        return server.fetch(uid, longest=settings.MAIL_MAX_BYTES)
    except imap.MailboxUnavailable:
        if [server.uid_validity, uid] not in mailbox.stumbled_over:
            mailbox.stumbled_over = [*mailbox.stumbled_over, [server.uid_validity, uid]][-50:]
            mailbox.save(update_fields=["stumbled_over"])
        raise


def _is_here_under_an_older_number(
    mailbox: Mailbox, uid_validity: int, fetched: imap.Fetched
) -> bool:
    """The server numbered its letters anew. A letter holds its way here, so no two are alike."""
    older = IncomingMail.objects.filter(mailbox=mailbox).exclude(uid_validity=uid_validity)
    return older.filter(
        raw__sha256=hashlib.sha256(fetched.content).hexdigest(), received_at=fetched.received_at
    ).exists()


def _keep(numbered: dict[str, object], fetched: imap.Fetched, at: datetime) -> list[int]:
    upload = CheckedUpload(
        name="letter.eml",
        content_type="message/rfc822",
        content=fetched.content,
        sha256=hashlib.sha256(fetched.content).hexdigest(),
    )
    try:
        with transaction.atomic():
            mail = IncomingMail.objects.create(
                **numbered,
                raw=store_file(upload=upload, by=None, at=at),
                size=fetched.size,
                received_at=fetched.received_at,
                fetched_at=at,
                due_at=at + GRACE,
            )
    except IntegrityError:  # another reader was here, whose turn had run out
        return []
    return [mail.pk]
