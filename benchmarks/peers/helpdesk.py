"""Fill and measure django-helpdesk; runs in its own environment: DATABASE_URL=... python -m ... COUNT TARGET.

Its list is a page and the rows that the page then asks for: both together are one subject, since
somebody waits for both. Time is taken as we take ours: in the process, after a warm-up.
"""

import itertools
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peers.helpdesk_settings"
django.setup()

from django.contrib.auth.models import User  # noqa: E402  # needs the settings
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from helpdesk.models import Queue, Ticket  # noqa: E402
from helpdesk.query import query_to_base64  # noqa: E402

from benchmarks.peers.helpdesk_filled import fill  # noqa: E402

WARM_UP, TIMES, FEW, SIZE = 3, 15, 5, 50
SLOW = 1.0  # seconds; of such a page fewer passes say enough


def answered(browser: Client, address: str, wanted: int = 200, **asked: object) -> None:
    answer = browser.get(address, asked)
    if answer.status_code != wanted:
        raise RuntimeError(f"{address}: {answer.status_code} {answer.content[:300]!r}")


def listed(browser: Client, start: int = 0, **asked: object) -> Callable[[], None]:
    """The page with the table, and the rows that it then asks for."""
    query = {"filtering": {}, "filtering_null": {}, "search_string": "", "sorting": "created"}
    rows = reverse(
        "helpdesk:datatables_ticket_list",
        args=[query_to_base64({**query, "sortreverse": True, **asked})],
    )

    def run() -> None:
        answered(browser, reverse("helpdesk:list"), q=asked.get("search_string", ""))
        answered(browser, rows, draw=1, start=start, length=SIZE)

    return run


def creating(browser: Client, queue: Queue) -> Callable[[], None]:
    """What their form takes, with its page before, since ours is opened too."""
    numbers, address = itertools.count(), reverse("helpdesk:submit")

    def run() -> None:
        typed = {
            "queue": queue.pk,
            "title": f"Veeloa muutmise taotlus seisab menetluses {next(numbers)}",
            "body": "Klient esitas veeloa muutmise taotluse kolm kuud tagasi, loahaldurit ei ole.",
            "priority": 3,
            "submitter_email": "klient1@klient.example.ee",
        }
        answer = browser.post(address, typed)
        if answer.status_code != 302:
            raise RuntimeError(f"create: {answer.status_code} {answer.content[:300]!r}")

    return run


def subjects() -> dict[str, Callable[[], None]]:
    admin, _ = User.objects.get_or_create(
        username="admin", defaults={"is_staff": True, "is_superuser": True}
    )
    browser = Client()
    browser.force_login(admin)
    talked = Ticket.objects.filter(status=Ticket.OPEN_STATUS).annotate(said=Count("followup"))
    long = talked.filter(said__gte=200).order_by("pk").first()
    pages = {
        "ticket": reverse("helpdesk:view", args=[long.pk]),
        "board": reverse("helpdesk:kanban"),
    }
    return {
        "list, open": listed(browser, filtering={"status__in": [1, 2]}),
        "list, all": listed(browser),
        "list, page 1,000": listed(browser, start=999 * SIZE),
        "board": lambda: answered(browser, pages["board"]),
        "one with 200 follow-ups": lambda: answered(browser, pages["ticket"]),
        "search, common word": listed(browser, search_string="klient"),
        "search, rare word": listed(browser, search_string="KL-512345"),
        "create": creating(browser, Queue.objects.order_by("pk").first()),
    }


def measured(run: Callable[[], None]) -> dict[str, object]:
    run()
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as seen:
        run()
    queries = len(seen)  # before the next request empties the list
    is_slow = time.perf_counter() - began > SLOW
    for _ in range(1 if is_slow else WARM_UP):
        run()
    took: list[float] = []
    for _ in range(FEW if is_slow else TIMES):
        began = time.perf_counter()
        run()
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    return {
        "median": round(statistics.median(took), 1),
        "p95": round(took[int(len(took) * 0.95)], 1),
        "best": round(took[0], 1),
        "unit": "ms",
        "queries": queries,
    }


def main() -> None:
    count, target = int(sys.argv[1]), Path(sys.argv[2])
    call_command("migrate", verbosity=0)
    if not Ticket.objects.exists():
        began = time.perf_counter()
        fill(count)
        print(
            f"» django-helpdesk: {count:,} tickets ({time.perf_counter() - began:.0f} s)",
            flush=True,
        )
    rows = []
    for name, run in subjects().items():
        rows.append({"name": name, "rows": f"{count:,}", **measured(run)})
        print(f"  django-helpdesk: {name}: median {rows[-1]['median']} ms", flush=True)
    target.write_text(json.dumps(rows))


if __name__ == "__main__":
    main()
