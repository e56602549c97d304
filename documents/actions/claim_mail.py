"""A mail has come, and it may bring papers that clients have signed."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from common.actions import store_file
from common.file_types import ASICE, PDF
from common.internet_mail import Attachment, Letter, split_quoted
from common.models import IncomingMail
from common.uploads import UploadRefused, check_upload
from documents.actions.lock_case import lock_case
from documents.actions.note_event import note_event
from documents.actions.receive_return import EnvelopeSettled, receive_return
from documents.models import (
    CameBy,
    CaseEvent,
    Envelope,
    EnvelopeSigner,
    ReturnedFile,
    UnsortedFile,
)
from documents.queries import (
    envelope_of_known_file,
    envelopes_asked_of,
    envelopes_holding,
    signer_answering,
    signer_with_address,
)
from documents.signed_files import SignedFile, look_into
from inquiries.models import Letter as InquiryLetter
from inquiries.threads import token_in

MOST_FILES = 20


@dataclass(frozen=True)
class MailClaim:
    """What the access cases have to do with one mail."""

    mail: IncomingMail
    letter: Letter
    files: Sequence[SignedFile]
    signer: EnvelopeSigner | None  # whose letter from us is answered
    at: datetime

    def take(self) -> Model | None:
        """Its signed files become returned files of the envelopes that they belong to.

        1. A file whose bytes came before is what came before; one that holds our papers belongs to
           their envelope; any other in a reply, to the envelope that the reply is about.
        2. What the sender wrote or sent beside them can be read from the story of the case.
        3. Without one such file the mail is a letter.
        """
        taken = {file.upload.sha256: self._received(file) for file in self.files}
        returned = [one for one in taken.values() if one is not None]
        if not returned:
            return None
        for file in self.files:
            if taken[file.upload.sha256] is None:
                self._set_aside(file, None)
        self._tell(returned[0])
        return returned[0]

    def let_go(self, letter: Model) -> None:
        """It became a letter: the case it answers says so; signed files of nobody wait to be sorted."""
        assert isinstance(letter, InquiryLetter)  # noqa: S101  # nothing else files mails below us
        if self.signer is not None:
            self._tell_of_letter(self.signer.envelope, letter)
        elif letter.inquiry.letters.count() == 1:  # it answers no letter of another matter
            for file in self.files:
                self._set_aside(file, letter)

    def _received(self, file: SignedFile) -> ReturnedFile | None:
        envelope = self._envelope_of(file)
        if envelope is None:
            return None
        is_own = self.signer is not None and self.signer.envelope_id == envelope.pk
        try:
            return receive_return(
                envelope=envelope,
                upload=file.upload,
                came_by=CameBy.MAIL,
                signer=self.signer
                if is_own
                else signer_with_address(envelope, self.letter.sender_address),
                mail=self.mail,
                at=self.at,
            )
        except EnvelopeSettled:
            return None

    def _envelope_of(self, file: SignedFile) -> Envelope | None:
        known = envelope_of_known_file(file.upload.sha256)
        if known is not None:
            return known
        answered = self.signer.envelope if self.signer else None
        holding = envelopes_holding(file.holds) if file.holds else []
        if answered is not None and (not holding or answered in holding):
            return answered
        return holding[0] if holding else None

    def _tell(self, returned: ReturnedFile) -> None:
        has_more = len(self.letter.attachments) > len(self.files)
        if not (has_more or _own_words(self.letter.text)) or self._was_told(returned):
            return
        case = lock_case(returned.envelope.case)
        note_event(case=case, what="mail_came", by=None, at=self.at, mail=self.mail.pk)

    def _was_told(self, returned: ReturnedFile) -> bool:
        """The mailbox gave the same mail twice."""
        others = IncomingMail.objects.about(returned).exclude(pk=self.mail.pk)
        if self.letter.message_id:
            return others.filter(message_id=self.letter.message_id).exists()
        return others.filter(raw__sha256=self.mail.raw.sha256).exists()

    def _tell_of_letter(self, envelope: Envelope, letter: InquiryLetter) -> None:
        case = lock_case(envelope.case)
        events = CaseEvent.objects.filter(case=case, what="letter_came")
        if events.filter(parameters__letter=letter.pk).exists():
            return
        note_event(
            case=case,
            what="letter_came",
            by=None,
            at=self.at,
            letter=letter.pk,
            inquiry=letter.inquiry_id,
            number=letter.inquiry.number,
        )

    def _set_aside(self, file: SignedFile, letter: InquiryLetter | None) -> None:
        is_known = UnsortedFile.objects.filter(sha256=file.upload.sha256).exists()
        if not file.is_signed or is_known:
            return
        asked = envelopes_asked_of(self.letter.sender_address)
        UnsortedFile.objects.create(
            sha256=file.upload.sha256,
            stored_file=store_file(upload=file.upload, by=None, at=self.at),
            name=file.upload.name,
            mail=self.mail,
            letter=letter,
            sender_address=self.letter.sender_address,
            proposed=asked[0] if len(asked) == 1 else None,
            came_at=self.mail.received_at,
        )


def claim_mail(mail: IncomingMail, letter: Letter, at: datetime) -> MailClaim | None:
    """Look what a mail brings: signed files, or an answer to a letter of ours that asked for them.

    Nothing is locked and nothing is written. None: it has nothing to do with access cases.
    """
    files = _signed_files(letter.attachments)
    signer = signer_answering(
        token=token_in(recipients=" ".join(letter.recipients), subject=letter.subject),
        message_ids=letter.refers_to,
    )
    if not files and signer is None:
        return None
    return MailClaim(mail, letter, files, signer, at)


def _own_words(text: str) -> str:
    """What the sender wrote, without our letter repeated under it; there may be nothing else."""
    said, _repeated = split_quoted(f"-\n{text}")
    return said.removeprefix("-").strip()


def _signed_files(attachments: Sequence[Attachment]) -> list[SignedFile]:
    """Containers, and PDFs that hold a signature, each once."""
    found: dict[str, SignedFile] = {}
    for attachment in attachments:
        file = io.BytesIO(attachment.content)
        file.name = attachment.name
        try:
            looked = look_into(check_upload(file, allowed=[ASICE, PDF]))
        except UploadRefused:
            continue
        if looked.upload.content_type == ASICE or looked.is_signed:
            found.setdefault(looked.upload.sha256, looked)
        if len(found) == MOST_FILES:
            break
    return list(found.values())
