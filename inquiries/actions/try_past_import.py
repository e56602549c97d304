from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction

from inquiries.models import PastImport, PastValue, RowAside
from inquiries.past.tables import Row, Unusable
from inquiries.past_judging import Judged, PastJudge
from inquiries.past_lease import save_held
from inquiries.states import PAST_MOVES, PastImportState

MOST_ASIDE = 10_000
MOST_VALUES = 1_000  # different words of one column: more, and it is a column of something else


class TooManyValues(Exception):
    """A column of running text was taken for one of choices."""


def try_past_import(
    *,
    past_import: PastImport,
    batches: Iterable[list[Row]],
    clock: Callable[[], datetime],
    hold: Callable[[int], None],
) -> None:
    """A file is tried: what would come of it is counted, and nothing is taken over.

    1. Judge all rows as a run would, remembering what a run would have written by then.
    2. Keep the counts, the rows that would be set aside, and the words that stand for our choices.

    A killed trial begins anew. Raises TooManyValues, NotATable, LeaseLost.
    """
    judge = PastJudge(past_import, clock(), remembers=True)
    total = Judged()
    rows = made = ready = 0
    for batch in batches:
        judged = judge.judge(batch)
        rows += len(batch)
        made, ready = made + len(judged.to_make), ready + len(judged.ready)
        total.already += judged.already
        total.clients_known += judged.clients_known
        total.without_client += judged.without_client
        total.aside += judged.aside
        if any(len(words) > MOST_VALUES for words in judge.met.values()):
            raise TooManyValues
        hold(rows)
    with transaction.atomic():
        past_import.rows_aside.all().delete()
        keep_aside(past_import, total.aside)
        _keep_values(past_import, judge)
        save_held(
            past_import,
            state=PAST_MOVES.target("finish_trial", PastImportState(past_import.state)),
            leased_until=None,
            rows=rows,
            total_rows=rows,
            made=made if past_import.of_clients else ready,
            already=total.already,
            set_aside=len(total.aside),
            clients_made=made,
            clients_known=total.clients_known,
            without_client=total.without_client,
        )


def keep_aside(past_import: PastImport, aside: list[tuple[int, Unusable]]) -> None:
    RowAside.objects.bulk_create(
        [
            RowAside(
                past_import=past_import,
                line=line,
                reason=why.reason,
                field=why.field,
                shown="" if why.field == "personal_code" else why.shown,
            )
            for line, why in sorted(aside, key=lambda one: one[0])[:MOST_ASIDE]
        ],
        ignore_conflicts=True,
    )


def _keep_values(past_import: PastImport, judge: PastJudge) -> None:
    """What people chose before stands; words that are not in the file any more go."""
    past_import.values.all().delete()
    PastValue.objects.bulk_create(
        PastValue(
            past_import=past_import,
            field=name,
            key=key,
            text=judge.spelled[name, key],
            count=count,
            ours=judge.matches[name][key],
        )
        for name, words in judge.met.items()
        for key, count in words.items()
    )
