from django.db.models import Q, QuerySet

from tickets.models import ChecklistTemplate, Ticket


def of_topic(ticket: Ticket) -> Q:
    """For any topic, for the topic of the ticket, or for the group of topics that it belongs to."""
    topic = ticket.topic
    return Q(topic=None) | Q(topic__in=[topic.pk, topic.parent_id] if topic else [])


def checklist_templates(ticket: Ticket) -> QuerySet[ChecklistTemplate]:
    """What may be gone through with this ticket, with the lines."""
    templates = ChecklistTemplate.objects.filter(
        of_topic(ticket), group=ticket.group_id, is_active=True
    )
    return templates.prefetch_related("lines")
