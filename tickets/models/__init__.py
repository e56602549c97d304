from tickets.models.checklist import ChecklistLine, ChecklistTemplate, ChecklistTemplateLine
from tickets.models.clock import EscalationStep, KeptReading, StepDone
from tickets.models.comment import TicketComment
from tickets.models.delivery import Delivery
from tickets.models.event import TicketEvent
from tickets.models.group import ClockTarget, FactNeed, TicketFact, TicketGroup
from tickets.models.jira import (
    CallKind,
    CallState,
    Edition,
    JiraCall,
    JiraLink,
    JiraProject,
    JiraSite,
    JiraWebhook,
)
from tickets.models.merge import TicketMerge
from tickets.models.reply import CannedReply
from tickets.models.ticket import Ticket
from tickets.models.watch import TicketRelation, TicketWatch
from tickets.models.words import TicketDeskWords, TicketWords

__all__ = [
    "CallKind",
    "CallState",
    "CannedReply",
    "ChecklistLine",
    "ChecklistTemplate",
    "ChecklistTemplateLine",
    "ClockTarget",
    "Delivery",
    "Edition",
    "EscalationStep",
    "FactNeed",
    "JiraCall",
    "JiraLink",
    "JiraProject",
    "JiraSite",
    "JiraWebhook",
    "KeptReading",
    "StepDone",
    "Ticket",
    "TicketComment",
    "TicketDeskWords",
    "TicketEvent",
    "TicketFact",
    "TicketGroup",
    "TicketMerge",
    "TicketRelation",
    "TicketWatch",
    "TicketWords",
]
