"""Mails that clients send back, as they lie in our mailbox."""

from email.message import EmailMessage

from common.models import IncomingMail, OutgoingMail
from inquiries.actions import file_mail
from tests.factories.incoming import IncomingMailFactory, RawMailFactory

OURS = "klienditugi@keskkonnaamet.ee"


def written(
    text="",
    *files,
    sender="Mari Maasikas <mari@naidis.example.ee>",
    to=OURS,
    subject="Allkirjastatud",
    message_id="<1@naidis.example.ee>",
    answers="",
):
    """The bytes of a mail with these files: pairs of name and content."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = message_id
    if answers:
        message["In-Reply-To"] = answers
    message.set_content(text or "\n")
    for name, content in files:
        kind = "pdf" if name.endswith(".pdf") else "vnd.etsi.asic-e+zip"
        message.add_attachment(content, maintype="application", subtype=kind, filename=name)
    return message.as_bytes()


def replied(letter, text, *files, **head):
    """An answer to a letter of ours: to the address and under the subject that it names."""
    return written(text, *files, to=letter.reply_to, subject=f"Re: {letter.subject}", **head)


def came(raw, at):
    """The mailbox has been read, and this mail is kept; nothing has been made of it yet."""
    return IncomingMailFactory(
        raw=RawMailFactory(content=raw), received_at=at, fetched_at=at, due_at=at
    )


def filed(raw, at):
    """The mail came, and the worker has filed it."""
    file_mail(mail=came(raw, at), at=at)
    return IncomingMail.objects.latest("pk")


def letters_that_ask():
    """Our letters that ask to sign, in the order in which they were queued."""
    return list(OutgoingMail.objects.filter(key__startswith="documents.ask:").order_by("pk"))
