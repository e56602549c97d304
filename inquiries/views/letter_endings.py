"""What the law lets be done with a letter instead of an answer: send it on, take longer, leave it be."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from common.auth import requires
from inquiries import actions
from inquiries.letter_forms import ExtendForm, SendOnForm, UnansweredForm
from inquiries.models import LetterKind
from inquiries.outgoing import is_address
from inquiries.queries import extended_to
from inquiries.views.letter_step import stepped
from inquiries.views.moves import changeable
from knowledge.models import ReferralBody

ANSWER = "inquiries.answer_letter"


@requires(ANSWER)
def send_on(request, pk):
    inquiry = changeable(request, pk, ANSWER)
    form = SendOnForm(request.POST or None)

    def step(typed, at):
        body = get_object_or_404(ReferralBody, pk=typed["body"])
        actions.send_on(
            inquiry=inquiry, body=body, address=typed["address"], by=request.user, at=at
        )

    words = _("The letter goes to the body as it came, and its sender is told in its language.")
    done = _("Sent on.")
    if is_told_on_paper(inquiry):
        done = _("Sent on. The notice to the sender is among the letters to post.")
    return stepped(request, inquiry, form, step, _("Send on to another body"), words, done)


@requires(ANSWER)
def extend(request, pk):
    inquiry = changeable(request, pk, ANSWER)
    form, until = ExtendForm(request.POST or None), extended_to(inquiry)

    def step(typed, at):
        actions.extend_term(inquiry=inquiry, reason=typed["reason"], by=request.user, at=at)

    words = (
        _("The new last day will be %(day)s. The sender gets a letter with the reason.")
        % {"day": f"{until:%d.%m.%Y}"}
        if until
        else _("The term of this letter cannot be extended any more.")
    )
    done = _("The term is extended.")
    if is_told_on_paper(inquiry):
        done = _(
            "The notice is among the letters to post; the longer term counts when it is posted."
        )
    return stepped(request, inquiry, form, step, _("Extend the term"), words, done)


def is_told_on_paper(inquiry):
    """Whether the sender has no e-mail address, so that a notice goes by post."""
    letter = inquiry.letters.filter(kind=LetterKind.INCOMING).order_by("at", "pk").first()
    return letter is not None and not is_address(letter.sender_address)


@requires(ANSWER)
def leave_unanswered(request, pk):
    inquiry = changeable(request, pk, ANSWER)
    form = UnansweredForm(request.POST or None)

    def step(typed, at):
        actions.leave_unanswered(inquiry=inquiry, by=request.user, at=at, **typed)

    words = _("The law names the grounds; who found one and why stays with the letter.")
    title, done = _("Leave unanswered"), _("Closed without an answer.")
    undo = reverse("inquiries:reopen", args=[pk])
    return stepped(request, inquiry, form, step, title, words, done, undo)
