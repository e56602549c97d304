"""Why a step with a contact could not be made; shared by several actions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.refusals import Refusal


class DraftGone(Refusal):
    """There is no such draft any more, or it belongs to somebody else."""

    code = "draft_gone"
    sentence = _("This draft is not here any more.")


class AlreadyFinished(Refusal):
    """The contact is an inquiry already; `inquiry` is it."""

    code = "already_finished"
    sentence = _("This contact is finished already: %(number)s.")

    def __init__(self, inquiry: Any) -> None:
        super().__init__(number=inquiry.number)
        self.inquiry = inquiry


class TooLateToUndo(Refusal):
    """The minute is over, or somebody has gone on from what should be taken back."""

    code = "too_late_to_undo"
    sentence = _("It is too late to take this back: change it on its own page.")


class LetterTaken(Refusal):
    """Somebody else was quicker."""

    code = "letter_taken"
    sentence = _("%(who)s has this letter already.")


class NotALetter(Refusal):
    """There is no letter in the thread of this inquiry."""

    code = "not_a_letter"
    sentence = _("This inquiry did not come in writing.")


class LetterNotComplete(Refusal):
    """What was typed cannot be sent yet; `errors` says why, by field."""

    code = "letter_not_complete"
    sentence = _("Some fields are missing or wrong.")

    def __init__(self, errors: Any) -> None:
        super().__init__()
        self.errors = errors


class LetterIsLeaving(Refusal):
    code = "letter_is_leaving"
    sentence = _("An answer is on its way out already.")


class NoticeWaitsForPost(Refusal):
    code = "notice_waits_for_post"
    sentence = _("A notice to the sender waits to be posted already.")


class TooLateToTakeBack(Refusal):
    code = "too_late_to_take_back"
    sentence = _("The letter has left; it cannot be taken back any more.")


class NeedsTopic(Refusal):
    """An answer settles the inquiry, whose topic says who owns it and whether a second person reads."""

    code = "needs_topic"
    sentence = _("The inquiry has no topic yet. Choose it, then send the answer.")


class NeedsSecondReader(Refusal):
    code = "needs_second_reader"
    sentence = _("Answers on this topic are read by a second person before they leave.")


class ReaderIsWriter(Refusal):
    code = "reader_is_writer"
    sentence = _("Whoever wrote the answer cannot be its second reader.")


class UnitAskedAlready(Refusal):
    code = "unit_asked_already"
    sentence = _("A unit has been asked already; call that question back first.")


class RequestNotOpen(Refusal):
    code = "request_not_open"
    sentence = _("This question has been answered or called back already.")


class TermNotExtendable(Refusal):
    code = "term_not_extendable"
    sentence = _("The term of this letter cannot be extended any more.")


class TooManyLetters(Refusal):
    """One network or address has sent as many letters within the hour as we take."""

    code = "too_many_letters"
    sentence = _(
        "Too many letters have come from here within the hour. Please try again later or call us."
    )
