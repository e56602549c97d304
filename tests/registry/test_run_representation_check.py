import datetime as dt
import sys

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import AccessEntry
from common.models import Event
from registry import actions
from registry.models import (
    AnswerNeverChanges,
    CheckEvidence,
    CheckPerson,
    RegisterAnswer,
    RepresentationCheck,
)
from registry.representation import Signatory
from registry.states import CheckState
from tests.factories.accounts import UserFactory
from tests.factories.registry import CardPersonFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
JAAN = Signatory("Jaan Näidis", "37001011004")
ANU = Signatory("Anu Proov", "47001011016")
PEETER = Signatory("Peeter Katse", "50101011028")


def requested(code="19999905", *signatories, at=NOON, **kwargs):
    return actions.request_representation_check(
        registry_code=code,
        purpose="drafting",
        signatories=signatories,
        by=UserFactory(),
        at=at,
        **kwargs,
    )


def run(check, at=NOON):
    return actions.run_representation_check(check_id=check.pk, at=at)


def test_refused_details_are_said_and_change_no_verdict(register):
    told = run(requested())
    register.control({"without": ["detailandmed_v2", "detailandmed_v4"]})

    untold = run(requested(asks_anew=True))

    codes = [one["code"] for one in untold.reasons]
    assert (untold.state, untold.verdict) == (CheckState.ANSWERED, "sole")
    assert codes == [*(one["code"] for one in told.reasons), "details_not_known"]


def test_sole_right_is_answered_with_evidence_people_and_verdict(register):
    check = run(requested("19999905", JAAN))

    assert (check.state, check.verdict) == (CheckState.ANSWERED, "sole")
    assert check.allows_representation
    assert (check.organisation_name, check.organisation_status) == ("Põlluvaim OÜ", "R")
    assert check.evidence_at == NOON
    person = check.people.get()
    assert (person.name, person.may_alone, person.is_signatory) == ("Jaan Näidis", True, True)
    assert (person.code, person.masked_code) == ("37001011004", "37001******")
    evidence = check.evidence.get()
    assert evidence.kind == CheckEvidence.Kind.LIVE
    assert evidence.sha256 == evidence.answer.reply_sha256
    assert "37001011004" not in evidence.answer.reply
    assert evidence.content["name"] == "Põlluvaim OÜ"


def test_codes_do_not_stand_readable_in_any_column(register):
    run(requested("19999905", JAAN))

    with connection.cursor() as cursor:
        for table in ("checkperson", "checksignatory", "registeranswer", "representationcheck"):
            cursor.execute(f"SELECT * FROM registry_{table}")
            assert "37001011004" not in str(cursor.fetchall())


def test_joint_right_of_all_needs_a_person_and_of_one_names_the_missing(register):
    both = run(requested("19999928", ANU, PEETER))
    one = run(requested("19999928", ANU))

    assert (both.state, both.verdict) == (CheckState.NEEDS_READING, "joint_satisfied")
    assert one.verdict == "joint_incomplete"
    missing = next(r for r in one.reasons if r["code"] == "together_incomplete")
    assert missing["parameters"]["missing"] == "Peeter Katse"
    assert both.deviations[0]["text"] == "Juhatuse liikmed esindavad osaühingut ühiselt."


def test_code_within_a_text_is_masked_where_it_is_shown(register):
    check = run(requested("19999779"))

    assert "37001******" in check.deviations[0]["text"]
    assert "37001011048" not in str(check.deviations)


def test_partner_company_is_asked_about_too(register):
    check = run(requested("19999963", JAAN))

    assert (check.state, check.verdict) == (CheckState.ANSWERED, "sole")
    assert [(e.depth, e.content["name"]) for e in check.evidence.all()] == [
        (0, "Põlluvaim ja Partnerid UÜ"),
        (1, "Põlluvaim OÜ"),
    ]
    assert check.people.filter(depth=1).get().of_name == "Põlluvaim OÜ"


def test_partners_in_a_circle_end(register):
    check = run(requested("19999976", JAAN))

    assert check.verdict in {"needs_reading", "not_listed"}
    assert check.evidence.count() == 2


def test_second_check_of_the_day_does_not_ask_again(register):
    run(requested("19999905", JAAN))
    asked = len(register.asked)

    second = run(
        requested("19999905", JAAN, at=NOON + dt.timedelta(hours=2)), NOON + dt.timedelta(hours=2)
    )

    assert len(register.asked) == asked
    assert (second.verdict, second.evidence_at) == ("sole", NOON)
    assert RegisterAnswer.objects.count() == 1
    assert CheckEvidence.objects.count() == 2


def test_check_that_asks_anew_or_on_the_next_day_asks_again(register):
    run(requested("19999905", JAAN))
    asked = len(register.asked)

    run(requested("19999905", JAAN, asks_anew=True))
    assert len(register.asked) == 2 * asked

    tomorrow = NOON + dt.timedelta(days=1)
    run(requested("19999905", JAAN, at=tomorrow), tomorrow)
    assert len(register.asked) == 3 * asked


@pytest.mark.parametrize("mode", ["unavailable", "limit", "refused", "fault", "truncated", "cut"])
def test_register_that_does_not_answer_makes_the_check_wait_and_is_never_no_right(register, mode):
    register.control({"mode": mode})

    check = run(requested("19999905", JAAN))

    assert (check.state, check.verdict, check.answered_at) == (CheckState.WAITING, "", None)
    assert check.next_try_at == NOON + dt.timedelta(minutes=1)
    assert check.last_problem.startswith("register_")
    assert not check.evidence.exists()


