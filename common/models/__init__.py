from common.models.about import AboutQuerySet, AboutRecord, reference
from common.models.event import Event
from common.models.external_link import ExternalLink, LinkOpening
from common.models.heartbeat import Heartbeat
from common.models.incoming_mail import IncomingMail
from common.models.mailbox import Mailbox
from common.models.number_series import NumberSeries
from common.models.outgoing_mail import OutgoingAttachment, OutgoingMail
from common.models.presence import Presence
from common.models.stored_file import StoredFile
from common.models.stored_reply import StoredReply
from common.models.versioned import Difference, StaleSave, Versioned
from common.models.words_stamp import WordsStamp

__all__ = [
    "AboutQuerySet",
    "AboutRecord",
    "Difference",
    "Event",
    "ExternalLink",
    "Heartbeat",
    "IncomingMail",
    "LinkOpening",
    "Mailbox",
    "NumberSeries",
    "OutgoingAttachment",
    "OutgoingMail",
    "Presence",
    "StaleSave",
    "StoredFile",
    "StoredReply",
    "Versioned",
    "WordsStamp",
    "reference",
]
