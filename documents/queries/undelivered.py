"""Letters about a case that did not reach whom they were for: refused, come back, or not taken yet."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from common.mail_states import MailState
from common.models import ExternalLink, OutgoingMail
from documents.models import AccessCase, EnvelopeSigner, Paper, ReturnedFile
from documents.queries.belonging import ASKED, FAULTS
from documents.states import PaperState

CASE, PAPER = AccessCase._meta.label_lower, Paper._meta.label_lower
LOOKED_BACK = timedelta(days=60)  # a letter that comes back does so within days
LOST = (MailState.FAILED, MailState.RETURNED)


def undelivered_letters(case_ids: Collection[int]) -> dict[int, list[OutgoingMail]]:
    """Letters about these cases that still matter and did not arrive, by case.

    A letter matters no more when a later one has taken its place, or what it asked for was done.
    """
    entered = Paper.objects.filter(case__in=case_ids, state=PaperState.ENTERED)
    papers = list(entered.values_list("pk", flat=True))
    found = _troubled().filter(
        Q(about_type=CASE, about_id__in=[str(pk) for pk in case_ids])
        | Q(about_type=PAPER, about_id__in=[str(pk) for pk in papers])
    )
    return _by_case(_that_matter(found.defer("text").order_by("pk")))


def cases_with_undelivered_letters() -> set[int]:
    """The cases for the work list of those letters; closed ones may be among them."""
    found = _troubled().filter(about_type__in=[CASE, PAPER])
    return set(_by_case(_that_matter(found.defer("text").order_by("pk"))))


def lost_letters_to_tell(at: datetime) -> QuerySet[OutgoingMail]:
    """Letters about cases that were given up or came back in the last weeks."""
    return OutgoingMail.objects.filter(
        state__in=LOST, about_type__in=[CASE, PAPER], queued_at__gt=at - LOOKED_BACK
    ).order_by("pk")


def _troubled() -> QuerySet[OutgoingMail]:
    """Lost, or tried in vain and to be tried again."""
    states = [*LOST, MailState.QUEUED]
    return OutgoingMail.objects.filter(state__in=states).exclude(state=MailState.QUEUED, attempts=0)


def _that_matter(mails: Iterable[OutgoingMail]) -> list[OutgoingMail]:
    rows = list(mails)
    asking, telling = _numbers(rows, ASKED), _numbers(rows, FAULTS)
    waiting = _links_in_use(set(asking.values())) if asking else set()
    latest = _latest_returns(set(telling.values())) if telling else set()
    return [
        mail
        for mail in rows
        if (mail.pk not in asking or asking[mail.pk] in waiting)
        and (mail.pk not in telling or telling[mail.pk] in latest)
    ]


def _numbers(mails: Iterable[OutgoingMail], prefix: str) -> dict[int, int]:
    """What the keys that begin so name, by mail."""
    return {
        mail.pk: int(mail.key.removeprefix(prefix).partition(":")[0])
        for mail in mails
        if mail.key.startswith(prefix)
    }


def _links_in_use(pks: Collection[int]) -> set[int]:
    """Links that no later one has replaced, of people who have not signed."""
    links = ExternalLink.objects.filter(pk__in=pks, revoked_at=None)
    signers = {pk: int(about) for pk, about in links.values_list("pk", "about_id")}
    waiting = EnvelopeSigner.objects.filter(pk__in=set(signers.values()), signed_at=None)
    ids = set(waiting.values_list("pk", flat=True))
    return {pk for pk, signer in signers.items() if signer in ids}


def _latest_returns(pks: Collection[int]) -> set[int]:
    """Returned files after which no other came."""
    later = ReturnedFile.objects.filter(envelope=OuterRef("envelope"), pk__gt=OuterRef("pk"))
    found = ReturnedFile.objects.filter(~Exists(later), pk__in=pks)
    return set(found.values_list("pk", flat=True))


def _by_case(mails: Iterable[OutgoingMail]) -> dict[int, list[OutgoingMail]]:
    rows = list(mails)
    of_papers = [int(mail.about_id) for mail in rows if mail.about_type == PAPER]
    waiting = Paper.objects.filter(pk__in=of_papers, state=PaperState.ENTERED)
    cases = dict(waiting.values_list("pk", "case_id")) if of_papers else {}
    found: dict[int, list[OutgoingMail]] = {}
    for mail in rows:
        about = int(mail.about_id)
        case_id = about if mail.about_type == CASE else cases.get(about)
        if case_id is not None:
            found.setdefault(case_id, []).append(mail)
    return found
