import datetime as dt
import os
import signal

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from accounts.models import AccessEntry
from clients.actions import add_contact_point, create_client
from clients.models import Client, ClientKey, ContactPoint
from clients.queries import find_clients
from common.models import Event, OutgoingMail, StoredFile
from common.states import MoveNotAllowed
from inquiries import actions
from inquiries.models import Inquiry, PastClient, PastImport, PastInquiry, PastValue
from inquiries.queries import matching, steps_of
from inquiries.states import InquiryState, PastImportState
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import CorrectionFactory, InquiryFactory
from tests.factories.knowledge import TopicFactory
from tests.inquiries.past_tables import (
    CODE,
    NOON,
    imported,
    line,
    received,
    table,
    tried,
    undone,
    worked,
)
from tests.two_processes import FORK, at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def coordinator(media):
    return UserFactory(role="coordinator", first_name="Kadri", last_name="Lepp")


def counts(past_import):
    return {
        name: getattr(past_import, name)
        for name in ("rows", "made", "already", "set_aside", "clients_made", "clients_known", "without_client")
    }  # fmt: skip


def aside(past_import):
    return [(one.line, one.reason, one.shown) for one in past_import.rows_aside.all()]


def test_trial_says_what_would_come_of_it_and_writes_nothing(coordinator):
    ClientFactory(first_name="Mari", last_name="Maasikas", phone="5300 1234")
    content = table(
        line("A1", Klient="Mari Maasikas", Telefon="53001234"),
        line("A2", Klient="Uus Inimene", Telefon="5300 9999", Kanal="tuvipost"),
        line("A3", Klient="Inimene Uus", Telefon="+372 5300 9999"),
        line("A4", Klient="Nimi Üksi"),
        line("A5", day="eile"),
        line("A1", day="4.2.2019"),
        line("A6", Klient="Vale Kood", Isikukood="39001010010"),
    )

    past_import = tried(received(content, by=coordinator), by=coordinator)

    assert past_import.state == PastImportState.TRIED
    assert counts(past_import) == {
        "rows": 7,
        "made": 4,
        "already": 0,
        "set_aside": 3,
        "clients_made": 1,
        "clients_known": 1,
        "without_client": 1,
    }
    assert aside(past_import) == [
        (6, "not_a_date", "eile"),
        (7, "number_twice", "A1"),
        (8, "personal_code_not_valid", ""),
    ]
    words = {(one.field, one.text): (one.count, one.ours) for one in PastValue.objects.all()}
    assert words == {("channel", "telefon"): (3, "phone"), ("channel", "tuvipost"): (1, "")}
    assert (Inquiry.objects.count(), Client.objects.count(), PastInquiry.objects.count()) == (
        0,
        1,
        0,
    )


def test_what_the_trial_counted_the_run_makes(coordinator):
    topic = TopicFactory(name_et="Kaevud")
    other = UserFactory(first_name="Peeter", last_name="Katse")
    content = table(
        line("A1", Teema="kaevud", Teenindaja="Katse, Peeter", Klient="Mari Maasikas", Isikukood=CODE, Telefon="5300 1234", **{"E-post": "Mari@Example.ee"}, Vastus="Tohib."),
        line("A2", day="4.7.2020 09:00", Klient="Mari Maasikas", Isikukood=CODE),
        line("A3", Klient="Näide OÜ", Telefon="6625999", Teenindaja="Keegi Lahkunud"),
        line("A4", Klient="Nimi Üksi", Kanal="e-post"),
    )  # fmt: skip
    trial = counts(tried(received(content, by=coordinator), by=coordinator))

    past_import = worked(
        actions.request_past_import(past_import=PastImport.objects.get(), by=coordinator, at=NOON)
    )

    assert past_import.state == PastImportState.DONE
    assert counts(past_import) == trial
    one, two, three, four = Inquiry.objects.order_by("past__old_number")
    mari = Client.objects.get(personal_code_hash__gt="")
    assert (one.started_at, one.number) == (
        dt.datetime(2019, 2, 3, 8, 30, tzinfo=dt.UTC),
        "P-2019-000001",
    )
    assert (one.topic, one.main_topic, one.agent, one.client) == (topic, topic.parent, other, mari)
    assert (one.state, one.outcome, one.channel) == (InquiryState.CLOSED, "solved", "phone")
    assert (one.answer, one.caller_number) == ("Tohib.", "+3725300123" + "4")
    assert (two.client, two.number, two.state_since) == (mari, "P-2020-000001", two.started_at)
    assert (three.client.kind, three.agent, three.past.old_agent) == (
        "organisation",
        coordinator,
        "Keegi Lahkunud",
    )
    assert (four.client, four.past.client_text, four.channel) == (None, "Nimi Üksi", "email")
    assert (mari.personal_code, mari.name, mari.first_name) == (CODE, "Mari Maasikas", "")
    assert set(mari.contact_points.values_list("value", flat=True)) == {
        "+37253001234",
        "mari@example.ee",
    }


