from inquiries.actions.change_inquiry import change_inquiry
from inquiries.actions.close_inquiry import close_inquiry
from inquiries.actions.correct_answer import correct_answer, tell_correction
from inquiries.actions.discard_draft import discard_draft, restore_draft
from inquiries.actions.end_call import end_call
from inquiries.actions.finish_inquiry import finish_inquiry
from inquiries.actions.keep_house import close_settled_inquiries, forget_recordings, sweep_drafts
from inquiries.actions.move_callback import move_callback
from inquiries.actions.open_draft import open_draft
from inquiries.actions.record_callback_try import record_callback_try
from inquiries.actions.reopen_inquiry import reopen_inquiry
from inquiries.actions.save_draft import save_draft
from inquiries.actions.save_view import delete_view, save_view
from inquiries.actions.settle_inquiry import settle_inquiry
from inquiries.actions.take_over_inquiry import take_over_inquiry

__all__ = [
    "change_inquiry",
    "close_inquiry",
    "close_settled_inquiries",
    "correct_answer",
    "delete_view",
    "discard_draft",
    "end_call",
    "finish_inquiry",
    "forget_recordings",
    "move_callback",
    "open_draft",
    "record_callback_try",
    "reopen_inquiry",
    "restore_draft",
    "save_draft",
    "save_view",
    "settle_inquiry",
    "sweep_drafts",
    "take_over_inquiry",
    "tell_correction",
]
