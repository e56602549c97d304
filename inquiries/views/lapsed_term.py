"""What is said when a letter has become one of another legal kind after its term was extended."""

from django.contrib import messages
from django.utils.translation import gettext as _


def tell_if_lapsed(request, extension, *, before, after):
    if extension and before.legal_kind != after.legal_kind and after.answer_by:
        messages.warning(request, _in_words(extension, after))


def _in_words(extension, inquiry):
    """What has become of a term that was extended, and whether its sender knows another day."""
    days = {
        "day": f"{inquiry.answer_by:%d.%m.%Y}",
        "until": f"{extension.answer_by:%d.%m.%Y}",
    }
    if extension.counts:
        words = _(
            "The extension to %(until)s counts no more: answer by %(day)s. The sender was told"
            " %(until)s; tell them the new day."
        )
    else:
        words = _(
            "The extension to %(until)s counts no more: answer by %(day)s. Its notice was not posted"
            " yet and is taken out of the letters to post."
        )
    return words % days