def test_personal_code_stands_in_no_column_but_the_encrypted_one(coordinator):
    imported(
        table(line("A1", Klient="Mari Maasikas", Isikukood=CODE, Küsimus=f"Minu kood on {CODE}.")),
        by=coordinator,
    )

    holding = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')
            holding += [name for row in cursor.fetchall() if CODE in str(row)]
    files = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert holding == []
    assert len(files) == 1
    assert CODE.encode() not in files[0].read_bytes()
    assert Inquiry.objects.get().question == "Minu kood on 39001******."


def test_imported_inquiries_are_found_by_the_old_number_and_by_their_client(coordinator):
    imported(table(line("ABC-2019/77", Klient="Mari Maasikas", Telefon="53001234")), by=coordinator)
    inquiry = Inquiry.objects.get()
    today = timezone.localdate(NOON)

    for text in ("ABC-2019/77", "abc 2019 77", "Mari Maasikas", "53001234"):
        found = matching(Inquiry.objects.all(), text, by=coordinator, today=today)
        assert list(found) == [inquiry], text
    other = matching(Inquiry.objects.all(), "ABC-2019/78", by=coordinator, today=today)
    assert list(other) == []
    assert [found.client for found in find_clients("maasikas", by=coordinator)] == [inquiry.client]


def test_imported_inquiry_has_one_version_that_says_so_and_nobody_is_written_to(coordinator):
    imported(
        table(line("A1", Klient="Mari Maasikas", **{"E-post": "mari@example.ee"})), by=coordinator
    )
    inquiry = Inquiry.objects.get()

    assert [(step.what, step.by, step.at) for step in steps_of(inquiry)] == [
        ("Imporditud vanemast süsteemist", coordinator, NOON)
    ]
    assert (
        inquiry.client.history.count() == inquiry.client.contact_points.get().history.count() == 1
    )
    assert (OutgoingMail.objects.count(), Event.objects.count()) == (0, 0)
    assert list(Inquiry.objects.open()) == []


def test_second_import_of_the_same_source_brings_only_what_is_new(coordinator):
    first = [line("A1", Klient="Mari Maasikas", Telefon="53001234"), line("", Küsimus="Numbrita")]
    imported(table(*first), by=coordinator)

    again = imported(table(*first, line("A2")), by=coordinator)
    other = imported(table(line("A1")), by=coordinator, source="Teine süsteem")

    assert (again.made, again.already, again.clients_made) == (1, 2, 0)
    assert (other.made, other.already) == (1, 0)
    assert (Inquiry.objects.count(), Client.objects.count()) == (4, 1)


def test_client_is_known_by_code_then_by_contact_and_name(coordinator):
    by_code = create_client(
        kind="person", first_name="Vana", last_name="Nimi", personal_code=CODE, by=None, at=NOON
    )
    family = ClientFactory(first_name="Jüri", last_name="Tamm", phone="5300 1111")
    content = table(
        line("A1", Klient="Uus Nimi", Isikukood=CODE),
        line("A2", Klient="Jüri Tamm", Telefon="53001111"),
        line("A3", Klient="Kati Tamm", Telefon="53001111"),
        line("A4", Telefon="53001111"),
        line("A5", Klient="Jüri Tamm", Telefon="53001111", Isikukood="48006060013"),
    )

    imported(content, by=coordinator)

    found = dict(Inquiry.objects.values_list("past__old_number", "client"))
    kati = Client.objects.get(name="Kati Tamm")
    assert found["A1"] == by_code.pk
    assert found["A2"] == family.pk
    assert found["A3"] == kati.pk
    assert found["A4"] is None  # two people share the number
    assert by_code.history.count() == 1  # a card that was there is not changed


