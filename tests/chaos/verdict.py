"""Nothing lost, nothing doubled: the rows, the files and the stand-ins against what people were told."""

import hashlib
import io
import re
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.db.models import Count
from pypdf import PdfReader

from common.mail_states import MailState
from common.models import NumberSeries, OutgoingMail, StoredFile
from documents.models import AccessCase, Paper
from documents.states import PaperState
from inquiries.models import Inquiry, InquiryDraft
from registry.models import CheckEvidence, RepresentationCheck
from registry.states import CheckState
from tests.chaos.house import files_below


def faults(ledger, letters):
    """Return what is wrong, in words; empty when all stands."""
    return [
        *ledger.complaints,
        *of_calls(ledger.calls),
        *of_cases(ledger.cases),
        *of_checks(),
        *of_papers(ledger.cases),
        *of_numbers(),
        *of_letters(ledger.letters, letters),
        *of_files(),
    ]


def of_calls(calls):
    inquiries = {str(one.key): one for one in Inquiry.objects.all()}
    drafts = {str(one.key): one for one in InquiryDraft.objects.open()}
    for key, call in calls.items():
        inquiry, draft = inquiries.pop(key, None), drafts.pop(key, None)
        yield from of_text(key, call, inquiry, draft)
        if call.is_finish_sent:
            yield from of_finish(key, call, inquiry, draft)
        elif inquiry is not None:
            yield f"call {key} became an inquiry though nobody finished it"
    yield from (f"inquiry {one.number} came from nowhere" for one in inquiries.values())
    yield from (f"draft {key} came from nowhere" for key in drafts)


def of_text(key, call, inquiry, draft):
    text = inquiry.question if inquiry else draft.typed["question"] if draft else ""
    kept = int(text.rpartition(" ")[2] or -1) if text.startswith(key) else -1
    if kept < call.acknowledged:
        yield f"call {key}: text {call.acknowledged} was acknowledged, {kept} is kept"


def of_finish(key, call, inquiry, draft):
    if inquiry is None:
        yield f"call {key} was finished and is no inquiry"
        return
    if call.numbers != {inquiry.number}:
        yield f"call {key}: told {call.numbers}, stored {inquiry.number}"
    if draft is not None:
        yield f"call {key} is an inquiry and still a draft"
    if inquiry.history.count() != 1:
        yield f"call {key} has {inquiry.history.count()} first versions"


def of_cases(cases):
    known = {str(one.key): one for one in AccessCase.objects.prefetch_related("papers")}
    for key, told in cases.items():
        case = known.pop(key, None)
        if case is None:
            yield f"case {key} is lost"
        elif case.pk != told.pk or case.papers.count() != 1:
            yield f"case {key}: told {told.pk}, stored {case.pk}, {case.papers.count()} papers"
    yield from (f"case {case.number} came from nowhere" for case in known.values())


def of_checks():
    for check in RepresentationCheck.objects.annotate(pieces=Count("evidence")):
        if check.state != CheckState.ANSWERED or check.verdict != "sole" or check.pieces != 1:
            yield f"check {check.pk}: {check.state}, {check.verdict}, {check.pieces} evidence"
        if check.evidence.exclude(kind=CheckEvidence.Kind.LIVE).exists():
            yield f"check {check.pk} rests on something else than the register's answer"


def of_papers(cases):
    told = {case.paper: case for case in cases.values()}
    for paper in Paper.objects.select_related("stored_file"):
        case = told.get(paper.pk)
        if paper.state != PaperState.DRAFT_READY:
            if case and case.is_draft_acknowledged:
                yield f"paper {paper.pk} was asked for and is {paper.state}: {paper.error}"
            continue
        yield from of_content(paper, case)
        stages = Counter(paper.events.values_list("what", flat=True))
        if (stages["draft_requested"], stages["draft_ready"]) != (1, 1):
            yield f"paper {paper.number}: its story tells {dict(stages)}"


def of_content(paper, case):
    path = Path(settings.MEDIA_ROOT) / paper.stored_file.file.name
    if not path.exists():
        yield f"paper {paper.number} has no file"
        return
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if not found == paper.sha256 == paper.stored_file.sha256:
        yield f"paper {paper.number}: SHA-256 of the file is {found}, noted {paper.sha256}"
    if case and case.sha256 and case.sha256 != found:
        yield f"paper {paper.number} is another than the one that was downloaded"
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    numbers = set(re.findall(r"[A-Z]{1,3}-20\d\d-\d{6}", text))
    if paper.number not in numbers or len(numbers) != 1:
        yield f"paper {paper.number} names {numbers}"


def of_numbers():
    """Each number once and none left out, so that a gap in a file would mean something."""
    given = {
        "P": list(Inquiry.objects.values_list("number", flat=True)),
        "J": list(AccessCase.objects.values_list("number", flat=True)),
        "KL": list(Paper.objects.exclude(number=None).values_list("number", flat=True)),
    }
    for series in NumberSeries.objects.filter(series__in=given):
        found = sorted(int(number.rpartition("-")[2]) for number in given[series.series])
        if found != list(range(1, series.last + 1)):
            yield f"series {series.series} stands at {series.last} and {len(found)} are in use"


def of_letters(acknowledged, letters):
    owed = list(OutgoingMail.objects.all())
    if len(owed) < acknowledged:
        yield f"{acknowledged} letters were acknowledged, {len(owed)} are in the outbox"
    came = {}
    for letter in letters:
        came.setdefault(letter["Message-ID"], []).append((letter["To"], letter.get_content()))
    for mail in owed:
        if mail.state != MailState.SENT:
            yield f"letter {mail.key} is {mail.state} after {mail.attempts} tries"
        same = came.pop(mail.message_id, [])
        if len(set(same)) != 1 or same[0][0] != mail.to:
            yield f"letter {mail.key} came as {len(set(same))} different letters"
    yield from (f"letter {message_id} is in no outbox" for message_id in came)


def of_files():
    media = Path(settings.MEDIA_ROOT)
    known = {media / name for name in StoredFile.objects.values_list("file", flat=True)}
    found = files_below(media)
    yield from (f"file {path.name} belongs to nobody" for path in found - known)
    yield from (f"file {path.name} is missing" for path in known - found)
