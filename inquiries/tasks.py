from celery import shared_task
from django.utils import timezone


@shared_task
def close_settled_inquiries(**kwargs: object) -> None:
    from inquiries import actions

    actions.close_settled_inquiries(at=timezone.now())


@shared_task
def sweep_drafts(**kwargs: object) -> None:
    from inquiries import actions

    actions.sweep_drafts(at=timezone.now())


@shared_task
def forget_recordings(**kwargs: object) -> None:
    from inquiries import actions

    actions.forget_recordings(at=timezone.now())