def test_what_people_choose_for_words_holds_in_the_next_trial_and_in_a_profile(coordinator):
    past_import = tried(
        received(table(line("A1", Kanal="tuvipost"), line("A2", Kanal="?")), by=coordinator),
        by=coordinator,
        fallbacks={"channel": ""},
    )
    assert aside(past_import) == [
        (2, "unknown_channel", "tuvipost"),
        (3, "unknown_channel", "?"),
    ]
    pigeon = past_import.values.get(text="tuvipost")

    actions.match_past_values(
        past_import=past_import,
        matches={pigeon.pk: "post", past_import.values.get(text="?").pk: "no such"},
        by=coordinator,
        at=NOON,
    )
    past_import = worked(past_import)

    assert (past_import.made, aside(past_import)) == (1, [(3, "unknown_channel", "?")])
    profile = actions.save_past_profile(
        past_import=past_import, name="Vana", by=coordinator, at=NOON
    )
    next_one = received(table(line("B1", Kanal="Tuvipost")), by=coordinator, profile=profile)
    assert tried(next_one, by=coordinator).made == 1


@pytest.mark.parametrize(
    ("columns", "refusal"),
    [
        ({"0": "old_number"}, actions.ColumnMissing),
        ({"0": "started_at", "1": "started_at"}, actions.ColumnTwice),
    ],
)
def test_columns_that_make_no_inquiry_are_refused(coordinator, columns, refusal):
    past_import = received(table(line("A1")), by=coordinator)

    with pytest.raises(refusal):
        tried(past_import, by=coordinator, columns=columns)


def test_list_of_clients_makes_cards_only(coordinator):
    ClientFactory(first_name="Mari", last_name="Maasikas", email="mari@example.ee")
    head = ["Kliendi number", "Nimi", "Registrikood", "E-post", "Telefon"]
    content = table(
        ["1", "Mari Maasikas", "", "mari@example.ee", ""],
        ["2", "Näide OÜ", "70008658", "", ""],
        ["3", "Ainult Nimi", "", "", ""],
        ["4", "", "", "x@example.ee", ""],
        ["5", "Vale Telefon", "", "", "53"],
        ["6", "Vale Telefon", "", "", "123456789012345"],
        head=head,
    )

    done = imported(content, by=coordinator, holds="clients")
    again = imported(content, by=coordinator, holds="clients")

    assert (done.clients_made, done.clients_known, Inquiry.objects.count()) == (3, 1, 0)
    assert aside(done) == [(5, "no_name", ""), (7, "phone_not_valid", "123456789012345")]
    assert (again.clients_made, again.already) == (0, 3)
    assert Client.objects.count() == 4


def test_import_is_not_run_before_it_was_tried_nor_twice(coordinator):
    past_import = received(table(line("A1")), by=coordinator)
    with pytest.raises(MoveNotAllowed):
        actions.request_past_import(past_import=past_import, by=coordinator, at=NOON)

    done = imported(table(line("A1")), by=coordinator)
    worked(done)

    assert Inquiry.objects.count() == 1
    with pytest.raises(MoveNotAllowed):
        tried(done, by=coordinator)


class Killed(BaseException):
    pass


def killed_at(times, at=NOON):
    calls = []

    def clock():
        calls.append(1)
        if len(calls) == times:
            raise Killed
        return at

    return clock


