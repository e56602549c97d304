"""How far the demo's half-hour shares are from those of real call centres between nine and four.

Theirs are measured against only: the demo's are our own.
"""

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from inquiries.demo_shares import SHARES

ARRIVALS = Path(__file__).resolve().parents[3] / "shared" / "data" / "arrivals"
HALVES = [f"{hour:02d}:{minute:02d}" for hour in range(9, 16) for minute in (0, 30)]
FARTHEST = 0.10  # of the day's calls would have to come at another half-hour

pytestmark = pytest.mark.skipif(
    not ARRIVALS.exists(),
    reason="real arrivals (../shared/data/arrivals) are not beside the project",
)


def anonymous_bank():
    with (ARRIVALS / "anonymous_bank_1999_halfhour.csv").open() as file:
        for row in csv.DictReader(file):
            yield dt.date.fromisoformat(row["date"]), row["time"], int(row["calls"])


def bank():
    with (ARRIVALS / "bank_calls_2003_halfhour.csv").open() as file:
        for row in csv.DictReader(file):
            moment = dt.datetime.fromisoformat(row["half"])
            yield moment.date(), f"{moment:%H:%M}", int(float(row["Calls"]))


def shares(rows):
    calls = Counter()
    for day, half, number in rows:
        if day.weekday() < 5 and half in HALVES:
            calls[half] += number
    total = calls.total()
    return [calls[half] / total for half in HALVES]


def test_our_shares_make_a_whole_day_with_two_peaks():
    peaks = [
        place
        for place in range(1, len(SHARES) - 1)
        if SHARES[place - 1] < SHARES[place] > SHARES[place + 1]
    ]

    assert round(sum(SHARES), 6) == 1
    assert len(SHARES) == len(HALVES)
    assert len(peaks) == 2


@pytest.mark.parametrize("source", [anonymous_bank, bank])
def test_our_shares_are_near_those_of_a_real_call_centre(source, capsys):
    theirs = shares(source())

    distance = sum(abs(ours - their) for ours, their in zip(SHARES, theirs, strict=True)) / 2

    with capsys.disabled():
        print(f"\n{source.__name__}: {distance:.1%} of the calls would come at another half-hour")  # noqa: T201  # the figure is what this test is for
    assert distance < FARTHEST
