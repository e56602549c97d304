"""A done thing is said together with the way back; `static/js/undo.js` shows it for ten seconds."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

UNDO = "undo"


def offer_undo(request: HttpRequest, sentence: str | SafeString, *, to: str, key: object) -> None:
    """Say what was done, with a button that posts the key to where it is undone."""
    messages.success(
        request,
        format_html(
            '{} <button class="btn btn-s" type="submit" form="undo-form" formaction="{}" name="key"'
            ' value="{}" data-keys="Control+KeyZ" data-keys-outside data-keys-label="{}"'
            ' aria-keyshortcuts="Control+Z">{} <kbd>Ctrl Z</kbd></button>',
            sentence,
            to,
            key,
            _("Take it back"),
            _("Take it back"),
        ),
        extra_tags=UNDO,
    )
