from celery import shared_task
from django.utils import timezone


@shared_task
def call_jira(*, call_id: int, **kwargs: object) -> None:
    from tickets.actions.call_jira import call_jira as call

    call(call_id=call_id, at=timezone.now())


@shared_task
def close_quiet_tickets(**kwargs: object) -> None:
    from tickets import actions

    actions.close_quiet_tickets(at=timezone.now())


@shared_task
def sweep_jira_calls(**kwargs: object) -> None:
    from tickets.actions.call_jira import sweep_jira_calls as sweep

    sweep(at=timezone.now())


@shared_task
def reconcile_jira(**kwargs: object) -> None:
    from tickets import actions

    actions.reconcile_jira(at=timezone.now())


@shared_task
def apply_webhook(*, webhook_id: int, **kwargs: object) -> None:
    from tickets import actions

    actions.apply_webhook(webhook_id=webhook_id, at=timezone.now())


@shared_task
def sweep_webhooks(**kwargs: object) -> None:
    from tickets import actions

    actions.sweep_webhooks(at=timezone.now())


@shared_task
def tell_lost_letters(**kwargs: object) -> None:
    from tickets import actions

    actions.tell_lost_letters(at=timezone.now())


@shared_task
def escalate_tickets(**kwargs: object) -> None:
    from tickets import actions

    actions.escalate_tickets(at=timezone.now())


@shared_task
def recount_due(**kwargs: object) -> None:
    from tickets import actions

    actions.recount_due(at=timezone.now())
