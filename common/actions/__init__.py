from common.actions.issue_external_link import issue_external_link
from common.actions.note_bounce import note_bounce
from common.actions.note_heartbeat import note_heartbeat
from common.actions.note_presence import note_presence
from common.actions.open_external_link import LinkNotValid, open_external_link
from common.actions.prune_events import prune_events
from common.actions.publish_event import publish_event
from common.actions.queue_mail import queue_mail
from common.actions.read_mailbox import read_mailbox
from common.actions.remove_expired import remove_expired
from common.actions.remove_stored_file import remove_stored_files
from common.actions.renew_words import renew_words
from common.actions.revoke_external_link import revoke_external_link
from common.actions.rotate_encryption_keys import rotate_encryption_keys
from common.actions.send_due_mail import send_due_mail
from common.actions.send_mail import send_mail
from common.actions.send_mail_again import send_mail_again
from common.actions.store_file import store_file
from common.actions.survey_tables import survey_tables
from common.actions.take_number import take_number, take_numbers
from common.mail import MailAttachment

__all__ = [
    "LinkNotValid",
    "MailAttachment",
    "issue_external_link",
    "note_bounce",
    "note_heartbeat",
    "note_presence",
    "open_external_link",
    "prune_events",
    "publish_event",
    "queue_mail",
    "read_mailbox",
    "remove_expired",
    "remove_stored_files",
    "renew_words",
    "revoke_external_link",
    "rotate_encryption_keys",
    "send_due_mail",
    "send_mail",
    "send_mail_again",
    "store_file",
    "survey_tables",
    "take_number",
    "take_numbers",
]
