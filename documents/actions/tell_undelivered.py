from datetime import datetime

from django.db import transaction

from common.models import OutgoingMail
from documents.actions.lock_case import lock_case
from documents.actions.note_event import note_event
from documents.models import AccessCase, Paper
from documents.queries import lost_letters_to_tell
from documents.queries.undelivered import CASE

WHAT = "letter_lost"


def tell_undelivered(*, at: datetime) -> int:
    """Letters about cases that came back, or that no mail server took, are told in the cases' stories.

    1. Look which were lost lately; the outbox knows no cases, so nobody has told.
    2. Each is told once, and open pages hear of it.
    """
    return sum(_tell(mail, at) for mail in lost_letters_to_tell(at).defer("text"))


def _tell(mail: OutgoingMail, at: datetime) -> bool:
    case = _case_of(mail)
    if case is None or not case.is_open or _is_told(case, mail):
        return False
    with transaction.atomic():
        case = lock_case(case)
        if _is_told(case, mail):
            return False
        note_event(case=case, what=WHAT, by=None, at=at, mail=mail.pk)
    return True


def _case_of(mail: OutgoingMail) -> AccessCase | None:
    if mail.about_type == CASE:
        return AccessCase.objects.filter(pk=mail.about_id).first()
    paper = Paper.objects.filter(pk=mail.about_id).select_related("case").first()
    return paper.case if paper else None


def _is_told(case: AccessCase, mail: OutgoingMail) -> bool:
    return case.events.filter(what=WHAT, parameters__mail=mail.pk).exists()
