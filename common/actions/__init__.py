from common.actions.issue_external_link import issue_external_link
from common.actions.note_heartbeat import note_heartbeat
from common.actions.note_presence import note_presence
from common.actions.open_external_link import LinkNotValid, open_external_link
from common.actions.prune_events import prune_events
from common.actions.publish_event import publish_event
from common.actions.queue_mail import queue_mail
from common.actions.remove_expired import remove_expired
from common.actions.revoke_external_link import revoke_external_link
from common.actions.rotate_encryption_keys import rotate_encryption_keys
from common.actions.send_due_mail import send_due_mail
from common.actions.send_mail import send_mail
from common.actions.send_mail_again import send_mail_again
from common.actions.store_file import store_file
from common.actions.take_number import take_number
from common.mail import MailAttachment

__all__ = [
    "LinkNotValid",
    "MailAttachment",
    "issue_external_link",
    "note_heartbeat",
    "note_presence",
    "open_external_link",
    "prune_events",
    "publish_event",
    "queue_mail",
    "remove_expired",
    "revoke_external_link",
    "rotate_encryption_keys",
    "send_due_mail",
    "send_mail",
    "send_mail_again",
    "store_file",
    "take_number",
]
