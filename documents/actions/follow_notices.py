from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.mail_states import MailState
from common.models import OutgoingMail
from documents.actions.enter_in_portal import mark_told
from documents.actions.follow_papers import follow_papers
from documents.actions.lock_case import lock_paper
from documents.models import Paper, ToldHow
from documents.states import PaperState


def follow_notices(*, at: datetime) -> int:
    """Papers whose notice the mail server has taken are done; their cases follow.

    What could not be sent, or came back, stays for a person: the client is told another way.
    """
    waiting = Paper.objects.filter(state=PaperState.ENTERED).order_by("pk")
    return sum(_follow(paper, at) for paper in waiting.select_related("case"))


def _follow(paper: Paper, at: datetime) -> bool:
    states = set(OutgoingMail.objects.about(paper).values_list("state", flat=True))
    if states != {MailState.SENT}:
        return False
    with transaction.atomic():
        paper = lock_paper(paper)
        if paper.state != PaperState.ENTERED:
            return False
        mark_told(paper, ToldHow.MAIL, None, at)
        follow_papers(case=paper.case, at=at)
    return True


def tell_client(*, paper: Paper, how: str, by: User, at: datetime) -> Paper:
    """A notice did not reach the client by mail, so somebody told the client another way.

    Raises MoveNotAllowed.
    """
    with transaction.atomic():
        paper = lock_paper(paper)
        mark_told(paper, ToldHow(how), by, at)
        follow_papers(case=paper.case, at=at)
    return paper
