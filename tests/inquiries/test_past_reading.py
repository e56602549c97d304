"""Tables of the past as people have them: encodings, delimiters, headings, dates, hostile files."""
# ruff: noqa: DTZ001  # a workbook knows no zones

import contextlib
import datetime as dt
import io
import zipfile
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from common.file_types import CSV, XLSX
from common.uploads import UploadRefused, check_upload
from inquiries.past.encodings import ENCODINGS, decoded, guess_delimiter, guess_encoding
from inquiries.past.fields import FIELDS, HEADINGS, guess_columns
from inquiries.past.moments import guess_day_first, read_moment
from inquiries.past.rows import Reading, masked_cell, read_row
from inquiries.past.tables import (
    NotATable,
    Shape,
    Unusable,
    guess_shape,
    headings_of,
    rows_below,
    rows_of,
)
from inquiries.past.values import guess_value

TALLINN = ZoneInfo("Europe/Tallinn")
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
CODE = "39001010011"
ESTONIAN = "Nr;Kuupäev;Küsimus\n1;03.02.2019;Kas tohib puud raiuda? Õu ja šokk\n2;04.02.2019;Jäätmed võõral maal\n"
RUSSIAN = (
    "Номер;Дата;Вопрос\n1;03.02.2019;Можно ли рубить деревья\n2;04.02.2019;Отходы на чужой земле\n"
)


def workbook(*rows, title="Pöördumised", more=()):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for name in more:
        book.create_sheet(name)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def moment(cell, clock="", *, day_first=True, zone=TALLINN):
    return read_moment(cell, clock, day_first=day_first, zone=zone, now=NOW, field="started_at")


@pytest.mark.parametrize(
    ("text", "encoding", "guessed"),
    [
        (ESTONIAN, "utf-8", "utf-8"),
        (ESTONIAN, "utf-8-sig", "utf-8"),
        (ESTONIAN, "cp1257", "cp1257"),
        (ESTONIAN, "utf-16", "utf-16"),
        (ESTONIAN, "utf-16-le", "utf-16-le"),
        (ESTONIAN, "utf-16-be", "utf-16-be"),
        (ESTONIAN, "cp1252", "cp1252"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "utf-8", "utf-8"),
        (RUSSIAN, "utf-16", "utf-16"),
    ],
)
def test_encoding_is_guessed(text, encoding, guessed):
    content = text.encode(encoding)

    assert guess_encoding(content) == guessed
    assert decoded(content, guessed) == text


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_delimiter_is_guessed_though_texts_hold_the_others(delimiter):
    rows = [
        ["Nr", "Aeg", "Sisu"],
        ["1", "3.2.2019", '"a, b; c, d; e"'],
        ["2", "4.2.2019", '"x; y, z"'],
    ]
    text = "\n".join(delimiter.join(row) for row in rows)

    assert guess_delimiter(text) == delimiter


def test_titles_above_the_headings_are_passed_over():
    content = b"Kliendituge 2019\n\nNr;Kuupaev;Teema;Sisu\n1;3.2.2019;Vesi;Kaev\n"

    shape = guess_shape(content)

    assert (shape.heading_row, shape.delimiter) == (3, ";")
    assert headings_of(content, shape) == ["Nr", "Kuupaev", "Teema", "Sisu"]
    assert list(rows_below(content, shape)) == [(4, ["1", "3.2.2019", "Vesi", "Kaev"])]


def test_workbook_is_read_by_its_sheet_with_dates_and_numbers():
    content = workbook(
        ["Nr", "Aeg", "Telefon"],
        [1, dt.datetime(2019, 2, 3, 10, 30), 53001234],
        [None, None, None],
        [2, dt.datetime(2019, 2, 4), "=1+1"],
        more=["Teine"],
    )

    shape = guess_shape(content)

    assert (shape.sheet, shape.heading_row) == ("Pöördumised", 1)
    assert list(rows_below(content, shape)) == [
        (2, ["1", dt.datetime(2019, 2, 3, 10, 30), "53001234"]),
        (4, ["2", dt.datetime(2019, 2, 4)]),  # a formula without a stored value holds nothing
    ]
    assert list(rows_of(content, Shape(sheet="Teine"))) == []
    with pytest.raises(NotATable):
        list(rows_of(content, Shape(sheet="Kolmas")))


