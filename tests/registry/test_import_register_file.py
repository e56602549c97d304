import datetime as dt
import json
import zipfile

import pytest
from django.core.management import call_command
from django.utils import timezone

from registry import actions
from registry.models import (
    CardPerson,
    FileKind,
    Organisation,
    OrganisationKey,
    RegisterImport,
    RepresentationRule,
    SeenCode,
)
from registry.open_data.generate import COLUMNS, card_object, organisations, write_files
from registry.queries import search_organisations
from registry.states import ImportState

pytestmark = pytest.mark.django_db
HEAD = ";".join(COLUMNS)
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


@pytest.fixture
def folder(tmp_path, settings):
    settings.REGISTER_FILES_DIR = tmp_path
    return tmp_path


def imported(path, *, made=None, batch=7):
    register_import = actions.request_import(path=path, by=None, at=NOON)
    if made:
        RegisterImport.objects.filter(pk=register_import.pk).update(made_at=made)
    return actions.import_register_file(
        import_id=register_import.pk, clock=timezone.now, batch=batch
    )


def basic_file(folder, *lines, name="basic.csv", head=HEAD):
    path = folder / name
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join([head, *lines, ""]).encode())
    return path


def line(code, name, status="R", **cells):
    values = {"nimi": name, "ariregistri_kood": code, "ettevotja_staatus": status, **cells}
    return ";".join(values.get(column, "") for column in COLUMNS)


def cards_file(folder, *records, name="cards.json"):
    path = folder / name
    path.write_text(json.dumps(list(records)))
    return path


def reasons(register_import):
    return [(bad.position, bad.reason) for bad in register_import.bad_records.order_by("position")]


def test_both_files_are_taken_over(folder):
    basic, cards = write_files(folder, 60, made=NOON)

    first, second = imported(basic), imported(cards)

    assert (first.state, first.added, first.set_aside) == (ImportState.DONE, 60, 0)
    assert (second.state, second.added, second.set_aside) == (ImportState.DONE, 60, 0)
    one = Organisation.objects.get(registry_code="19999928")
    assert (one.name, one.status, one.legal_form) == ("Ühisjõud OÜ", "R", "OÜ")
    assert one.ehak_code == "0298"
    assert one.first_entry_on == dt.date(2015, 6, 10)
    assert one.link.endswith("/company/19999928")
    assert [person.name for person in one.people.order_by("pk")] == ["Anu Proov", "Peeter Katse"]
    assert [rule.kind for rule in one.rules.filter(is_deviation=True)] == ["YHES"]
    assert SeenCode.objects.count() == 0
    assert search_organisations("uhisjoud") == [one]


def test_nothing_more_personal_than_name_role_and_dates_is_kept(folder):
    basic, cards = write_files(folder, 60, made=NOON)
    imported(basic)
    imported(cards)

    kept = json.dumps(list(CardPerson.objects.values()), default=str)

    assert "keegi@example.ee" not in kept
    assert "010170-12345" not in kept
    assert "Jānis" in json.loads(json.dumps(kept)) or "J\\u0101nis" in kept
    assert CardPerson.objects.filter(is_foreign=True, name="Jānis Paraugs").exists()
    assert CardPerson.objects.filter(is_legal_person=True).exclude(registry_code="").exists()
    assert not CardPerson.objects.filter(is_legal_person=False).exclude(registry_code="").exists()


