"""Files of call records: five kinds of exchange, read by profiles that are data."""

import copy
import datetime as dt
import os
import signal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from inquiries import actions
from inquiries.actions.request_call_import import RecordsNotAccepted
from inquiries.call_records import Profile, ProfileNotValid
from inquiries.models import BadCallRecord, CallImport, CallRecord, CallRecordProfile, PhoneCall
from registry.states import ImportState
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import (
    CallRecordProfileFactory,
    InquiryFactory,
    PhoneCallFactory,
    PhoneLineFactory,
    seeded,
)
from tests.two_processes import FORK

FILES = Path(__file__).parent / "call_records"
SUFFIX = {"asterisk-queue-log": "txt"}
TEN = dt.datetime(2026, 11, 16, 8, tzinfo=dt.UTC)  # ten o'clock in Tallinn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shipped_profiles(db):
    """They come with the migrations; a test that commits for real leaves none behind."""
    for code in EXPECTED:
        if not CallRecordProfile.objects.filter(code=code).exists():
            CallRecordProfileFactory(code=code, layout=seeded(code))


@pytest.fixture
def mari():
    return UserFactory(role="specialist", extension="5902")


@pytest.fixture
def jaan():
    return UserFactory(role="specialist", extension="5903")


@pytest.fixture
def line():
    return PhoneLineFactory()


def file_of(code):
    return FILES / f"{code}.{SUFFIX.get(code, 'csv')}"


def take_over(code, line, path=None, **more):
    asked = actions.request_call_import(
        path=path or file_of(code),
        line=line,
        profile=CallRecordProfile.objects.get(code=code),
        by=None,
        at=timezone.now(),
        is_hurried=False,
    )
    return actions.import_call_records(import_id=asked.pk, clock=timezone.now, **more)


def told(call):
    return (
        call.number,
        call.direction,
        call.rang_at and (call.rang_at - TEN).total_seconds(),
        call.answered_at and (call.answered_at - TEN).total_seconds(),
        call.ended_at and (call.ended_at - TEN).total_seconds(),
        call.agent and call.agent.extension,
        call.is_missed,
    )


ANSWERED = ("+37253001234", "in", 0, 12, 240, "5902", False)
MISSED = ("+37253001235", "in", 300, None, 340, None, True)
OUTGOING = ("+37253001237", "out", 1200, 1209, 1260, "5902", False)
EXPECTED = {
    "asterisk-cdr": [
        ANSWERED,
        MISSED,
        ("+37253001236", "in", 600, 625, 720, "5903", False),
        OUTGOING,
    ],
    "asterisk-queue-log": [ANSWERED, MISSED],
    # 3CX tells when the queue took the call, not when a person did.
    "3cx": [("+37253001234", "in", 0, 0, 240, "5902", False), MISSED, OUTGOING],
    "cucm": [ANSWERED, MISSED, OUTGOING],
    "zammad": [ANSWERED, MISSED, OUTGOING],
}
BAD = {
    "asterisk-cdr": [(7, "moment"), (8, "broken_quotes"), (9, "ends_before_start")],
    "asterisk-queue-log": [(9, "moment"), (10, "wrong_number_of_columns")],
    "3cx": [(5, "moment")],
    "cucm": [(7, "moment"), (8, "no_call_id")],
    "zammad": [(10, "moment"), (11, "unknown_event")],
}


@pytest.mark.parametrize("code", EXPECTED)
def test_calls_come_out_of_the_records_and_bad_rows_are_set_aside_with_their_lines(
    code, line, mari, jaan
):
    done = take_over(code, line)

    assert [told(call) for call in PhoneCall.objects.order_by("rang_at")] == EXPECTED[code]
    assert list(BadCallRecord.objects.values_list("position", "reason")) == BAD[code]
    assert (done.state, done.set_aside) == (ImportState.DONE, len(BAD[code]))


@pytest.mark.parametrize("code", EXPECTED)
def test_same_file_again_changes_nothing(code, line, mari, jaan):
    first = take_over(code, line)
    before = list(PhoneCall.objects.values())

    again = take_over(code, line)

    assert (again.added, again.unchanged) == (0, first.added)
    assert list(PhoneCall.objects.values()) == before


@pytest.mark.parametrize("batch", [1, 2, 3])
def test_legs_of_a_call_in_different_batches_make_the_same_call(line, mari, jaan, batch):
    take_over("asterisk-cdr", line, batch=batch)

    found = [told(call) for call in PhoneCall.objects.order_by("rang_at")]
    assert found == EXPECTED["asterisk-cdr"]


def test_legs_in_any_order_make_the_same_call(line, mari, jaan, tmp_path):
    rows = file_of("asterisk-cdr").read_text().splitlines()
    turned = tmp_path / "turned.csv"
    turned.write_text("\n".join(reversed(rows)))

    take_over("asterisk-cdr", line, turned)

    found = [told(call) for call in PhoneCall.objects.order_by("rang_at")]
    assert found == EXPECTED["asterisk-cdr"]