def test_wide_table_is_read_whole_as_text_and_as_a_workbook():
    headings, cells = [f"v{place}" for place in range(200)], [str(place) for place in range(200)]
    text = "\n".join(";".join(row) for row in (headings, cells)).encode()

    for content in (text, workbook(headings, cells)):
        shape = guess_shape(content)
        assert headings_of(content, shape) == headings
        assert list(rows_below(content, shape)) == [(2, cells)]


def test_quotation_mark_that_nobody_closes_costs_its_own_line_only():
    content = b'a;b\n1;"kaks\nrida"\n2;"lahti\n3;tavaline\n4;toru 5" \n5;viimane\n'

    rows = dict(rows_of(content, Shape(encoding="utf-8", delimiter=";")))

    assert rows[2] == ["1", "kaks\nrida"]
    assert isinstance(rows[4], Unusable)
    assert rows[5] == ["3", "tavaline"]
    assert rows[6] == ["4", 'toru 5"']
    assert rows[7] == ["5", "viimane"]


def test_row_that_reading_cannot_make_sense_of_is_set_aside_with_a_reason():
    content = b"a;b\n1;\xff\xfe\n2;" + b"x" * 30_000 + b"\n3;hea\n"

    rows = dict(rows_of(content, Shape(encoding="utf-8", delimiter=";")))

    assert [rows[line].reason for line in (2, 3)] == ["not_readable", "too_long"]
    assert rows[4] == ["3", "hea"]


def test_every_heading_we_know_is_guessed_back_and_fits_one_field_only():
    for field, headings in HEADINGS.items():
        for heading in headings:
            assert guess_columns([heading]) == {0: field}, heading
    assert set(HEADINGS) == set(FIELDS)


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (
            ["Pöördumise nr", "Kuupäev", "Kellaaeg", "Kanal", "Teema", "Teenindaja", "Kliendi nimi", "Isikukood", "Telefon", "E-post", "Sisu", "Vastus", "Märkused"],
            ["old_number", "started_at", "started_time", "channel", "topic", "agent", "client_name", "personal_code", "phone", "email", "question", "answer", None],
        ),
        (
            ["Ticket ID", "Created at", "Closed at", "Via", "Category", "Assignee", "Requester", "Phone number", "Description", "Status"],
            ["old_number", "started_at", "ended_at", "channel", "topic", "agent", "client_name", "phone", "question", "outcome"],
        ),
        (
            ["Номер", "Дата обращения", "Канал связи", "Тема", "Специалист", "ФИО", "Личный код", "Телефон", "Вопрос", "Ответ"],
            ["old_number", "started_at", "channel", "topic", "agent", "client_name", "personal_code", "phone", "question", "answer"],
        ),
    ],
)  # fmt: skip
def test_columns_of_usual_tables_are_guessed(headings, fields):
    found = guess_columns(headings)

    assert [found.get(place) for place in range(len(headings))] == fields


@pytest.mark.parametrize(
    "cell",
    [
        "2019-02-03 10:30",
        "2019-02-03T10:30:00",
        "2019-02-03T08:30:00Z",
        "2019-02-03T10:30:00+02:00",
        "2019-02-03 03:30 -0500",
        "03.02.2019 10:30",
        "3.2.2019 kell 10.30",
        "03/02/2019 10:30:00",
        "3.2.19 10:30",
        "3. veebruar 2019 10:30",
        "3. veebr. 2019. a 10:30",
        "3 февраля 2019 г. 10:30",
        "3 Feb 2019 10:30",
        "Feb 3, 2019 10:30 AM",
        "1549182600",
        "1549182600000",
        "43499,4375",
        "43499.4375",
        dt.datetime(2019, 2, 3, 10, 30),
    ],
)
def test_moments_are_read_in_many_shapes(cell):
    assert moment(cell) == dt.datetime(2019, 2, 3, 8, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "clock", ["10:30", "10.30", "10:30:00", "10:30 AM", "0.4375", dt.time(10, 30)]
)
def test_time_of_day_may_stand_in_a_column_of_its_own(clock):
    assert moment("3.2.2019", clock) == dt.datetime(2019, 2, 3, 8, 30, tzinfo=dt.UTC)
    assert moment(dt.date(2019, 2, 3), clock) == dt.datetime(2019, 2, 3, 8, 30, tzinfo=dt.UTC)


