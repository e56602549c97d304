from collections.abc import Collection
from typing import Any

from django import forms

from common.uploads import CheckedUpload, UploadRefused, check_upload


class GateField(forms.FileField):
    """A file that passes the upload gate, or says at its field why it does not."""

    def __init__(self, *, allowed: Collection[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.allowed = allowed

    def clean(self, data: Any, initial: Any = None) -> CheckedUpload | None:
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return check_upload(file, allowed=self.allowed)
        except UploadRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
