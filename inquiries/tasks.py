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


@shared_task
def match_calls(**kwargs: object) -> None:
    from inquiries import actions

    actions.match_calls(at=timezone.now())


@shared_task
def end_lost_calls(**kwargs: object) -> None:
    from inquiries import actions

    actions.end_lost_calls(at=timezone.now())


@shared_task
def import_calls(*, import_id: int, **kwargs: object) -> None:
    from inquiries import actions

    actions.import_call_records(import_id=import_id, clock=timezone.now)


@shared_task
def sweep_call_imports(**kwargs: object) -> None:
    from inquiries import actions

    actions.sweep_call_imports(at=timezone.now())


@shared_task
def send_letter(*, letter_id: int, **kwargs: object) -> None:
    from inquiries import actions

    actions.let_letter_go(letter_id=letter_id, at=timezone.now())


@shared_task
def send_leaving_letters(**kwargs: object) -> None:
    from inquiries import actions

    actions.send_leaving_letters(at=timezone.now())


@shared_task
def remind_units(**kwargs: object) -> None:
    from inquiries import actions

    actions.remind_units(at=timezone.now())


@shared_task
def work_on_past_import(*, import_id: int, **kwargs: object) -> None:
    from inquiries import actions

    actions.work_on_past_import(import_id=import_id, clock=timezone.now)


@shared_task
def sweep_past_imports(**kwargs: object) -> None:
    from inquiries import actions

    actions.sweep_past_imports(at=timezone.now())


@shared_task
def forget_past_files(**kwargs: object) -> None:
    from inquiries import actions

    actions.forget_past_files(at=timezone.now())


@shared_task
def read_mailbox(**kwargs: object) -> None:
    from inquiries import actions

    actions.read_mailbox(at=timezone.now())
    actions.file_waiting_mail(at=timezone.now())


@shared_task
def file_mail(*, mail_id: int, **kwargs: object) -> None:
    from common.models import IncomingMail
    from inquiries import actions

    mail = IncomingMail.objects.filter(pk=mail_id).first()
    if mail is not None:
        actions.file_mail(mail=mail, at=timezone.now())


@shared_task
def ask_satisfaction(**kwargs: object) -> None:
    from inquiries import actions

    actions.ask_satisfaction(at=timezone.now())


@shared_task
def forget_letters(**kwargs: object) -> None:
    from inquiries import actions

    actions.forget_letters(at=timezone.now())
