"""A file of call records as Asterisk writes it, taken over by the management command.

python -m benchmarks.calls COUNT   prints the seconds that the import took
"""

import csv
import os
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

import tests.environment  # noqa: F401  # secrets of the suite

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicedesk.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  # needs the settings

from inquiries.models import CallImport, CallRecord, PhoneCall, PhoneLine  # noqa: E402

LINE = "bench"
FROM = datetime(2026, 1, 5, 7, tzinfo=UTC)


def write(path: Path, count: int) -> None:
    """Calls that ring at one desk and are answered at the next are two records of one call."""
    rng, at, call = random.Random(3), FROM, 0
    with path.open("w", newline="") as file:
        rows = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
        for number in range(count):
            is_second = number % 5 == 4
            call += not is_second
            at += timedelta(seconds=rng.randrange(1, 40))
            answered = rng.random() < 0.9
            begins, ends = (
                f"{at:%Y-%m-%d %H:%M:%S}",
                f"{at + timedelta(minutes=4):%Y-%m-%d %H:%M:%S}",
            )
            caller = f"5{rng.randrange(3_000_000, 9_999_999)}"
            desk = f"PJSIP/59{rng.randrange(1, 20):02d}-{number:08x}"
            ringing = ["", caller, "6625900", "from-trunk", caller, f"PJSIP/trunk-{number:08x}"]
            desks = [desk if answered else "", "Queue", "klienditugi"]
            moments = [begins, begins if answered else "", ends, 240, 228]
            ending = ["ANSWERED" if answered else "NO ANSWER", "DOCUMENTATION"]
            names = [f"{number}.1", "", "", f"call-{call}", number]
            rows.writerow([*ringing, *desks, *moments, *ending, *names])


def main() -> None:
    count = int(sys.argv[1])
    CallRecord.objects.filter(line__name=LINE).delete()
    CallImport.objects.filter(line__name=LINE).delete()
    PhoneCall.objects.filter(line__name=LINE).delete()
    PhoneLine.objects.get_or_create(name=LINE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "Master.csv")
        write(path, count)
        began = time.perf_counter()
        call_command(
            "import_calls", LINE, "asterisk-cdr", str(path), verbosity=0, stdout=sys.stderr
        )
        print(round(time.perf_counter() - began, 1))
    made = CallImport.objects.get(line__name=LINE)
    if (made.added, made.set_aside) != (count, 0):
        raise SystemExit(f"{made.added} of {count} rows were taken over")


if __name__ == "__main__":
    main()
