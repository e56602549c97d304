"""Tables of the past for tests, and an import of them."""

import csv
import datetime as dt
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from inquiries import actions

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
HEAD = [
    "Nr", "Kuupäev", "Kanal", "Teema", "Teenindaja", "Klient", "Isikukood", "Telefon", "E-post",
    "Küsimus", "Vastus",
]  # fmt: skip
CODE = "39001010011"


def line(number, day="3.2.2019 10:30", **cells):
    values = {"Nr": number, "Kuupäev": day, "Kanal": "telefon", "Küsimus": "Kas tohib?", **cells}
    return [str(values.get(name, "")) for name in HEAD]


def table(*lines, head=HEAD, encoding="utf-8"):
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([head, *lines])
    return out.getvalue().encode(encoding)


def received(content, *, by, holds="inquiries", source="Vana tabel", name="vana.csv", profile=None):
    return actions.receive_past_file(
        file=SimpleUploadedFile(name, content),
        source=source,
        holds=holds,
        profile=profile,
        by=by,
        at=NOON,
    )


def worked(past_import, *, clock=lambda: NOON, batch=3):
    return actions.work_on_past_import(import_id=past_import.pk, clock=clock, batch=batch)


def tried(past_import, *, by, columns=None, fallbacks=None, **kwargs):
    asked = actions.request_past_trial(
        past_import=past_import,
        columns=columns or past_import.columns,
        fallbacks=fallbacks or {},
        day_first=True,
        zone="Europe/Tallinn",
        by=by,
        at=NOON,
    )
    return worked(asked, **kwargs)


def imported(content, *, by, **kwargs):
    past_import = tried(received(content, by=by, **kwargs), by=by)
    return worked(actions.request_past_import(past_import=past_import, by=by, at=NOON))


def undone(past_import, *, by, takes_changed=False):
    asked = actions.request_past_undo(
        past_import=past_import, takes_changed=takes_changed, by=by, at=NOON
    )
    return worked(asked)
