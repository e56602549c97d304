from dataclasses import dataclass


@dataclass(frozen=True)
class MailAttachment:
    """A file to send along."""

    name: str
    content_type: str
    content: bytes