def test_summer_time_and_another_zone_are_kept_to():
    assert moment("3.7.2019 10:30").hour == 7
    assert moment("3.7.2019 10:30", zone=ZoneInfo("UTC")).hour == 10
    # An hour that the clock skipped, and one that it showed twice, are still moments.
    assert moment("31.3.2019 03:30") == dt.datetime(2019, 3, 31, 1, 30, tzinfo=dt.UTC)
    assert moment("27.10.2019 03:30") == dt.datetime(2019, 10, 27, 0, 30, tzinfo=dt.UTC)


def test_order_of_day_and_month_is_seen_from_the_whole_column():
    assert guess_day_first(["01/02/2019", "02/13/2019"]) is False
    assert guess_day_first(["01.02.2019", "13.02.2019"]) is True
    assert guess_day_first(["01.02.2019"]) is True
    assert moment("02/03/2019", day_first=False).month == 2
    assert moment("13/02/2019", day_first=False).month == 2  # only one order makes it a day


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("eile", "not_a_date"),
        ("32.13.2019", "not_a_date"),
        ("29.02.2019", "not_a_date"),
        ("1.1.1900", "too_old"),
        ("24.11.2026", "in_the_future"),
        ("12", "not_a_date"),
        (dt.time(3, 4), "not_a_date"),
    ],
)
def test_what_is_no_moment_is_refused_with_a_reason(cell, reason):
    with pytest.raises(Unusable) as refused:
        moment(cell)

    assert (refused.value.reason, refused.value.field) == (reason, "started_at")


@pytest.mark.parametrize(
    ("field", "text", "ours"),
    [
        ("channel", "E-POST", "email"),
        ("channel", " telefonikõne ", "phone"),
        ("channel", "звонок", "phone"),
        ("channel", "tuvipost", ""),
        ("language", "Eesti keel", "et"),
        ("outcome", "Решено", "solved"),
        ("county", "Ida-Viru maakond", "Ida-Viru"),
        ("county", "Pärnumaa", "Pärnu"),
    ],
)
def test_words_of_other_systems_are_understood(field, text, ours):
    assert guess_value(field, text) == ours


def reading(*fields, of_clients=False):
    return Reading(
        columns={place: name for place, name in enumerate(fields) if name},
        zone=TALLINN,
        now=NOW,
        width=len(fields),
        of_clients=of_clients,
    )


def test_row_becomes_a_contact_and_a_client():
    row = read_row(
        7,
        ["A-12", "3.2.2019", "telefon", "Mari Maasikas", CODE, "5300 1234", f"Isik {CODE} küsib"],
        reading(
            "old_number",
            "started_at",
            "channel",
            "client_name",
            "personal_code",
            "phone",
            "question",
        ),
    )

    assert (row.line, row.key, row.old_number) == (7, "n:a-12", "A-12")
    assert row.values == {"channel": "telefon"}
    assert row.client["personal_code"] == CODE
    assert row.client["kind"] == "person"
    assert row.texts["question"] == "Isik 39001****** küsib"  # no code in clear outside its field


def test_rows_without_a_number_are_known_again_by_what_they_hold():
    how = reading("started_at", "question")

    one, same, other = (
        read_row(line, ["3.2.2019", text], how) for line, text in ((2, "a"), (9, "a"), (3, "b"))
    )

    assert one.key == same.key != other.key


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (["1", "", "", "Mari", "", ""], "no_date"),
        (["1", "3.2.2019", "2.2.2019", "Mari", "", ""], "ends_before_start"),
        (["1", "3.2.2019", "", "Mari", "39001010010", ""], "personal_code_not_valid"),
        (["1", "3.2.2019", "", "Mari", "", "12"], "registry_code_not_valid"),
        (["1", "3.2.2019", "", "Mari", CODE, "70008658"], "two_codes"),
        (["1", "3.2.2019", "", "Mari", "", "", "slipped"], "too_many_cells"),
    ],
)
def test_rows_that_cannot_be_used_say_why_and_tell_no_code(cells, reason):
    how = reading(
        "old_number", "started_at", "ended_at", "client_name", "personal_code", "registry_code"
    )

    with pytest.raises(Unusable) as refused:
        read_row(2, cells, how)

    assert refused.value.reason == reason
    assert "390010100" not in refused.value.shown


def test_codes_are_masked_wherever_a_preview_meets_them():
    assert masked_cell(CODE, "personal_code") == "39001******"
    assert masked_cell(CODE, "") == "39001******"
    assert masked_cell(f"kood {CODE}", "question") == "kood 39001******"
    assert masked_cell("AB123456", "personal_code") == "AB******"


