"""The gate through which every uploaded file comes in: by its content, never by its word."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.refusals import Refusal


class UploadRefused(Refusal):
    """The file is not one of those that may come in here."""

    code = "upload_refused"
    sentence = _("This file cannot be accepted.")


@dataclass(frozen=True)
class CheckedUpload:
    """A file that passed the gate."""

    name: str
    content_type: str
    content: bytes
    sha256: str

    @property
    def size(self) -> int:
        return len(self.content)


def check_upload(file: Any, *, allowed: Collection[str]) -> CheckedUpload:
    raise UploadRefused
