from celery import shared_task
from django.utils import timezone


@shared_task
def send_mail(*, mail_id: int, **kwargs: object) -> None:
    from common import actions

    actions.send_mail(mail_id=mail_id, at=timezone.now())


@shared_task
def prune_events(**kwargs: object) -> None:
    from common import actions

    actions.prune_events(at=timezone.now())


@shared_task
def send_due_mail(**kwargs: object) -> None:
    from common import actions

    actions.send_due_mail(at=timezone.now())


@shared_task
def remove_expired(**kwargs: object) -> None:
    from common import actions

    actions.remove_expired(at=timezone.now())


@shared_task
def survey_tables(**kwargs: object) -> None:
    from common import actions

    actions.survey_tables()


@shared_task
def beat_heart(**kwargs: object) -> None:
    from common import actions

    actions.note_heartbeat(name="worker", at=timezone.now())


@shared_task
def renew_words(**kwargs: object) -> None:
    from common import actions

    actions.renew_words()
