"""What a case waits for: whose turn it is and what is to be done, in a sentence, by where its papers stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.models import Paper
from documents.states import FOR_US, WITH_THE_CLIENT, PaperState


class Turn(Enum):
    US = "us"
    CLIENT = "client"
    MACHINE = "machine"


TURN_WORDS = {
    Turn.US: _("For us"),
    Turn.CLIENT: _("For the client"),
    Turn.MACHINE: _("Under way"),
}
# In the order in which the work goes on; the sentence of a draft follows from where it lies.
SENTENCES: dict[PaperState, Promise] = {
    PaperState.DRAFT_FAILED: _("A draft could not be made. Ask for it once more."),
    PaperState.STARTED: _(
        "Put together what the draft needs: organisation, contact data, who signs."
    ),
    PaperState.DRAFT_REQUESTED: _("The draft is being made. It appears here by itself."),
    PaperState.DRAFT_READY: _("Read the drafts and put them into containers for signing."),
    PaperState.AGENCY_SIGNED: _("The agency has signed. Send the container to the client."),
    PaperState.EXPIRED: _(
        "Nobody signed in thirty days. Send the container once more, or cancel the case."
    ),
    PaperState.FAULTY: _(
        "A file that came back has faults. See that its sender knows them; the client signs anew."
    ),
    PaperState.SENT: _("Everybody who is asked to sign has a letter with a link."),
    PaperState.PARTLY_SIGNED: _("Some have signed; the others are still to sign."),
    PaperState.RETURNED: _("Everybody has signed. Look at the report and confirm the papers."),
    PaperState.CHECKED: _("Enter the papers in the portal; the client is told in the same step."),
    PaperState.ENTERED: _(
        "The notice is on its way to the client. If it is not taken, tell the client another way."
    ),
}
IN_A_CONTAINER = _("Send the container to the client, or let the agency sign it first.")


@dataclass(frozen=True)
class NextStep:
    """One thing that a case waits for."""

    turn: Turn
    sentence: Promise

    @property
    def words(self) -> Promise:
        return TURN_WORDS[self.turn]

    @property
    def is_ours(self) -> bool:
        return self.turn == Turn.US


def next_steps(papers: Iterable[Paper]) -> list[NextStep]:
    """Return what the papers of an open case wait for, ours first, each once."""
    stand = {(PaperState(paper.state), paper.envelope_id is not None) for paper in papers}
    steps = [
        NextStep(_turn(state), _sentence(state, is_sealed))
        for state in SENTENCES
        for is_sealed in (False, True)
        if (state, is_sealed) in stand
    ]
    return sorted(dict.fromkeys(steps), key=lambda step: not step.is_ours)


def _turn(state: PaperState) -> Turn:
    if state in FOR_US:
        return Turn.US
    return Turn.CLIENT if state in WITH_THE_CLIENT else Turn.MACHINE


def _sentence(state: PaperState, is_sealed: bool) -> Promise:
    if state == PaperState.DRAFT_READY and is_sealed:
        return IN_A_CONTAINER
    return SENTENCES[state]
