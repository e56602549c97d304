from celery import shared_task
from django.utils import timezone


@shared_task
def import_file(*, import_id: int, **kwargs: object) -> None:
    from registry import actions

    actions.import_register_file(import_id=import_id, clock=timezone.now)


@shared_task
def sweep_imports(**kwargs: object) -> None:
    from registry import actions

    actions.sweep_imports(at=timezone.now())
