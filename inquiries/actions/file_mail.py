import hashlib
import io
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Model

from accounts.models import User
from common import mail_claims
from common.actions import note_bounce
from common.file_types import TEXT
from common.internet_mail import (
    Attachment,
    Bounce,
    Kind,
    TooTangled,
    language_of,
    read_head,
    read_letter,
)
from common.internet_mail import Letter as ReadLetter
from common.mail_states import INCOMING_MOVES, AsideReason, IncomingState
from common.models import IncomingMail, OutgoingMail, reference
from common.states import MoveNotAllowed
from common.uploads import CheckedUpload, UploadRefused, check_upload
from inquiries.accepted_files import ACCEPTED
from inquiries.actions.receive_letter import receive_letter, stored_message_id
from inquiries.actions.record_bounce import record_bounce
from inquiries.models import Channel, Letter, LetterDirection
from inquiries.refused_files import TOO_MANY
from inquiries.threads import token_in

MOST_ATTEMPTS = 3
NEXT_TRY = timedelta(minutes=5)
MOST_FILES = 50


def file_mail(*, mail: IncomingMail, at: datetime, by: User | None = None) -> IncomingMail:
    """A mail that we keep is made what it is.

    1. Count the try, before anything is read: a mail that kills its worker is set aside in the end.
    2. Read it.
    3. A bounce marks the letter of ours that it speaks of. An automatic reply to a letter of ours is
       noted. What else a program sent is set aside, and so is what cannot be read or answered.
       Nothing automatic becomes an inquiry by itself, and nothing automatic is ever answered.
    4. An app above may wait for it (`common/mail_claims.py`): then it becomes what that app makes of it.
    5. All else is a letter: its files pass the upload gate, those that do not are named with it.

    A person (`by`) files what was set aside as a letter, whatever it is; only what cannot be read
    stays. Called twice, it changes nothing the second time. Raises MoveNotAllowed for a person.
    """
    counted = _count_try(mail, by, at)
    if counted is None:
        if by is not None:
            raise MoveNotAllowed(state=IncomingState(mail.state).label)
        return mail
    if counted.attempts > MOST_ATTEMPTS and by is None:
        return _set_aside(counted, AsideReason.TRIED_IN_VAIN, ReadLetter())
    content = counted.content()
    if len(content) < counted.size:
        return _set_aside(counted, AsideReason.TOO_LARGE, read_head(content))
    try:
        letter = read_letter(content)
    except TooTangled:
        return _set_aside(counted, AsideReason.TANGLED, read_head(content))
    if by is None and letter.kind != Kind.PERSONAL:
        return _automatic(counted, letter, at)
    reason = _why_not(letter)
    if reason and not (by is not None and reason in MAY_BE_FILED_BY_HAND):
        return _set_aside(counted, reason, letter)
    return _file(counted, letter, by, at)


MAY_BE_FILED_BY_HAND = frozenset({AsideReason.EMPTY, AsideReason.NO_SENDER})


def _count_try(mail: IncomingMail, by: User | None, at: datetime) -> IncomingMail | None:
    """Return the mail if it may be filed now; its next try by the sweep is put off."""
    states = [IncomingState.RECEIVED] if by is None else INCOMING_MOVES.table["file"].sources
    with transaction.atomic():
        rows = IncomingMail.objects.select_for_update(of=("self",))
        found = rows.filter(pk=mail.pk, state__in=states).first()
        if found is not None:
            found.attempts += 1
            found.due_at = at + NEXT_TRY
            found.save(update_fields=["attempts", "due_at"])
    return found


def _why_not(letter: ReadLetter) -> AsideReason | None:
    if letter.message_id and OutgoingMail.objects.filter(message_id=letter.message_id).exists():
        return AsideReason.OWN
    if not letter.sender_address:
        return AsideReason.NO_SENDER
    if not (letter.subject or letter.text or letter.attachments):
        return AsideReason.EMPTY
    return None


def _automatic(mail: IncomingMail, letter: ReadLetter, at: datetime) -> IncomingMail:
    if letter.bounce is not None:
        named = _came_back(letter.bounce, at)
        unnamed = AsideReason.BOUNCE
    else:
        is_reply = letter.kind == Kind.AUTO_REPLY
        refers_to = letter.refers_to if is_reply else ()
        named = OutgoingMail.objects.filter(message_id__in=refers_to).order_by("pk").first()
        unnamed = AsideReason.AUTO_REPLY if is_reply else AsideReason.AUTOMATIC
    if named is None:
        return _set_aside(mail, unnamed, letter)
    return _settle(mail, "note", letter, named, at)


