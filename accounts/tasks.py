from celery import shared_task
from django.utils import timezone


@shared_task
def sweep_line_states(**kwargs: object) -> None:
    from accounts import actions

    actions.sweep_line_states(at=timezone.now())