def test_waiting_check_is_tried_again_when_due_with_longer_pauses(register):
    register.control({"mode": "unavailable"})
    check = run(requested("19999905", JAAN))

    early = run(check, NOON + dt.timedelta(seconds=30))
    assert early.attempts == 1

    second = NOON + dt.timedelta(minutes=1)
    assert run(check, second).next_try_at == second + dt.timedelta(minutes=2)

    register.control({"mode": "ok"})
    done = run(check, second + dt.timedelta(minutes=2))
    assert (done.state, done.verdict, done.last_problem) == (CheckState.ANSWERED, "sole", "")


def test_after_days_of_silence_the_open_data_are_shown_and_an_extract_is_asked_for(register):
    register.control({"mode": "unavailable"})
    check = run(requested("19999905", JAAN))

    late = run(check, NOON + dt.timedelta(days=3, minutes=5))

    assert (late.state, late.verdict) == (CheckState.NEEDS_EVIDENCE, "open_data_only")


def test_without_a_register_the_open_data_are_shown_but_never_a_full_verdict(settings):
    settings.REGISTER_URL = ""
    organisation = OrganisationFactory(name="Põlluvaim OÜ", registry_code="19999905")
    CardPersonFactory(organisation=organisation, name="Jaan Näidis")

    check = run(requested("19999905", JAAN))

    assert (check.state, check.verdict) == (CheckState.NEEDS_EVIDENCE, "open_data_only")
    assert (check.last_problem, check.evidence_at) == ("not_configured", None)
    assert [reason["code"] for reason in check.reasons] == [
        "open_data_cannot_identify",
        "name_on_card",
    ]
    assert check.evidence.get().kind == CheckEvidence.Kind.OPEN_DATA
    assert not check.is_fresh(NOON, "drafting")


def test_answered_check_is_not_answered_twice(register):
    check = run(requested("19999905", JAAN))

    run(check)

    assert CheckEvidence.objects.count() == 1
    assert CheckPerson.objects.count() == 1


def test_check_of_a_killed_worker_is_swept_up_and_answered_once(register):
    check = requested("19999905", JAAN)
    RepresentationCheck.objects.filter(pk=check.pk).update(
        state="asking", lease="dead", leased_until=NOON + dt.timedelta(minutes=5), attempts=1
    )

    assert run(check).state == CheckState.ASKING

    later = NOON + dt.timedelta(minutes=6)
    assert list(RepresentationCheck.objects.overdue(later)) == [check]
    assert run(check, later).state == CheckState.ANSWERED
    assert CheckEvidence.objects.count() == 1


def test_worker_whose_lease_was_taken_over_writes_nothing(register, monkeypatch):
    check = requested("19999905", JAAN)
    module = sys.modules["registry.actions.run_representation_check"]
    asking = module.ask_register

    def slow(**kwargs):
        RepresentationCheck.objects.filter(pk=check.pk).update(lease="another")
        return asking(**kwargs)

    monkeypatch.setattr(module, "ask_register", slow)

    run(check)

    assert not CheckEvidence.objects.exists()
    assert RepresentationCheck.objects.get().state == CheckState.ASKING


def test_evidence_cannot_be_changed_or_removed(register):
    check = run(requested("19999905", JAAN))
    evidence, answer = check.evidence.get(), RegisterAnswer.objects.get()

    with pytest.raises(AnswerNeverChanges):
        evidence.delete()
    with pytest.raises(AnswerNeverChanges):
        CheckEvidence.objects.update(kind="paper")
    for row, field in [
        (evidence, "content"),
        (answer, "reply"),
        (check.people.get(), "name"),
        (check.signatories.get(), "name"),
    ]:
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{field: "altered"})


def test_keys_of_encrypted_columns_may_still_be_changed(register):
    check = run(requested("19999905", JAAN))
    person = check.people.get()

    CheckPerson._base_manager.filter(pk=person.pk).update(code=person.code)

    assert check.people.get().code == "37001011004"


def test_each_live_question_stands_in_the_access_log_and_pages_are_told(register):
    check = run(requested("19999905", JAAN))

    assert set(AccessEntry.objects.values_list("what", flat=True)) == {
        "registry.request_check",
        "registry.ask_live",
    }
    events = Event.objects.about(check)
    assert {event.kind for event in events} == {"check-changed"}
    assert {event.to_user_id for event in events} == {check.requested_by_id}


def test_request_owes_a_check_and_hurries_after_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as later:
        check = requested("19999905", JAAN)

    assert check.state == CheckState.REQUESTED
    assert len(later) == 1
    assert list(RepresentationCheck.objects.overdue(NOON)) == [check]


@pytest.mark.parametrize(
    ("purpose", "hours", "fresh"),
    [
        ("drafting", 0, True),
        ("drafting", 30, True),
        ("drafting", 49, False),
        ("signing", 5, True),
        ("signing", 24, False),
        ("return", 24, False),
        ("drafting", -1, True),
        ("drafting", -24, False),
    ],
)
def test_freshness_goes_by_calendar_days_and_use(register, purpose, hours, fresh):
    check = run(requested("19999905", JAAN))

    assert check.is_fresh(NOON + dt.timedelta(hours=hours), purpose) is fresh


def test_day_ends_at_midnight_in_tallinn(register):
    evening = dt.datetime(2026, 11, 20, 23, 50, tzinfo=timezone.get_current_timezone())
    check = run(requested("19999905", JAAN, at=evening), evening)

    assert check.is_fresh(evening + dt.timedelta(minutes=5), "signing")
    assert not check.is_fresh(evening + dt.timedelta(minutes=15), "signing")