def test_run_and_undo_go_on_where_a_killed_worker_left_them(coordinator):
    lines = [
        line(f"A{number}", Klient=f"Isik {number}", Telefon=f"5300 1{number:03}")
        for number in range(10)
    ]
    past_import = tried(received(table(*lines), by=coordinator), by=coordinator)
    actions.request_past_import(past_import=past_import, by=coordinator, at=NOON)

    with pytest.raises(Killed):
        worked(past_import, clock=killed_at(5))
    assert (Inquiry.objects.count(), Client.objects.count()) == (6, 6)
    worked(past_import)  # the lease still holds
    assert Inquiry.objects.count() == 6
    later = NOON + dt.timedelta(minutes=10)
    assert list(PastImport.objects.abandoned(later)) == [past_import]
    done = worked(past_import, clock=lambda: later)

    assert (done.state, done.made, done.clients_made) == (PastImportState.DONE, 10, 10)
    assert Inquiry.objects.count() == PastInquiry.objects.count() == Client.objects.count() == 10

    actions.request_past_undo(past_import=done, takes_changed=False, by=coordinator, at=later)
    with pytest.raises(Killed):
        worked(done, clock=killed_at(3, later))
    assert 0 < Inquiry.objects.count() < 10
    last = later + dt.timedelta(minutes=10)
    over = worked(done, clock=lambda: last)

    assert (over.state, over.taken_back, over.clients_taken_back) == (
        PastImportState.UNDONE,
        10,
        10,
    )
    assert Inquiry.objects.count() == Client.objects.count() == 0


def test_undo_leaves_no_trace_of_what_nobody_touched(coordinator):
    done = imported(
        table(line("A1", Klient="Mari Maasikas", Telefon="53001234"), line("A2")), by=coordinator
    )

    over = undone(done, by=coordinator)

    assert (over.state, over.taken_back, over.clients_taken_back) == (PastImportState.UNDONE, 2, 1)
    for model in (Inquiry, Inquiry.history.model, Client, Client.history.model, ContactPoint, ContactPoint.history.model, ClientKey, PastInquiry, PastClient):  # fmt: skip
        assert model.objects.count() == 0, model
    assert list(AccessEntry.objects.order_by("pk").values_list("what", flat=True)) == [
        "inquiry.import",
        "inquiry.import_run",
        "inquiry.import_undo",
    ]
    assert imported(table(line("A1")), by=coordinator).made == 1  # the number is free again


def test_undo_keeps_what_was_touched_and_used_and_says_why(coordinator):
    done = imported(
        table(
            line("A1", Klient="Muudetud Mees", Telefon="5300 0001"),
            line("A2", Klient="Parandatud Naine", Telefon="5300 0002"),
            line("A3", Klient="Kasutatud Klient", Telefon="5300 0003"),
            line("A4", Klient="Uue Numbriga", Telefon="5300 0004"),
            line("A5", Klient="Puutumata", Telefon="5300 0005"),
        ),
        by=coordinator,
    )
    one = Inquiry.objects.get(past__old_number="A1")
    actions.reopen_inquiry(inquiry=one, by=coordinator, at=NOON)
    CorrectionFactory(inquiry=Inquiry.objects.get(past__old_number="A2"))
    used = Inquiry.objects.get(past__old_number="A3").client
    fresh = ClientFactory()
    InquiryFactory(client=used)
    add_contact_point(
        client=Client.objects.get(name="Uue Numbriga"), kind="phone", value="53009999",
        by=coordinator, at=NOON + dt.timedelta(hours=1),
    )  # fmt: skip

    over = undone(done, by=coordinator)

    kept = dict(PastInquiry.objects.values_list("old_number", "kept_because"))
    assert kept == {"A1": "changed", "A2": "used"}
    names = set(Client.objects.exclude(pk=fresh.pk).values_list("name", flat=True))
    assert names == {"Muudetud Mees", "Parandatud Naine", "Kasutatud Klient", "Uue Numbriga"}
    assert (over.taken_back, over.clients_taken_back) == (3, 1)


