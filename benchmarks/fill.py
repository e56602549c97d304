"""Fill the benchmark's database once; what took how long is kept beside it."""

import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.demo import create_staff
from accounts.models import User
from benchmarks.multiply import multiply_inquiries
from benchmarks.papers import multiply_cases
from benchmarks.sizes import Size
from benchmarks.tickets_filled import fill_tickets
from clients.demo import create_clients
from clients.models import Client
from documents.demo import create_cases
from documents.models import AccessCase
from inquiries.demo import create_history
from inquiries.demo_letters import create_letters
from inquiries.models import Inquiry, Letter
from inquiries.words import WORDS
from knowledge.demo import create_knowledge
from registry.models import Organisation
from tickets.models import Ticket

SEED = 7
LETTERS_OPEN = 0.05  # of many years' letters
# Drawing millions row by row takes longer than all the rest: a part is drawn, then copied.
MANY, DRAWN_ONCE = 1_000_000, 25


def kept() -> Path:
    return Path(settings.VAR_DIR) / "fill.json"


def timings(engine: str) -> Iterator[dict]:
    """What was timed while filling: the import of the register."""
    if kept().exists():
        for row in json.loads(kept().read_text()):
            yield {**row, "engine": engine}


def fill(size: Size) -> Iterator[tuple]:
    """Make what is missing; yields what was made and the seconds it took."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    at, rng = timezone.now(), random.Random(SEED)
    if not User.objects.exists():
        create_staff(at=at)
        create_knowledge(at=at)
    if not Organisation.objects.exists():
        began = time.perf_counter()
        import_register(size.organisations)
        seconds = time.perf_counter() - began
        yield f"{size.organisations:,} organisations imported", seconds
    if not Client.objects.exists():
        began = time.perf_counter()
        create_clients(count=size.clients, at=at, rng=rng)
        yield f"{size.clients:,} clients", time.perf_counter() - began
    if not Inquiry.objects.exists():
        began = time.perf_counter()
        times = DRAWN_ONCE if size.inquiries > MANY and connection.vendor == "postgresql" else 1
        create_history(count=size.inquiries // times, until=at, rng=rng)
        WORDS.write_all()
        if times > 1:
            multiply_inquiries(times)
        yield f"{size.inquiries:,} inquiries", time.perf_counter() - began
        create_cases(at=at, rng=rng)
        analyse()
    cases = size.inquiries // 25
    if AccessCase.objects.count() < cases:
        began = time.perf_counter()
        multiply_cases(cases, at)
        yield f"{cases:,} access cases", time.perf_counter() - began
        analyse()
    if not Letter.objects.exists():
        began = time.perf_counter()
        create_letters(count=size.letters, until=at, rng=rng, share_open=LETTERS_OPEN)
        yield f"{size.letters:,} letters", time.perf_counter() - began
        analyse()
    if not Ticket.objects.exists():
        began = time.perf_counter()
        fill_tickets(size.tickets, size.linked, at, rng)
        yield f"{size.tickets:,} tickets", time.perf_counter() - began
        analyse()


def import_register(organisations: int) -> None:
    """Write files of the size asked for in the register's own format, then import them, timed."""
    folder = Path(settings.VAR_DIR) / "register"
    folder.mkdir(exist_ok=True)
    call_command("generate_register_files", str(folder), count=organisations)
    began = time.perf_counter()
    call_command("import_register", *sorted(str(file) for file in folder.glob("*.zip")))
    seconds = time.perf_counter() - began
    row = {
        "name": "import of the register",
        "rows": f"{organisations:,}",
        "median": round(seconds, 1),
        "p95": round(seconds, 1),
        "limit": 180,
        "unit": "s",
        "queries": "",
    }
    kept().write_text(json.dumps([row]))


def analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
