"""Which moves a record may make, written as one table per kind of record."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from common.refusals import Refusal


class MoveNotAllowed(Refusal):
    """The record is not in a state from which this move can be made."""

    code = "move_not_allowed"
    sentence = _("This cannot be done now: the state is “%(state)s”.")


@dataclass(frozen=True)
class Move:
    sources: tuple[TextChoices, ...]
    target: TextChoices
    moved_by: str  # who or what makes the move, for docs/states.md


class Moves:
    def __init__(self, table: Mapping[str, Move]) -> None:
        self.table = table

    def target(self, name: str, state: TextChoices) -> TextChoices:
        """Return the state that the move leads to.

        Raises MoveNotAllowed if the record cannot make it from where it stands.
        """
        move = self.table[name]
        if state not in move.sources:
            raise MoveNotAllowed(state=state.label)
        return move.target

    def allows(self, name: str, state: str) -> bool:
        return state in self.table[name].sources

    def mermaid(self) -> str:
        arrows = [
            f"    {source} --> {move.target}: {name} ({move.moved_by})"
            for name, move in self.table.items()
            for source in move.sources
        ]
        return "\n".join(["stateDiagram-v2", *arrows])
