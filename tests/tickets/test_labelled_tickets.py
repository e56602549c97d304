"""Tickets that a careful person has labelled good or bad, held against the rules (docs/ticket-completeness.md).

The first list was written before the rules by somebody who had not seen them; the second likewise, and
was run once, when the rules stood.
"""

import csv
from pathlib import Path

import pytest

from tickets.completeness import Need, TicketText, what_is_lacking, with_found_facts

NEEDS = {
    "IT": ("system", "screen", "happened", "error_text", "browser", "user_role"),
    "LOAHALDUR": ("permit_number",),
    "VALDKOND": ("place",),
}
ANSWERS = {"yes", "no", "anonymous"}


def rows(name):
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def judged(row):
    """The ticket with what the texts already say put into its fields, and what it lacks."""
    needs = [Need(fact) for fact in NEEDS[row["group"]]]
    ticket = TicketText(
        summary=row["summary"],
        description=row["description"],
        steps_tried=row["steps_tried"],
        facts={fact: row[fact] for fact in set().union(*NEEDS.values())},
        may_contact=row["may_contact"] if row["may_contact"] in ANSWERS else "",
        group=row["group"],
    )
    whole = with_found_facts(ticket, needs)
    return whole, what_is_lacking(whole, needs)


@pytest.mark.parametrize(
    ("name", "share"), [("tickets_seen.csv", 0.95), ("tickets_unseen.csv", 0.85)]
)
def test_share_that_is_judged_as_a_person_does(name, share):
    found = [(row["label"] == "good", not judged(row)[1]) for row in rows(name)]

    assert len(found) >= 60
    assert sum(said == ours for said, ours in found) / len(found) >= share


@pytest.mark.parametrize("name", ["tickets_seen.csv", "tickets_unseen.csv"])
def test_none_lacking_a_required_field_passes(name):
    passed = [
        (row["id"], fact)
        for row in rows(name)
        for ticket, lacking in [judged(row)]
        if not lacking
        for fact in NEEDS[row["group"]]
        if not ticket.facts[fact].strip()
    ]

    assert passed == []