def test_second_import_of_the_same_changes_nothing(folder):
    paths = write_files(folder, 40, made=NOON)
    for path in paths:
        imported(path)
    before = list(OrganisationKey.objects.order_by("pk").values_list("pk", flat=True))

    again = [imported(path) for path in paths]

    assert [(one.added, one.changed, one.unchanged) for one in again] == [(0, 0, 40)] * 2
    assert list(OrganisationKey.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_changed_record_replaces_what_was_known_of_it(folder):
    imported(basic_file(folder, line("19999905", "Vana Nimi OÜ"), line("19999911", "Teine OÜ")))

    newer = basic_file(
        folder, line("19999905", "Uus Nimi OÜ", "L"), line("19999911", "Teine OÜ"), name="b.csv"
    )
    result = imported(newer)

    assert (result.added, result.changed, result.unchanged) == (0, 1, 1)
    assert Organisation.objects.get(registry_code="19999905").status == "L"
    assert search_organisations("vana nimi") == []
    assert [one.name for one in search_organisations("uus")] == ["Uus Nimi OÜ"]


def test_search_keys_stay_where_the_name_stayed(folder):
    imported(basic_file(folder, line("19999905", "Üks Nimi OÜ")))
    before = list(OrganisationKey.objects.values_list("pk", flat=True))

    result = imported(basic_file(folder, line("19999905", "Üks Nimi OÜ", "L"), name="b.csv"))

    assert result.changed == 1
    assert list(OrganisationKey.objects.values_list("pk", flat=True)) == before


def test_command_takes_basic_data_before_cards_whatever_the_order_given(folder):
    paths = write_files(folder, count=6, made=NOON)

    call_command("import_register", *reversed(paths))

    done = RegisterImport.objects.order_by("finished_at")
    assert [one.kind for one in done] == [FileKind.BASIC, FileKind.CARDS]
    assert [one.changed for one in done] == [0, 0]


def test_changed_card_replaces_its_persons_and_rules(folder):
    joint = next(one for one in organisations(4) if one["code"] == "19999928")
    imported(cards_file(folder, card_object(joint)))
    joint["persons"], joint["deviations"] = joint["persons"][:1], []

    result = imported(cards_file(folder, card_object(joint), name="newer.json"))

    assert result.changed == 1
    assert CardPerson.objects.count() == 1
    assert not RepresentationRule.objects.filter(is_deviation=True).exists()


def test_card_newer_than_the_basic_data_makes_an_organisation_of_unknown_status(folder):
    case = next(iter(organisations(1)))

    imported(cards_file(folder, card_object(case)))

    one = Organisation.objects.get()
    assert (one.registry_code, one.status) == (case["code"], "")
    assert search_organisations(case["name"]) == [one]


def test_what_a_newer_complete_file_does_not_hold_is_marked_and_may_come_back(folder):
    kept, gone = line("19999905", "Jääja OÜ"), line("19999911", "Lahkuja OÜ")
    imported(basic_file(folder, kept, gone), made=NOON)

    later = imported(basic_file(folder, kept, name="2.csv"), made=NOON + dt.timedelta(days=1))
    assert later.missing == 1
    assert Organisation.objects.get(registry_code="19999911").missing_since == NOON + dt.timedelta(
        days=1
    )
    assert Organisation.objects.get(registry_code="19999905").missing_since is None

    imported(basic_file(folder, kept, gone, name="3.csv"), made=NOON + dt.timedelta(days=2))
    assert Organisation.objects.get(registry_code="19999911").missing_since is None


def test_file_much_shorter_than_the_last_marks_nothing_as_missing(folder):
    lines = [line(f"1999990{n}", f"Nimi {n}") for n in range(9)]
    imported(basic_file(folder, *lines), made=NOON)

    short = imported(basic_file(folder, *lines[:3], name="2.csv"), made=NOON + dt.timedelta(days=1))

    assert (short.state, short.reason) == (ImportState.DONE, "too_short_to_mark_missing")
    assert not Organisation.objects.filter(missing_since__isnull=False).exists()


@pytest.mark.parametrize("lines", [[], ["üks;kaks"], [line("", "Koodita OÜ")]])
def test_file_without_one_good_record_replaces_nothing(folder, lines):
    imported(basic_file(folder, line("19999905", "Jääja OÜ")), made=NOON)

    result = imported(basic_file(folder, *lines, name="2.csv"), made=NOON + dt.timedelta(days=1))

    assert (result.state, result.reason) == (ImportState.FAILED, "no_good_record")
    assert Organisation.objects.get().missing_since is None


def test_older_file_is_refused(folder):
    imported(basic_file(folder, line("19999905", "Uus OÜ")), made=NOON)

    result = imported(
        basic_file(folder, line("19999905", "Vana OÜ"), name="2.csv"),
        made=NOON - dt.timedelta(days=1),
    )

    assert (result.state, result.reason) == (ImportState.FAILED, "older_than_ours")
    assert Organisation.objects.get().name == "Uus OÜ"


def test_broken_lines_are_set_aside_with_line_and_reason(folder):
    path = basic_file(
        folder,
        line("19999905", "Esimene OÜ"),
        "liiga;vähe",
        line("abc", "Halb Kood OÜ"),
        line("19999911", ""),
        line("19999928", "Kuupäev OÜ", ettevotja_esmakande_kpv="31.02.2020"),
        line("19999934", "x" * 501),
        line("19999940", '"Jutumärk; mis ei lõpe OÜ'),
        line("19999957", "Viimane OÜ"),
    )
    path.write_bytes(path.read_bytes().replace(b"Halb Kood", b"Halb K\xff"))

    result = imported(path, batch=2)

    assert reasons(result) == [
        (3, "wrong_number_of_columns"),
        (4, "not_utf8"),
        (5, "no_name"),
        (6, "wrong_date"),
        (7, "too_long"),
        (8, "broken_quotes"),
    ]
    assert (result.state, result.set_aside, result.added) == (ImportState.DONE, 6, 2)


def test_quoted_names_with_semicolons_quotes_and_line_ends_are_read(folder):
    path = basic_file(
        folder,
        line("19999905", '"Semi;koolon ""Tsitaat"" OÜ"'),
        line("19999911", '"Kahe\r\nrea OÜ"'),
        line("19999928", "Õlu & Äke <Šäž> OÜ"),
    )

    imported(path)

    names = Organisation.objects.order_by("registry_code").values_list("name", flat=True)
    assert list(names) == ['Semi;koolon "Tsitaat" OÜ', "Kahe rea OÜ", "Õlu & Äke <Šäž> OÜ"]


def test_columns_are_found_by_name_whatever_their_order(folder):
    imported(
        basic_file(folder, "R;19999905;Ümber OÜ", head="ettevotja_staatus;ariregistri_kood;nimi")
    )

    assert Organisation.objects.get().name == "Ümber OÜ"


def test_broken_json_records_are_set_aside_with_their_number(folder):
    good = [json.dumps(card_object(case)) for case in organisations(3)]
    path = folder / "cards.json"
    path.write_text(
        "["
        + ",\n".join(
            [
                good[0],
                '{"ariregistri_kood": 19999997, "nimi": katki}',
                "17",
                '{"nimi": "Koodita"}',
                '{"ariregistri_kood": "19999996", "nimi": "Vale", "kaardile_kantud_isikud": "ei"}',
                good[1],
                '{"ariregistri_kood": "19999995", "nimi": "\\ud800"}',
                good[2],
            ]
        )
        + "]"
    )

    result = imported(path, batch=3)

    assert reasons(result) == [
        (2, "broken_json"),
        (3, "wrong_shape"),
        (5, "not_utf8"),
    ]
    assert (result.state, result.added) == (ImportState.DONE, 3)


def test_file_that_ends_early_fails_but_keeps_what_it_gave(folder):
    _basic, cards = write_files(folder, 30, zipped=False, made=NOON)
    content = cards.read_bytes()
    cards.write_bytes(content[: len(content) // 2])

    result = imported(cards, batch=5)

    assert (result.state, result.reason) == (ImportState.FAILED, "ends_early")
    assert Organisation.objects.count() == result.added > 0


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01", b"<ettevotjad/>", b"nimi;kood\n", b"PK\x03\x04rubbish"]
)
def test_what_is_no_open_data_is_refused_at_once(folder, content):
    path = folder / "x.bin"
    path.write_bytes(content)

    with pytest.raises(actions.FileNotAccepted):
        actions.request_import(path=path, by=None, at=NOON)


def test_zip_with_two_members_is_refused(folder):
    path = folder / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "nimi;ariregistri_kood;ettevotja_staatus\n")
        archive.writestr("b.csv", "x")

    with pytest.raises(actions.FileNotAccepted):
        actions.request_import(path=path, by=None, at=NOON)


def test_file_outside_the_folder_is_refused(folder, tmp_path_factory):
    path = basic_file(tmp_path_factory.mktemp("elsewhere"), line("19999905", "Mujal OÜ"))

    with pytest.raises(actions.FileOutsideFolder):
        actions.request_import(path=path, by=None, at=NOON)


def test_import_goes_on_where_a_killed_worker_left_it(folder, monkeypatch):
    basic, _cards = write_files(folder, 50, made=NOON)
    register_import = actions.request_import(path=basic, by=None, at=NOON)
    written = []

    class Killed(BaseException):
        pass

    def clock():
        written.append(1)
        if len(written) == 4:
            raise Killed
        return NOON

    with pytest.raises(Killed):
        actions.import_register_file(import_id=register_import.pk, clock=clock, batch=10)
    register_import.refresh_from_db()
    assert (register_import.state, register_import.added) == (ImportState.RUNNING, 20)

    # The lease still holds: another worker leaves it alone; once it has run out, it goes on.
    actions.import_register_file(import_id=register_import.pk, clock=lambda: NOON, batch=10)
    assert RegisterImport.objects.get().added == 20
    later = NOON + dt.timedelta(minutes=10)
    assert list(RegisterImport.objects.abandoned(later)) == [register_import]
    done = actions.import_register_file(import_id=register_import.pk, clock=lambda: later, batch=10)

    assert (done.state, done.added, done.unchanged) == (ImportState.DONE, 50, 0)
    assert Organisation.objects.count() == 50


def test_file_that_was_exchanged_in_between_is_not_gone_on_with(folder):
    path = basic_file(folder, line("19999905", "Üks OÜ"))
    register_import = actions.request_import(path=path, by=None, at=NOON)
    RegisterImport.objects.filter(pk=register_import.pk).update(sha256="0" * 64)

    result = actions.import_register_file(import_id=register_import.pk, clock=timezone.now)

    assert (result.state, result.reason) == (ImportState.FAILED, "file_changed")


def test_finished_import_is_not_done_twice(folder):
    register_import = imported(basic_file(folder, line("19999905", "Üks OÜ")))

    again = actions.import_register_file(import_id=register_import.pk, clock=timezone.now)

    assert (again.state, again.added) == (ImportState.DONE, 1)


def test_generated_files_have_the_true_form(folder):
    basic, cards = write_files(folder, 400, zipped=False, made=NOON)

    raw = basic.read_bytes()
    people = [
        person
        for record in json.loads(cards.read_text())
        for person in record["kaardile_kantud_isikud"]
    ]
    assert raw.startswith(b"\xef\xbb\xbfnimi;ariregistri_kood;")
    assert {";K;"} & set(raw.decode().split()) == set()
    assert {person["lopp_kpv"] for person in people} == {None, ""}
    natural = [person for person in people if person["isiku_tyyp"] == "F"]
    assert {person["isikukood_registrikood"] for person in natural} == {None}
    assert any(person["isikukood_hash"] is None for person in natural)
    assert {"FIE", "JUHL", "KISIK"} <= {person["isiku_roll"] for person in people}
