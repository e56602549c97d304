from inquiries.actions.accept_call import accept_call, begin_from_call, put_pop_away
from inquiries.actions.answer_for_unit import answer_for_unit, open_unit_link
from inquiries.actions.answer_satisfaction import (
    answer_satisfaction,
    open_satisfaction,
    stop_asking,
)
from inquiries.actions.ask_satisfaction import ask_satisfaction
from inquiries.actions.ask_unit import ask_unit, remind_units
from inquiries.actions.begin_callback import begin_callback, leave_callback
from inquiries.actions.block_number import block_number, lift_block
from inquiries.actions.change_inquiry import change_inquiry
from inquiries.actions.choose_topic import choose_topic
from inquiries.actions.close_inquiry import close_inquiry
from inquiries.actions.confirm_web_letter import confirm_web_letter, open_web_letter
from inquiries.actions.correct_answer import correct_answer, tell_correction
from inquiries.actions.discard_draft import discard_draft, restore_draft
from inquiries.actions.dismiss_mail import dismiss_mail
from inquiries.actions.end_call import end_call
from inquiries.actions.end_lost_calls import end_lost_calls
from inquiries.actions.extend_term import extend_term
from inquiries.actions.file_mail import file_mail
from inquiries.actions.finish_inquiry import finish_inquiry
from inquiries.actions.forget_letters import forget_letters
from inquiries.actions.import_call_records import import_call_records
from inquiries.actions.keep_house import close_settled_inquiries, forget_recordings, sweep_drafts
from inquiries.actions.leave_unanswered import leave_unanswered
from inquiries.actions.link_call import CallIsLinked, keep_recording, link_call, unlink_call
from inquiries.actions.mark_letter_posted import (
    NotWrittenThen,
    PostedAlready,
    mark_letter_posted,
)
from inquiries.actions.match_calls import match_calls
from inquiries.actions.move_callback import change_callback_number, move_callback
from inquiries.actions.note_dialling import note_dialling
from inquiries.actions.note_inside import note_inside
from inquiries.actions.open_draft import open_draft
from inquiries.actions.open_phone_line import close_phone_line, open_phone_line
from inquiries.actions.pass_draft import (
    ColleagueIsFull,
    ColleagueNotReady,
    NothingToPass,
    pass_draft,
)
from inquiries.actions.read_answer import ask_for_reading, pass_answer, return_answer
from inquiries.actions.read_mailbox import file_waiting_mail, read_mailbox
from inquiries.actions.recall_from_unit import recall_from_unit
from inquiries.actions.receive_letter import receive_letter
from inquiries.actions.receive_past_file import NoTable, receive_past_file
from inquiries.actions.receive_phone_event import receive_phone_event
from inquiries.actions.record_bounce import record_bounce
from inquiries.actions.record_callback_try import NoCallbackPromised, record_callback_try
from inquiries.actions.register_letter import register_letter
from inquiries.actions.reopen_inquiry import reopen_inquiry
from inquiries.actions.request_call_import import (
    RecordsNotAccepted,
    receive_call_file,
    request_call_import,
    resume_call_import,
    sweep_call_imports,
)
from inquiries.actions.request_past_import import (
    request_past_import,
    request_past_undo,
    resume_past_import,
)
from inquiries.actions.save_draft import save_draft
from inquiries.actions.save_view import delete_view, save_view
from inquiries.actions.see_passing import see_passing
from inquiries.actions.send_answer import (
    let_letter_go,
    send_answer,
    send_leaving_letters,
    take_back_answer,
)
from inquiries.actions.send_on import send_on
from inquiries.actions.set_calls_aside import set_calls_aside, take_calls_back
from inquiries.actions.set_up_past_import import (
    ColumnMissing,
    ColumnTwice,
    NameColumnMissing,
    match_past_values,
    request_past_trial,
    reshape_past_import,
    save_past_profile,
)
from inquiries.actions.settle_inquiry import settle_inquiry
from inquiries.actions.sweep_past_imports import forget_past_files, sweep_past_imports
from inquiries.actions.take_back_draft import take_back_draft
from inquiries.actions.take_letter import assign_letters, take_letter, take_next_letter
from inquiries.actions.take_over_inquiry import take_over_inquiry
from inquiries.actions.undo_finish import undo_finish
from inquiries.actions.undo_take_over import undo_take_over
from inquiries.actions.work_on_past_import import work_on_past_import
from inquiries.actions.write_answer import add_answer_file, remove_answer_file, save_answer
from inquiries.actions.write_web_letter import write_web_letter

__all__ = [
    "CallIsLinked",
    "ColleagueIsFull",
    "ColleagueNotReady",
    "ColumnMissing",
    "ColumnTwice",
    "NameColumnMissing",
    "NoCallbackPromised",
    "NoTable",
    "NotWrittenThen",
    "NothingToPass",
    "PostedAlready",
    "RecordsNotAccepted",
    "accept_call",
    "add_answer_file",
    "answer_for_unit",
    "answer_satisfaction",
    "ask_for_reading",
    "ask_satisfaction",
    "ask_unit",
    "assign_letters",
    "begin_callback",
    "begin_from_call",
    "block_number",
    "change_callback_number",
    "change_inquiry",
    "choose_topic",
    "close_inquiry",
    "close_phone_line",
    "close_settled_inquiries",
    "confirm_web_letter",
    "correct_answer",
    "delete_view",
    "discard_draft",
    "dismiss_mail",
    "end_call",
    "end_lost_calls",
    "extend_term",
    "file_mail",
    "file_waiting_mail",
    "finish_inquiry",
    "forget_letters",
    "forget_past_files",
    "forget_recordings",
    "import_call_records",
    "keep_recording",
    "leave_callback",
    "leave_unanswered",
    "let_letter_go",
    "lift_block",
    "link_call",
    "mark_letter_posted",
    "match_calls",
    "match_past_values",
    "move_callback",
    "note_dialling",
    "note_inside",
    "open_draft",
    "open_phone_line",
    "open_satisfaction",
    "open_unit_link",
    "open_web_letter",
    "pass_answer",
    "pass_draft",
    "put_pop_away",
    "read_mailbox",
    "recall_from_unit",
    "receive_call_file",
    "receive_letter",
    "receive_past_file",
    "receive_phone_event",
    "record_bounce",
    "record_callback_try",
    "register_letter",
    "remind_units",
    "remove_answer_file",
    "reopen_inquiry",
    "request_call_import",
    "request_past_import",
    "request_past_trial",
    "request_past_undo",
    "reshape_past_import",
    "restore_draft",
    "resume_call_import",
    "resume_past_import",
    "return_answer",
    "save_answer",
    "save_draft",
    "save_past_profile",
    "save_view",
    "see_passing",
    "send_answer",
    "send_leaving_letters",
    "send_on",
    "set_calls_aside",
    "settle_inquiry",
    "stop_asking",
    "sweep_call_imports",
    "sweep_drafts",
    "sweep_past_imports",
    "take_back_answer",
    "take_back_draft",
    "take_calls_back",
    "take_letter",
    "take_next_letter",
    "take_over_inquiry",
    "tell_correction",
    "undo_finish",
    "undo_take_over",
    "unlink_call",
    "work_on_past_import",
    "write_web_letter",
]
