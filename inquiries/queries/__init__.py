from inquiries.queries.callbacks import WaitingCallback, waiting_callbacks
from inquiries.queries.changes import Change, Step, steps_of
from inquiries.queries.deadlines import answer_by, last_day
from inquiries.queries.listing import (
    Count,
    Filters,
    capped_count,
    count_open_inquiries,
    filtered,
    mark_readable,
    rows_of_list,
)
from inquiries.queries.search import matching_ids

__all__ = [
    "Change",
    "Count",
    "Filters",
    "Step",
    "WaitingCallback",
    "answer_by",
    "capped_count",
    "count_open_inquiries",
    "filtered",
    "last_day",
    "mark_readable",
    "matching_ids",
    "rows_of_list",
    "steps_of",
    "waiting_callbacks",
]
