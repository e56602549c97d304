from tickets.queries.board import COLUMNS, Column, board
from tickets.queries.checklists import checklist_templates
from tickets.queries.lists import (
    answers_to_deliver,
    count_open_tickets,
    moved_of,
    of_group,
    silent,
    tickets_by_link_trouble,
    watched_news,
)
from tickets.queries.narrowing import TicketFilters, narrowed, rows_to_show
from tickets.queries.replies import replies_for
from tickets.queries.search import holding_words
from tickets.queries.who import assignable, may_tick, may_work_on, responsible_people, solvers_of
from tickets.queries.work_lists import (
    BY_CODE,
    COUNTED_UP_TO,
    WORK_LISTS,
    WorkList,
    count_lists,
    counted,
    rows_of,
    work_list,
    work_lists_of,
)

__all__ = [
    "BY_CODE",
    "COLUMNS",
    "COUNTED_UP_TO",
    "WORK_LISTS",
    "Column",
    "TicketFilters",
    "WorkList",
    "answers_to_deliver",
    "assignable",
    "board",
    "checklist_templates",
    "count_lists",
    "count_open_tickets",
    "counted",
    "holding_words",
    "may_tick",
    "may_work_on",
    "moved_of",
    "narrowed",
    "of_group",
    "replies_for",
    "responsible_people",
    "rows_of",
    "rows_to_show",
    "silent",
    "solvers_of",
    "tickets_by_link_trouble",
    "watched_news",
    "work_list",
    "work_lists_of",
]