def asterisk_row(*, desk, said, start, answer, end, sequence=None):
    """Two desks that ring for one call have the same uniqueid; newer files number their rows."""
    row = (
        f'"","53001234","6625900","from-trunk","x","PJSIP/trunk-1","PJSIP/{desk}","Queue","k",'
        f'"{start}","{answer}","{end}",60,48,"{said}","DOCUMENTATION","1794816000.1",""'
    )
    return f'{row},"","1794816000.1",{sequence}' if sequence else row


@pytest.mark.parametrize("is_numbered", [True, False])
def test_desks_that_ring_at_once_are_legs_of_their_own(line, mari, jaan, tmp_path, is_numbered):
    start, end = "2026-11-16 10:00:00", "2026-11-16 10:01:00"
    rows = [
        asterisk_row(
            desk=f"{desk}-0000000{place}",
            said=said,
            start=start,
            answer=answer,
            end=end,
            sequence=place if is_numbered else None,
        )
        for place, (desk, said, answer) in enumerate(
            [("5902", "NO ANSWER", ""), ("5903", "ANSWERED", "2026-11-16 10:00:12")], start=1
        )
    ]
    path = tmp_path / "Master.csv"
    path.write_text("\n".join(rows), encoding="utf-8")

    first = take_over("asterisk-cdr", line, path)
    again = take_over("asterisk-cdr", line, path)

    assert (first.added, again.added, again.unchanged) == (2, 0, 2)
    assert told(PhoneCall.objects.get()) == ("+37253001234", "in", 0, 12, 60, "5903", False)


def test_call_goes_on_through_the_hour_that_the_clock_passes_twice(line, mari, tmp_path):
    path = tmp_path / "Master.csv"
    path.write_text(
        asterisk_row(
            desk="5902-1",
            said="ANSWERED",
            start="2026-10-25 03:59:50",
            answer="2026-10-25 03:00:05",
            end="2026-10-25 03:10:00",
        ),
        encoding="utf-8",
    )

    take_over("asterisk-cdr", line, path)

    call = PhoneCall.objects.get()
    assert call.answered_at - call.rang_at == dt.timedelta(seconds=15)
    assert call.ended_at - call.rang_at == dt.timedelta(seconds=610)


def test_file_that_names_some_columns_but_not_the_needed_ones_is_refused(line, tmp_path):
    path = tmp_path / "cdr_cluster_01"
    path.write_text("globalCallID_callManagerId,pkid\nINTEGER,VARCHAR\n1,2\n", encoding="utf-8")

    with pytest.raises(RecordsNotAccepted):
        take_over("cucm", line, path)


def test_queue_log_tells_of_the_wait_that_the_records_do_not(line, mari, jaan):
    take_over("asterisk-cdr", line)
    take_over("asterisk-queue-log", line)

    calls = {call.number: call for call in PhoneCall.objects.all()}
    assert calls["+37253001234"].waited_seconds == 12
    assert (calls["+37253001235"].waited_seconds, calls["+37253001235"].is_missed) == (40, True)
    assert len(calls) == 4


def test_raw_rows_are_kept_good_ones_and_bad_ones(line, mari, jaan):
    take_over("cucm", line)

    assert '1,2,121,1,1794816000,"53001234"' in CallRecord.objects.get(leg="aaaa-1").raw
    assert "soon" in BadCallRecord.objects.get(position=7).raw


def test_record_joins_the_call_that_events_told_of(line, mari):
    heard = PhoneCallFactory(
        line=line,
        call_id="another-name",
        number="+37253001234",
        rang_at=TEN + dt.timedelta(seconds=3),
        agent=mari,
        heard_rang_at=TEN + dt.timedelta(seconds=3),
    )

    take_over("asterisk-cdr", line)
    take_over("asterisk-queue-log", line)

    heard.refresh_from_db()
    assert told(heard) == ANSWERED
    assert heard.heard_rang_at == TEN + dt.timedelta(seconds=3)
    assert (heard.call_id, heard.record_id) == ("another-name", "1794816000.1")
    assert PhoneCall.objects.filter(number="+37253001234").count() == 1


def test_call_of_another_exchange_or_another_minute_is_not_the_same(line, mari):
    PhoneCallFactory(number="+37253001234", rang_at=TEN)
    PhoneCallFactory(line=line, number="+37253001234", rang_at=TEN + dt.timedelta(minutes=1))

    take_over("asterisk-cdr", line)

    assert PhoneCall.objects.filter(number="+37253001234").count() == 3