def gate(content, name="vana.csv"):
    return check_upload(SimpleUploadedFile(name, content), allowed={CSV, XLSX})


def test_gate_lets_tables_in():
    assert gate(ESTONIAN.encode("cp1257")).content_type == CSV
    assert gate(ESTONIAN.encode("utf-16"), "vana.txt").content_type == CSV
    assert gate(b"ID;PWXL;N;E\n", "vana.csv").content_type == CSV  # begins like another format
    assert gate(workbook(["Nr"], [1]), "vana.xlsx").content_type == XLSX


def altered(content, changes):
    """The archive with some entries written over or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            after.writestr(name, changes.pop(name, None) or before.read(name))
        for name, text in changes.items():
            after.writestr(name, text)
    return out.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("vana.csv", b"\x00\x01\x02 not text"),
        ("vana.html", b"<table><tr><td>1</td></tr></table>"),
        ("vana.xlsx", b"PK\x03\x04 broken"),
        ("vana.csv", workbook(["Nr"])),
        ("vana.xlsx", altered(workbook(["Nr"]), {"xl/vbaProject.bin": b"x"})),
        ("vana.xlsx", altered(workbook(["Nr"]), {"xl/worksheets/sheet1.xml": LAUGHS})),
        ("vana.xlsx", altered(workbook(["Nr"]), {"xl/sharedStrings.xml": LAUGHS.decode().encode("utf-16")})),
        ("vana.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ],
)  # fmt: skip
def test_gate_keeps_hostile_and_broken_files_out(name, content):
    with pytest.raises(UploadRefused):
        gate(content, name)


def test_sheet_that_claims_a_row_far_below_is_read_to_its_filled_rows_only():
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Nr</t></is></c></row>'
        '<row r="999999999"><c r="A999999999"><v>1</v></c></row></sheetData></worksheet>'
    )
    content = altered(workbook(["Nr"], title="A"), {"xl/worksheets/sheet1.xml": sheet})

    assert list(rows_of(content, Shape(sheet="A"))) == [(1, ["Nr"])]


@given(st.binary(max_size=600))
def test_any_bytes_are_no_table_or_rows(content):
    with contextlib.suppress(NotATable):
        shape = guess_shape(content)
        for line, cells in rows_of(content, shape):
            how = reading("old_number", "started_at", "client_name", "personal_code", "question")
            with contextlib.suppress(Unusable):
                read_row(line, cells, how)


@given(st.text(max_size=60), st.sampled_from(ENCODINGS), st.sampled_from(";,\t|"))
def test_any_text_is_read_in_any_encoding_and_no_line_is_lost(text, encoding, delimiter):
    content = (text + "\nviimane;rida").encode(encoding, "ignore")

    rows = dict(rows_of(content, Shape(encoding=encoding, delimiter=delimiter)))

    assert rows
    assert all(line >= 1 for line in rows)


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_refused(text):
    with contextlib.suppress(Unusable):
        assert moment(text) <= NOW


@given(st.binary(max_size=300), st.integers(0, 4_000))
def test_damaged_workbook_is_no_table_or_rows(damage, place):
    whole = workbook(["Nr", "Aeg"], [1, dt.datetime(2019, 2, 3)])
    content = whole[: place % len(whole)] + damage + whole[place % len(whole) + len(damage) :]

    with contextlib.suppress(NotATable):
        list(rows_of(content, guess_shape(content)))


@pytest.mark.parametrize(
    ("ended", "minutes"),
    [("25.10.2026 3:50", 10), ("25.10.2026 3:10", 30), ("25.10.2026 4:10", 90)],
)
def test_of_the_hour_that_comes_twice_the_first_is_taken_unless_it_would_end_before_it_began(
    ended, minutes
):
    reading = Reading(columns={0: "started_at", 1: "ended_at"}, zone=TALLINN, now=NOW, width=2)

    row = read_row(1, ["25.10.2026 3:40", ended], reading)

    assert row.started_at == dt.datetime(2026, 10, 25, 0, 40, tzinfo=dt.UTC)  # in summer time
    assert row.ended_at - row.started_at == dt.timedelta(minutes=minutes)


def test_end_before_the_start_stays_one_on_every_other_day():
    reading = Reading(columns={0: "started_at", 1: "ended_at"}, zone=TALLINN, now=NOW, width=2)

    with pytest.raises(Unusable, match="ends_before_start"):
        read_row(1, ["24.10.2026 3:40", "24.10.2026 3:10"], reading)
