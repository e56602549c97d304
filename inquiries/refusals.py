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
