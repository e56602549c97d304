"""The story of a ticket in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tickets.choices import CLOCKS, RelationKind, Urgency
from tickets.models import Ticket, TicketEvent, TicketGroup
from tickets.states import MOVES

WORDS: dict[str, Promise] = {
    "opened": _("The ticket was begun."),
    "raise": _("It was handed to tier II: %(group)s."),
    "begin": _("Tier II took it into work."),
    "ask": _("Tier II asked."),
    "answer": _("Tier II was answered."),
    "wait_for_client": _("The client was asked; the clocks stand still."),
    "hear_from_client": _("The client answered."),
    "resolve": _("Tier II solved it."),
    "send_back": _("Tier II sent it back."),
    "tell": _("The client was told."),
    "lose_letter": _(
        "The letter with the solution did not arrive: the client has still to be told."
    ),
    "letter_lost": _("A letter did not arrive: it came back, or could not be sent."),
    "close": _("The ticket was closed."),
    "regroup": _("Another group has to solve it: %(group)s."),
    "reopen": _("The ticket was opened again."),
    "cancel": _("The ticket was cancelled."),
    "merge": _("It was merged into %(number)s."),
    **dict.fromkeys(
        (move for move in MOVES.table if move.startswith("unmerge_")),
        _("The merge into %(number)s was undone; it goes on by itself as it stood."),
    ),
    "merged_in": _("%(number)s was merged into this one."),
    "merged_out": _("The merge of %(number)s into this one was undone."),
    "related": _("Linked with %(number)s: %(kind)s."),
    "unrelated": _("The link with %(number)s was removed: %(kind)s."),
    "part_of": _("It was made a part of %(number)s."),
    "part_added": _("%(number)s was made a part of it."),
    "taken_out": _("It is no part of %(number)s any more."),
    "part_taken_out": _("%(number)s is no part of it any more."),
    "solved_with_whole": _("It was solved together with %(number)s, of which it is a part."),
    "whole_closed": _("%(number)s, of which it is a part, was closed; this one stays open."),
    "parts_asked": _("Its parts: told %(told)s; to be told later %(later)s; left open %(left)s."),
    "split_from": _("It was split off from %(number)s."),
    "split_off": _("A matter was split off into a new ticket."),
    "assigned": _("Worked on by: %(to)s."),
    "handed_over": _("Responsible from here on: %(to)s; before: %(former)s."),
    "changed": _("What is written was changed: %(fields)s."),
    "urgency": _("Urgency: %(urgency)s."),
    "word": _("Tier II said how far it is."),
    "comment_changed": _("A word of tier II was changed in Jira."),
    "jira_miss": _("The issue was deleted in Jira."),
    "jira_forbid": _("Jira does not show the issue to us any more."),
    "checklist_begun": _("A checklist was added."),
    "checklist_line_removed": _("A line of the checklist was taken away."),
    "unticked": _("A tick of the checklist was taken back."),
    "asked_by_link": _("Somebody was asked by a link."),
    "link_revoked": _("A link was revoked."),
    "tell_responsible": _("%(clock)s at %(percent)s %%: the responsible person is told."),
    "tell_coordinator": _("%(clock)s at %(percent)s %%: the coordinator is told."),
    "raise_urgency": _("%(clock)s at %(percent)s %%: the urgency is raised."),
}
PEOPLE = ("to", "former")
NUMBERS = ("number", "told", "later", "left")
# What was said stands among the comments, in full.
TOLD_ELSEWHERE = frozenset({"commented"})


@dataclass(frozen=True)
class Line:
    at: datetime
    by: User | None
    words: str
    reason: str


def story_of(events: Sequence[TicketEvent], groups: Mapping[str, TicketGroup]) -> list[Line]:
    """Return what happened, the latest first; `groups` by code."""
    told = [one for one in events if one.what not in TOLD_ELSEWHERE]
    names = _names(told)
    return [
        Line(one.at, one.by, _words(one, groups, names), one.reason)
        for one in sorted(told, key=lambda one: (one.at, one.pk), reverse=True)
    ]


def _words(event: TicketEvent, groups: Mapping[str, TicketGroup], names: Mapping[int, str]) -> str:
    said = {**event.parameters}
    for one in PEOPLE:
        said[one] = names.get(said.get(one) or 0, "–")
    said["group"] = str(groups.get(str(said.get("group")), said.get("group", "")))
    said["urgency"] = dict(Urgency.choices).get(str(said.get("urgency")), "")
    said["clock"] = CLOCKS.get(str(said.get("clock")), "")
    said["fields"] = ", ".join(_labels(str(said.get("fields", ""))))
    said["kind"] = dict(RelationKind.choices).get(str(said.get("kind")), "")
    said.setdefault("percent", "")
    for one in NUMBERS:
        said[one] = said.get(one) or "–"
    return str(WORDS.get(event.what, event.what)) % said


def _labels(fields: str) -> list[str]:
    return [str(Ticket._meta.get_field(name).verbose_name) for name in fields.split()]  # type: ignore[union-attr]


def _names(events: Sequence[TicketEvent]) -> dict[int, str]:
    ids = {one.parameters[who] for one in events for who in PEOPLE if one.parameters.get(who)}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids)} if ids else {}
