from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import cast

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from common.actions import store_file
from common.file_types import ASICE
from common.uploads import check_upload
from documents.actions.lock_case import lock_case
from documents.actions.note_event import note_event
from documents.kinds import SignerRole
from documents.models import AccessCase, Envelope, EnvelopeSigner, Paper
from documents.signatures.unsigned import unsigned_container
from documents.states import PaperState

Key = tuple[tuple[str, str], ...]


def make_envelopes(*, case: AccessCase, by: User, at: datetime) -> list[Envelope]:
    """The drafts of a case are ready, and are put where they will be signed.

    1. Papers that exactly the same people sign come into one envelope, others into another.
    2. The envelope is a container without signatures; the same papers always give the same bytes.

    Safe to call again: papers that lie in an envelope stay in it.
    """
    with transaction.atomic():
        case = lock_case(case)
        loose = case.papers.filter(state=PaperState.DRAFT_READY, envelope=None)
        groups: dict[Key, list[Paper]] = defaultdict(list)
        for paper in loose.select_related("stored_file").prefetch_related("signers").order_by("pk"):
            groups[_key(paper)].append(paper)
        return [_make(case, papers, by, at) for papers in groups.values()]


def _key(paper: Paper) -> Key:
    """Who signs, and for the agency by which delegation: it must be in force on the day of signing."""
    people = sorted(
        (one.role, one.personal_code_hash or f"{one.user_id or one.name}")
        for one in paper.signers.all()
    )
    return (*people, ("delegation", f"{paper.delegation_id}"))


def _make(case: AccessCase, papers: Sequence[Paper], by: User, at: datetime) -> Envelope:
    content = unsigned_container([(paper.file_name, _bytes(paper)) for paper in papers])
    file = ContentFile(content, name=f"{papers[0].number}.asice")
    stored = store_file(upload=check_upload(file, allowed=[ASICE]), by=by, at=at)
    envelope = Envelope.objects.create(case=case, made_at=at, made_by=by, container=stored)
    _write_signers(envelope, papers[0])
    Paper.objects.filter(pk__in=[paper.pk for paper in papers]).update(envelope=envelope)
    numbers = ", ".join(cast("str", paper.number) for paper in papers)
    note_event(case=case, what="envelope_made", by=by, at=at, numbers=numbers)
    return envelope


def _bytes(paper: Paper) -> bytes:
    assert paper.stored_file is not None  # noqa: S101  # its draft is ready
    with paper.stored_file.file.open("rb") as file:
        return bytes(file.read())


def _write_signers(envelope: Envelope, paper: Paper) -> None:
    client = envelope.case.client
    content = getattr(paper, "content", None)
    for one in paper.signers.all():
        is_user = one.role == SignerRole.USER
        is_main_user = one.role == SignerRole.MAIN_USER
        main_user = content.main_user if content and is_main_user else None
        EnvelopeSigner.objects.create(
            envelope=envelope,
            role=one.role,
            position=one.position,
            user=one.user,
            delegation=paper.delegation if one.role == SignerRole.AGENCY else None,
            name=one.name,
            personal_code=one.personal_code,
            code_hash=one.personal_code_hash,
            masked_code=one.masked_code,
            language=client.language if client else "et",
            email=content.email if content and is_user else main_user.email if main_user else "",
        )
