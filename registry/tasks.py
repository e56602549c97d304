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


@shared_task
def run_check(*, check_id: int, **kwargs: object) -> None:
    from registry import actions

    actions.run_representation_check(check_id=check_id, at=timezone.now())


@shared_task
def sweep_checks(**kwargs: object) -> None:
    from registry import actions

    actions.sweep_checks(at=timezone.now())
