from inquiries.actions.discard_draft import discard_draft, restore_draft
from inquiries.actions.end_call import end_call
from inquiries.actions.finish_inquiry import finish_inquiry
from inquiries.actions.open_draft import open_draft
from inquiries.actions.save_draft import save_draft

__all__ = [
    "discard_draft",
    "end_call",
    "finish_inquiry",
    "open_draft",
    "restore_draft",
    "save_draft",
]
