"""How much of everything a run of one size has, by engine."""

from typing import NamedTuple

TICKETS = "tickets"  # `--only tickets`: a database of its own, whose inquiries are few


class Size(NamedTuple):
    inquiries: int
    clients: int
    organisations: int  # each has about 1.4 persons on its card
    letters: int
    tickets: int  # with five times as many comments
    linked: int  # besides, tickets that Jira knows too


SIZES = {
    "small": {
        "sqlite": Size(20_000, 3_000, 5_000, 5_000, 20_000, 1_000),
        "postgresql": Size(50_000, 5_000, 10_000, 20_000, 20_000, 1_000),
    },
    "full": {
        "sqlite": Size(200_000, 12_000, 20_000, 50_000, 100_000, 1_000),
        "postgresql": Size(5_000_000, 300_000, 350_000, 500_000, 1_000_000, 10_000),
    },
}


def size_of(name: str, engine: str, only: str) -> Size:
    size = SIZES[name][engine]
    return (
        SIZES["small"]["sqlite"]._replace(tickets=size.tickets, linked=size.linked)
        if only == TICKETS
        else size
    )


def folder_of(name: str, only: str) -> str:
    """What the database of this size is called; each keeps its own."""
    return f"{name}_{TICKETS}" if only == TICKETS else name