def _came_back(bounce: Bounce, at: datetime) -> OutgoingMail | None:
    """What was only held up is left as it is."""
    if not bounce.is_final:
        return OutgoingMail.objects.filter(message_id__in=bounce.message_ids).first()
    words = " ".join(filter(None, [bounce.status, bounce.words]))
    with transaction.atomic():
        mail = note_bounce(message_ids=bounce.message_ids, words=words, at=at)
        if mail is not None:
            record_bounce(message_id=mail.message_id, reason=words, at=at)
    return mail


def _file(mail: IncomingMail, letter: ReadLetter, by: User | None, at: datetime) -> IncomingMail:
    files, refused = _through_the_gate(letter.attachments)
    if letter.whole_text:
        files.append(_as_file(letter.whole_text))
    claims = mail_claims.claims_on(mail, letter, at)
    with transaction.atomic():
        if not _still_may("file", mail):
            return mail
        became = mail_claims.taken_by(claims)
        if became is not None:
            return _settle(mail, "file", letter, became, at, by)
        filed = receive_letter(
            channel=Channel.EMAIL,
            sender_name=letter.sender_name,
            sender_address=letter.sender_address,
            subject=letter.subject,
            text=letter.text,
            files=files,
            received_at=mail.received_at,
            message_id=_message_id(mail, letter),
            in_reply_to_token=token_in(
                recipients=" ".join(letter.recipients), subject=letter.subject
            ),
            language=language_of(f"{letter.subject}\n{letter.text}"),
            by=by,
            at=at,
        )
        for claim in claims:
            claim.let_go(filed)
        mail.refused_files = refused
        return _settle(mail, "file", letter, filed, at, by)


def _message_id(mail: IncomingMail, letter: ReadLetter) -> str:
    """The letter's own id; where it has none, or a stranger's letter uses one we know, one of ours.

    Else whoever knows the id of a letter could keep another one from us.
    """
    if letter.message_id:
        known = Letter.objects.filter(
            message_id=stored_message_id(letter.message_id), direction=LetterDirection.IN
        ).first()
        if known is None or _is_the_same(known, letter):
            return letter.message_id
    return f"<incoming.{mail.pk}@servicedesk.invalid>"


def _is_the_same(known: Letter, letter: ReadLetter) -> bool:
    """It came by two ways, through an alias and directly."""
    return known.sender_address == letter.sender_address and known.text == letter.text


def _through_the_gate(
    attachments: tuple[Attachment, ...],
) -> tuple[list[CheckedUpload], list[dict[str, object]]]:
    """Which files may come in, and the names of those that may not, with the code of why.

    The signature over the mail itself is neither: it stays with the mail, where it says something.
    """
    files: list[CheckedUpload] = []
    refused: list[dict[str, object]] = []
    for number, attachment in enumerate(attachments):
        if attachment.is_signature:
            continue
        file = io.BytesIO(attachment.content)
        file.name = attachment.name
        code = TOO_MANY
        if len(files) < MOST_FILES:
            try:
                files.append(check_upload(file, allowed=ACCEPTED))
                continue
            except UploadRefused as refusal:
                code = refusal.code
        size = len(attachment.content)
        refused.append({"name": attachment.name, "size": size, "code": code, "number": number})
    return files, refused


def _as_file(text: str) -> CheckedUpload:
    """A text too long for a thread goes along whole."""
    content = text.encode()
    return CheckedUpload(
        name="kiri.txt",
        content_type=TEXT,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _still_may(move: str, mail: IncomingMail) -> bool:
    """Lock the row; another worker may have been quicker."""
    state = (
        IncomingMail.objects.select_for_update(of=("self",))
        .values_list("state", flat=True)
        .get(pk=mail.pk)
    )
    return INCOMING_MOVES.allows(move, state)


def _set_aside(mail: IncomingMail, reason: AsideReason, letter: ReadLetter) -> IncomingMail:
    with transaction.atomic():
        if not _still_may("set_aside", mail):
            return mail
        mail.state = INCOMING_MOVES.target("set_aside", IncomingState.RECEIVED)
        mail.reason = reason
        _keep_head(mail, letter)
        mail.save()
    return mail


def _settle(
    mail: IncomingMail,
    move: str,
    letter: ReadLetter,
    became: Model,
    at: datetime,
    by: User | None = None,
) -> IncomingMail:
    with transaction.atomic():
        if not _still_may(move, mail):
            return mail
        mail.state = INCOMING_MOVES.target(move, IncomingState(mail.state))
        mail.settled_at, mail.settled_by, mail.reason = at, by, ""
        for column, value in reference(became).items():
            setattr(mail, column, value)
        _keep_head(mail, letter)
        mail.save()
    return mail


def _keep_head(mail: IncomingMail, letter: ReadLetter) -> None:
    mail.sender_address = letter.sender_address
    mail.subject = letter.subject
    mail.message_id = letter.message_id
