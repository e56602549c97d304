import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import Error as DatabaseProblem
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from common.hurry import hurry
from documents import tasks
from documents.actions.keep_trusted_list import (
    Proof,
    keep_trusted_list,
    read_list,
    verified_signer,
)
from documents.gateways.list_server import fetch_list
from documents.list_problems import (
    ListOfListsExpired,
    ListProblem,
    NoListOfLists,
    NoSigners,
    OtherKind,
    OtherTerritory,
    Unforeseen,
)
from documents.list_signers import list_of_lists_in_force, pointer_to, signers_in
from documents.models import TrustedList, TrustedListSource
from documents.models.trusted_list_source import LIST_OF_LISTS
from documents.signatures import TrustList
from documents.signatures.certificate import Certificate

logger = logging.getLogger("servicedesk.documents")
LEASE_FOR_A_LIST = timedelta(minutes=5)  # one takes a second; from a very slow server four minutes


def ask_for_refresh(*, at: datetime) -> None:
    """An administrator wants the lists looked for now.

    1. Write the wish down.
    2. Hurry a worker; the sweep of the timetable finds the wish as well.
    """
    source = _source(settings.TRUSTED_LIST_STORE, LIST_OF_LISTS)
    TrustedListSource.objects.filter(pk=source.pk).update(wanted_at=at)
    hurry(tasks.refresh_trusted_lists)


def refresh_due_lists(*, at: datetime) -> bool:
    """The timetable asks every few minutes whether lists are to be looked for.

    1. Nothing is asked for where lists are brought by hand.
    2. Look for all when one of them is due: it is not here and was never looked for, a day has gone by,
       an hour has after a failure, or somebody wants it. Say whether we looked.
    """
    if not settings.LOTL_URL:
        return False
    rows = TrustedListSource.objects.filter(store=settings.TRUSTED_LIST_STORE)
    sources = {one.territory: one for one in rows}
    asked = (LIST_OF_LISTS, *settings.TRUSTED_LIST_TERRITORIES)
    is_due = any(one not in sources or sources[one].is_due(at) for one in asked)
    return is_due and refresh_trusted_lists(at=at)


def refresh_trusted_lists(*, at: datetime) -> bool:
    """The trusted lists of the countries that we ask for are looked for, by way of the list of lists.

    1. Take the turn: one refresh at a time; another one leaves at once (False).
    2. Fetch the list of lists, verify it by the configured certificates, keep it. Where that fails,
       the kept one serves as long as its own time is not over.
    3. Fetch the list of each country from where the list of lists says, verify it by the certificates
       that it names, keep it.
    4. What fails is noted with the list that failed; the others go on, and the last good one stays in
       force.
    5. Give the turn back; a wish that was made before is fulfilled.

    No network call is made inside a transaction. Killed anywhere, what was kept stays, and the sweep
    looks for the rest when the turn has run out.
    """
    store = settings.TRUSTED_LIST_STORE
    turn = _source(store, LIST_OF_LISTS)
    until = at + LEASE_FOR_A_LIST * (1 + len(settings.TRUSTED_LIST_TERRITORIES))
    if not _take_turn(turn, at, until):
        return False
    try:
        lists = _refresh_list_of_lists(store, at)
        for territory in settings.TRUSTED_LIST_TERRITORIES:
            _attempt(store, territory, partial(_fetch, store, territory, lists, at), at)
    finally:
        _give_back(turn, at, until)
    return True


def _refresh_list_of_lists(store: str, at: datetime) -> TrustedList | None:
    try:
        signers = signers_in(settings.LOTL_CERTIFICATES)
    except NoSigners as problem:
        _note_problem(store, LIST_OF_LISTS, problem, at)
        return None
    kept = _attempt(store, LIST_OF_LISTS, partial(_fetch_list_of_lists, store, signers, at), at)
    return kept or list_of_lists_in_force(store, signers, at)


def _fetch_list_of_lists(store: str, signers: list[Certificate], at: datetime) -> TrustedList:
    content = fetch_list(settings.LOTL_URL)
    proof = Proof(verified_signer(content, signers))
    facts = read_list(content)
    if not facts.is_list_of_lists:
        raise OtherKind
    if facts.next_update is None or facts.next_update < at:
        raise ListOfListsExpired
    return keep_trusted_list(
        store=store, source=settings.LOTL_URL, content=content, proof=proof, at=at
    )


def _fetch(store: str, territory: str, lists: TrustedList | None, at: datetime) -> TrustedList:
    if lists is None:
        raise NoListOfLists
    pointer = pointer_to(lists, territory)
    content = fetch_list(pointer.location)
    proof = Proof(verified_signer(content, pointer.certificates), named_by=lists)
    _check_identity(read_list(content), territory)
    return keep_trusted_list(
        store=store, source=pointer.location, content=content, proof=proof, at=at
    )


def _check_identity(facts: TrustList, territory: str) -> None:
    if facts.is_list_of_lists:
        raise OtherKind
    if facts.territory != territory:
        raise OtherTerritory(facts.territory)


def _attempt(
    store: str, territory: str, fetched: Callable[[], TrustedList], at: datetime
) -> TrustedList | None:
    """Note how it went with the list, whatever happened."""
    try:
        kept = fetched()
    except ListProblem as problem:
        _note_problem(store, territory, problem, at)
    except DatabaseProblem:
        raise
    except Exception as error:
        # What nobody thought of in one list shall neither stop the others nor stay unseen.
        logger.exception("a trusted list could not be renewed: %s", territory)
        _note_problem(store, territory, Unforeseen(type(error).__name__), at)
    else:
        _note_success(store, territory, at)
        return kept
    return None


def _note_success(store: str, territory: str, at: datetime) -> None:
    TrustedListSource.objects.filter(pk=_source(store, territory).pk).update(
        tried_at=at, checked_at=at, problem="", detail="", problem_since=None
    )


def _note_problem(store: str, territory: str, problem: ListProblem, at: datetime) -> None:
    TrustedListSource.objects.filter(pk=_source(store, territory).pk).update(
        tried_at=at,
        problem=problem.code,
        detail=problem.detail[:200],
        problem_since=Coalesce("problem_since", Value(at)),
    )


def _source(store: str, territory: str) -> TrustedListSource:
    return TrustedListSource.objects.get_or_create(store=store, territory=territory)[0]


def _take_turn(turn: TrustedListSource, at: datetime, until: datetime) -> bool:
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=at)
    rows = TrustedListSource.objects.filter(free, pk=turn.pk)
    return bool(rows.update(leased_until=until))


def _give_back(turn: TrustedListSource, at: datetime, until: datetime) -> None:
    """Only what is ours: a turn that ran out may be another's by now."""
    rows = TrustedListSource.objects.filter(pk=turn.pk)
    rows.filter(wanted_at__lte=at).update(wanted_at=None)
    rows.filter(leased_until=until).update(leased_until=None)