def test_undo_takes_the_changed_ones_too_where_the_person_chooses(coordinator):
    done = imported(table(line("A1"), line("A2")), by=coordinator)
    actions.reopen_inquiry(
        inquiry=Inquiry.objects.get(past__old_number="A1"), by=coordinator, at=NOON
    )
    CorrectionFactory(inquiry=Inquiry.objects.get(past__old_number="A2"))

    over = undone(done, by=coordinator, takes_changed=True)

    assert over.taken_back == 1
    assert list(PastInquiry.objects.values_list("old_number", "kept_because")) == [("A2", "used")]


def test_column_of_running_text_is_not_taken_for_choices(coordinator):
    lines = [line(f"A{number}", Teenindaja=f"Pikk jutt {number}") for number in range(1_005)]

    past_import = tried(received(table(*lines), by=coordinator), by=coordinator, batch=500)

    assert (past_import.state, past_import.reason) == (PastImportState.FAILED, "too_many_values")
    mended = {place: name for place, name in past_import.columns.items() if name != "agent"}
    assert tried(past_import, by=coordinator, columns=mended, batch=500).made == 1_005


def test_file_goes_when_its_time_is_over(coordinator):
    done = imported(table(line("A1")), by=coordinator)

    assert actions.forget_past_files(at=NOON + dt.timedelta(days=29)) == 0
    assert actions.forget_past_files(at=NOON + dt.timedelta(days=31)) == 1

    done.refresh_from_db()
    assert (done.file, StoredFile.objects.count()) == (None, 0)
    assert Inquiry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_source_at_the_same_moment_bring_each_number_once(coordinator):
    lines = [
        line(f"A{number}", Klient=f"Isik {number}", Telefon=f"5300 2{number:03}")
        for number in range(20)
    ]
    owed = []
    for _ in range(2):
        past_import = tried(received(table(*lines), by=coordinator), by=coordinator)
        owed.append(actions.request_past_import(past_import=past_import, by=coordinator, at=NOON))

    def run(pk):
        return lambda: actions.work_on_past_import(import_id=pk, clock=lambda: NOON, batch=4).made

    made = at_once(*(run(past_import.pk) for past_import in owed))

    assert sum(made) == 20
    assert Inquiry.objects.count() == Client.objects.count() == 20
    numbers = set(Inquiry.objects.values_list("number", flat=True))
    assert numbers == {f"P-2019-{number:06d}" for number in range(1, 21)}


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_work_on_one_import(coordinator):
    past_import = tried(
        received(table(*(line(f"A{n}") for n in range(9))), by=coordinator), by=coordinator
    )
    actions.request_past_import(past_import=past_import, by=coordinator, at=NOON)

    def run():
        return actions.work_on_past_import(
            import_id=past_import.pk, clock=lambda: NOON, batch=2
        ).state

    at_once(run, run)

    assert (PastImport.objects.get().made, Inquiry.objects.count()) == (9, 9)


@pytest.mark.django_db(transaction=True)
def test_process_killed_by_the_system_loses_the_batch_in_hand_only(coordinator):
    lines = [
        line(f"A{number}", Klient=f"Isik {number}", Telefon=f"5300 3{number:03}")
        for number in range(40)
    ]
    past_import = tried(received(table(*lines), by=coordinator), by=coordinator)
    actions.request_past_import(past_import=past_import, by=coordinator, at=NOON)
    pk = past_import.pk
    connections.close_all()

    def run():
        ticks = []

        def clock():
            ticks.append(1)
            if len(ticks) == 6:
                os.kill(os.getpid(), signal.SIGKILL)
            return NOON

        actions.work_on_past_import(import_id=pk, clock=clock, batch=5)

    worker = FORK.Process(target=run)
    worker.start()
    worker.join(60)

    assert worker.exitcode == -signal.SIGKILL
    halfway = PastImport.objects.get(pk=pk)
    assert (halfway.state, halfway.made) == (PastImportState.RUNNING, Inquiry.objects.count())
    assert 0 < halfway.made < 40
    later = NOON + dt.timedelta(minutes=10)
    done = actions.work_on_past_import(import_id=pk, clock=lambda: later, batch=5)
    assert (done.state, done.made, done.clients_made) == (PastImportState.DONE, 40, 40)
    assert Inquiry.objects.count() == Client.objects.count() == PastInquiry.objects.count() == 40
