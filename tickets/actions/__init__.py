from tickets.actions.act_on_many import assign_tickets, close_tickets, watch_tickets
from tickets.actions.answer_by_link import answer_by_link
from tickets.actions.ask_by_link import ask_by_link, open_ticket_link, revoke_ticket_link
from tickets.actions.begin_checklist import begin_checklist
from tickets.actions.call_jira import call_jira, sweep_jira_calls, try_jira_again
from tickets.actions.close_ticket import close_quiet_tickets, close_ticket
from tickets.actions.comment_on_ticket import NothingSaid, comment_on_ticket
from tickets.actions.deliver_solution import deliver_solution
from tickets.actions.escalate_tickets import escalate_tickets, recount_due
from tickets.actions.hand_over_tickets import hand_over_tickets
from tickets.actions.inquiry_of_ticket import inquiries_left_waiting
from tickets.actions.make_part_of import HasParts, PartAlready, make_part_of, take_out
from tickets.actions.merge_tickets import CannotTakeIn, OtherClient, merge_tickets
from tickets.actions.open_ticket import carried_over, open_ticket
from tickets.actions.raise_ticket import TicketIncomplete, raise_ticket
from tickets.actions.receive_webhook import (
    NotFromJira,
    apply_webhook,
    receive_webhook,
    sweep_webhooks,
)
from tickets.actions.reconcile_jira import reconcile_jira
from tickets.actions.relate_tickets import (
    LinkedAlready,
    SameTicket,
    relate_tickets,
    unrelate_tickets,
)
from tickets.actions.see_ticket import see_ticket, unwatch_ticket, watch_ticket
from tickets.actions.settle_parts import PartsNotAsked, PartToBeWritten
from tickets.actions.split_ticket import NothingChosen, split_ticket
from tickets.actions.tell_client import NoAddress
from tickets.actions.tell_lost_letters import tell_lost_letters
from tickets.actions.tick_checklist import ChecklistNotDone, tick_line, untick_line
from tickets.actions.turn_ticket import (
    ReasonMissing,
    ask_client,
    cancel_ticket,
    hear_from_client,
    regroup_ticket,
    reopen_ticket,
)
from tickets.actions.undo_merge import NotMerged, ToldWithOther, undo_merge
from tickets.actions.work_on_ticket import (
    TakenMeanwhile,
    answer_tier2,
    ask_about_ticket,
    assign_ticket,
    give_word,
    resolve_ticket,
    send_ticket_back,
    take_ticket,
)
from tickets.actions.write_checklist import (
    LineStays,
    add_checklist_line,
    remove_checklist_line,
)
from tickets.actions.write_reply import write_reply
from tickets.actions.write_ticket import MergedOfClient, PersonalCodeInText, write_ticket

__all__ = [
    "CannotTakeIn",
    "ChecklistNotDone",
    "HasParts",
    "LineStays",
    "LinkedAlready",
    "MergedOfClient",
    "NoAddress",
    "NotFromJira",
    "NotMerged",
    "NothingChosen",
    "NothingSaid",
    "OtherClient",
    "PartAlready",
    "PartToBeWritten",
    "PartsNotAsked",
    "PersonalCodeInText",
    "ReasonMissing",
    "SameTicket",
    "TakenMeanwhile",
    "TicketIncomplete",
    "ToldWithOther",
    "add_checklist_line",
    "answer_by_link",
    "answer_tier2",
    "apply_webhook",
    "ask_about_ticket",
    "ask_by_link",
    "ask_client",
    "assign_ticket",
    "assign_tickets",
    "begin_checklist",
    "call_jira",
    "cancel_ticket",
    "carried_over",
    "close_quiet_tickets",
    "close_ticket",
    "close_tickets",
    "comment_on_ticket",
    "deliver_solution",
    "escalate_tickets",
    "give_word",
    "hand_over_tickets",
    "hear_from_client",
    "inquiries_left_waiting",
    "make_part_of",
    "merge_tickets",
    "open_ticket",
    "open_ticket_link",
    "raise_ticket",
    "receive_webhook",
    "reconcile_jira",
    "recount_due",
    "regroup_ticket",
    "relate_tickets",
    "remove_checklist_line",
    "reopen_ticket",
    "resolve_ticket",
    "revoke_ticket_link",
    "see_ticket",
    "send_ticket_back",
    "split_ticket",
    "sweep_jira_calls",
    "sweep_webhooks",
    "take_out",
    "take_ticket",
    "tell_lost_letters",
    "tick_line",
    "try_jira_again",
    "undo_merge",
    "unrelate_tickets",
    "untick_line",
    "unwatch_ticket",
    "watch_ticket",
    "watch_tickets",
    "write_reply",
    "write_ticket",
]