def test_recording_goes_to_the_inquiry_of_its_call(line, mari, settings):
    settings.RECORDING_DAYS = 60
    inquiry = InquiryFactory(
        agent=mari, caller_number="+37253001234", started_at=TEN + dt.timedelta(seconds=12)
    )
    take_over("asterisk-cdr", line)

    actions.match_calls(at=TEN + dt.timedelta(hours=1))

    inquiry.refresh_from_db()
    assert inquiry.recording_reference == "rec/1794816000.1.wav"
    assert inquiry.recording_expires_on == dt.date(2027, 1, 15)
    assert inquiry.history.filter(history_change_reason="recording_came").count() == 1


def test_file_of_something_else_is_refused_before_anything_is_owed(line, tmp_path):
    letter = tmp_path / "letter.csv"
    letter.write_bytes(b"%PDF-1.7\n\x00\xff" * 50)

    with pytest.raises(RecordsNotAccepted):
        take_over("asterisk-cdr", line, letter)

    assert not CallImport.objects.exists()


def test_file_without_the_profiles_columns_is_refused(line):
    with pytest.raises(RecordsNotAccepted):
        take_over("cucm", line, file_of("zammad"))


def test_file_that_vanished_ends_as_failed_and_is_gone_on_with_when_it_is_back(
    line, mari, jaan, tmp_path
):
    path = tmp_path / "cdr.csv"
    path.write_text(file_of("asterisk-cdr").read_text())
    asked = actions.request_call_import(
        path=path,
        line=line,
        profile=CallRecordProfile.objects.get(code="asterisk-cdr"),
        by=None,
        at=timezone.now(),
        is_hurried=False,
    )
    path.rename(tmp_path / "away.csv")
    failed = actions.import_call_records(import_id=asked.pk, clock=timezone.now)
    (tmp_path / "away.csv").rename(path)

    actions.resume_call_import(call_import=failed, at=timezone.now())
    done = actions.import_call_records(import_id=asked.pk, clock=timezone.now)

    assert (failed.state, failed.reason) == (ImportState.FAILED, "not_readable")
    assert (done.state, PhoneCall.objects.count()) == (ImportState.DONE, 4)


def test_import_in_the_hands_of_a_worker_is_left_to_it(line):
    asked = CallImport.objects.create(
        line=line,
        profile=CallRecordProfile.objects.get(code="cucm"),
        path=str(file_of("cucm")),
        file_name="cdr",
        requested_at=timezone.now(),
        state=ImportState.RUNNING,
        lease="another",
        leased_until=timezone.now() + dt.timedelta(minutes=1),
    )

    actions.import_call_records(import_id=asked.pk, clock=timezone.now)

    assert not PhoneCall.objects.exists()
    assert not CallImport.objects.abandoned(timezone.now()).exists()
    assert CallImport.objects.abandoned(timezone.now() + dt.timedelta(minutes=2)).exists()


def test_command_takes_a_file_over(line, mari, jaan, capsys):
    call_command("import_calls", line.name, "cucm", str(file_of("cucm")))

    assert PhoneCall.objects.count() == 3
    assert "set aside 2" in capsys.readouterr().out


@pytest.mark.parametrize(
    "spoil",
    [
        {"kind": "novel"},
        {"delimiter": ",,"},
        {"time_zone": "Mars/Olympus"},
        {"fields": {"call_id": "a", "soul": "b"}},
        {"fields": {}},
        {"keep": {"a": "b"}},
        {"columns": "a,b"},
        {"header_lines": 3},
    ],
)
def test_profile_that_cannot_be_used_is_refused_where_it_is_written(spoil):
    layout = copy.deepcopy(CallRecordProfile.objects.get(code="asterisk-cdr").layout)

    with pytest.raises(ProfileNotValid):
        Profile.of({**layout, **spoil})


@pytest.mark.django_db(transaction=True)
def test_killed_worker_loses_nothing_and_counts_nothing_twice(line, mari, jaan):
    profile = CallRecordProfileFactory(asterisk=True)
    asked = actions.request_call_import(
        path=file_of("asterisk-cdr"),
        line=line,
        profile=profile,
        by=None,
        at=timezone.now(),
        is_hurried=False,
    )

    def told_so(found):
        if found.position >= 4:
            os.kill(os.getpid(), signal.SIGKILL)

    def work():
        actions.import_call_records(import_id=asked.pk, clock=timezone.now, batch=2, told=told_so)

    connections.close_all()  # a connection must not be shared over a fork
    worker = FORK.Process(target=work)
    worker.start()
    worker.join(60)
    halfway = CallImport.objects.get(pk=asked.pk)
    later = timezone.now() + dt.timedelta(minutes=4)
    done = actions.import_call_records(import_id=asked.pk, clock=lambda: later)

    assert worker.exitcode == -signal.SIGKILL
    assert (halfway.state, halfway.position) == (ImportState.RUNNING, 4)
    assert (done.state, done.added, done.unchanged) == (ImportState.DONE, 5, 0)
    found = [told(call) for call in PhoneCall.objects.order_by("rang_at")]
    assert found == EXPECTED["asterisk-cdr"]
