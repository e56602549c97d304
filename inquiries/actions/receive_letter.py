import hashlib
import re
import uuid
from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from common.actions import publish_event, store_file, take_number
from common.models import StoredFile
from common.uploads import CheckedUpload
from inquiries.actions.reopen_inquiry import reopen_inquiry
from inquiries.models import (
    Channel,
    Inquiry,
    Language,
    LegalKind,
    LegalTerm,
    Letter,
    LetterDirection,
    LetterKind,
)
from inquiries.queries import answer_by, thread_of
from inquiries.states import InquiryState
from inquiries.threads import thread_hash
from inquiries.typed import as_text
from inquiries.versions import save_version
from knowledge.models import Topic

LONGEST_MESSAGE_ID = 255
CYRILLIC = re.compile(r"[Ѐ-ӿ]")
LATIN = re.compile(r"[^\W\d_Ѐ-ӿ]")


def receive_letter(
    *,
    channel: Channel,
    sender_name: str,
    sender_address: str,
    subject: str,
    text: str,
    files: Sequence[CheckedUpload],
    received_at: datetime,
    message_id: str,
    at: datetime,
    in_reply_to_token: str = "",
    language: str = "",
    by: User | None = None,
    legal_kind: LegalKind = LegalKind.EXPLANATION,
    register_number: str = "",
    topic: Topic | None = None,
    county: str = "",
) -> Letter:
    """A letter has come, by mail, by the web form or on paper.

    1. A letter whose message id is here already has been received before; that one is the answer.
    2. With a token of ours it may belong to a thread. It joins it only if its sender's address is
       one that the thread knows; a stranger's letter becomes an inquiry of its own that points at
       the other one.
    3. Else it is a new inquiry: it takes its number and its legal term (a request for explanation
       until somebody says otherwise), and nobody has it yet.
    4. Keep the letter and its files.
    5. A reply about a settled matter opens it again.

    `files` have passed the upload gate. The text is plain; it is never read as HTML.
    """
    message_id = stored_message_id(message_id)
    received = _received_before(message_id)
    if received is not None:
        return received
    letter = Letter(
        direction=LetterDirection.IN,
        kind=LetterKind.INCOMING,
        channel=channel,
        sender_name=_line(sender_name),
        sender_address=_line(sender_address, 300),
        subject=_line(subject),
        text=as_text(text),
        at=min(received_at, at),
        message_id=message_id,
        written_by=by,
        language=language if language in Language.values else language_of(f"{subject} {text}"),
    )
    named = thread_of(thread_hash(in_reply_to_token)) if in_reply_to_token else None
    is_known = named is not None and named.knows_address(sender_address)
    try:
        with transaction.atomic():
            stored = [store_file(upload=upload, by=by, at=at) for upload in files]
            if named is not None and is_known:
                return _joined(letter, stored, named, at)
            begun = _begun(letter, legal_kind, register_number, named, topic, county, at)
            return _kept(letter, stored, begun, at)
    except IntegrityError:
        received = _received_before(message_id)  # by another worker, a moment ago
        if received is None:
            raise
        return received


def stored_message_id(message_id: str) -> str:
    """The id as the table holds it; one that is longer than any honest one is kept as its hash."""
    message_id = _line(message_id, 10_000)
    if len(message_id) <= LONGEST_MESSAGE_ID:
        return message_id
    return f"sha256:{hashlib.sha256(message_id.encode()).hexdigest()}"


def language_of(text: str) -> Language:
    """Russian is told by its letters; what is in Latin ones is taken for Estonian, as the law does."""
    cyrillic, latin = len(CYRILLIC.findall(text)), len(LATIN.findall(text))
    return Language.RUSSIAN if cyrillic > latin else Language.ESTONIAN


def _received_before(message_id: str) -> Letter | None:
    if not message_id:
        return None
    return Letter.objects.filter(message_id=message_id, direction=LetterDirection.IN).first()


def _line(text: str, limit: int = 200) -> str:
    return " ".join(as_text(text).split())[:limit]


def _joined(letter: Letter, files: list[StoredFile], inquiry: Inquiry, at: datetime) -> Letter:
    inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
    if not inquiry.is_open:  # else whoever has it sees that a letter has come
        inquiry = reopen_inquiry(inquiry=inquiry, by=None, at=at)
    return _kept(letter, files, inquiry, at)


def _begun(
    letter: Letter,
    kind: LegalKind,
    register_number: str,
    mentioned: Inquiry | None,
    topic: Topic | None,
    county: str,
    at: datetime,
) -> Inquiry:
    registered_on = _registered_on(letter, kind, at)
    inquiry = Inquiry(
        key=uuid.uuid4(),
        number=take_number(series="P", at=at),
        channel=letter.channel,
        language=letter.language,
        started_at=letter.at,
        wrapped_up_at=at,
        question=f"{letter.subject}\n\n{letter.text}".strip(),
        state=InquiryState.RECEIVED,
        state_since=at,
        legal_kind=kind,
        registered_on=registered_on,
        answer_by=answer_by(kind=kind, registered_on=registered_on),
        register_number=register_number,
        mentions=mentioned,
        topic=topic,
        main_topic_id=(topic.parent_id or topic.pk) if topic else None,
        owner_unit=topic.owner_unit if topic else None,
        county=county,
    )
    save_version(inquiry, why="received", by=letter.written_by, at=at)
    return inquiry


def _registered_on(letter: Letter, kind: LegalKind, at: datetime) -> date:
    """The day it came; by a clock so wrong that the law of its day is not known here, today."""
    came_on = timezone.localdate(letter.at)
    known = LegalTerm.objects.in_force(kind, came_on) is not None
    return came_on if known else timezone.localdate(at)


def _kept(letter: Letter, files: list[StoredFile], inquiry: Inquiry, at: datetime) -> Letter:
    letter.inquiry = inquiry
    letter.save(force_insert=True)
    letter.files.set(files)
    publish_event(kind="letter-received", about=inquiry, to_user=inquiry.responsible, at=at)
    return letter
