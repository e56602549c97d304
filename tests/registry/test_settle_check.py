import datetime as dt

import pytest

from accounts.actions import NoCompetence
from accounts.models import AccessEntry, Competence, CompetenceHolding
from common.models import StoredFile
from common.states import MoveNotAllowed
from common.uploads import CheckedUpload
from registry import actions
from registry.representation import Signatory
from registry.states import CheckState
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def decider(*codes):
    user = UserFactory(role="coordinator")
    for code in codes or ("confirm_check",):
        competence, _ = Competence.objects.get_or_create(
            code=code, defaults={"name_et": code, "name_en": code, "name_ru": code}
        )
        CompetenceHolding.objects.create(
            competence=competence, user=user, starts_on="2020-01-01", basis="order"
        )
    return user


def paper():
    return CheckedUpload("extract.pdf", "application/pdf", b"%PDF-", "a" * 64)


def checked(code, *signatories):
    check = actions.request_representation_check(
        registry_code=code, purpose="drafting", signatories=signatories, by=UserFactory(), at=NOON
    )
    return actions.run_representation_check(check_id=check.pk, at=NOON)


ANU = Signatory("Anu Proov", "47001011016")
PEETER = Signatory("Peeter Katse", "50101011028")
STRANGER = Signatory("Võõras Inimene", "37001011004")


@pytest.fixture
def joint(register):
    return checked("19999928", ANU, PEETER)


def test_person_with_the_competence_confirms_with_a_reason(joint):
    by = decider()

    check = actions.confirm_check_manually(check=joint, reason="Tekst loetud", by=by, at=NOON)

    assert (check.state, check.allows_representation) == (CheckState.CONFIRMED, True)
    assert (check.settled_by, check.settled_reason) == (by, "Tekst loetud")
    assert check.verdict == "joint_satisfied"
    entry = AccessEntry.objects.get(what="registry.confirm_check")
    assert (entry.by_id, entry.reason) == (by.pk, "Tekst loetud")


def test_without_reason_or_competence_nothing_changes(joint):
    with pytest.raises(actions.ReasonMissing):
        actions.confirm_check_manually(check=joint, reason=" ", by=decider(), at=NOON)
    with pytest.raises(NoCompetence):
        actions.confirm_check_manually(check=joint, reason="x", by=UserFactory(), at=NOON)

    joint.refresh_from_db()
    assert (joint.state, joint.settled_at) == (CheckState.NEEDS_READING, None)


def test_deciding_against_the_register_takes_a_paper_and_its_own_competence(register):
    check = checked("19999928", STRANGER)
    assert check.verdict == "not_listed"

    with pytest.raises(NoCompetence):
        actions.confirm_check_manually(
            check=check, reason="volikiri", by=decider(), at=NOON, papers=[paper()]
        )
    by = decider("override_check")
    with pytest.raises(actions.PaperMissing):
        actions.confirm_check_manually(check=check, reason="volikiri", by=by, at=NOON)
    done = actions.confirm_check_manually(
        check=check, reason="volikiri", by=by, at=NOON, papers=[paper()]
    )

    assert done.state == CheckState.CONFIRMED
    assert [one.kind for one in done.evidence.all()] == ["live", "paper"]


def test_extract_stands_in_for_the_register_and_its_day_decides_freshness(settings):
    settings.REGISTER_URL = ""
    check = checked("19999905", STRANGER)
    by = decider()

    with pytest.raises(actions.PaperMissing):
        actions.confirm_check_manually(check=check, reason="x", by=by, at=NOON)
    with pytest.raises(actions.PaperDayMissing):
        actions.confirm_check_manually(check=check, reason="x", by=by, at=NOON, papers=[paper()])
    with pytest.raises(actions.PaperOfTheFuture):
        actions.confirm_check_manually(
            check=check,
            reason="x",
            by=by,
            at=NOON,
            papers=[paper()],
            extract_on=dt.date(2026, 11, 21),
        )
    done = actions.confirm_check_manually(
        check=check,
        reason="väljavõte",
        by=by,
        at=NOON,
        papers=[paper()],
        extract_on=dt.date(2026, 11, 19),
    )

    assert done.is_fresh(NOON, "drafting")
    assert not done.is_fresh(NOON, "signing")


def test_declined_check_allows_nothing(joint):
    check = actions.decline_check(check=joint, reason="Tingimus ei luba", by=decider(), at=NOON)

    assert (check.state, check.allows_representation) == (CheckState.DECLINED, False)


def test_settled_check_is_not_settled_again(joint):
    actions.decline_check(check=joint, reason="ei", by=decider(), at=NOON)

    with pytest.raises(MoveNotAllowed):
        actions.confirm_check_manually(check=joint, reason="jah", by=decider(), at=NOON)


def test_sole_right_needs_nobody_and_can_not_be_declined(register):
    check = checked("19999905", Signatory("Jaan Näidis", "37001011004"))

    with pytest.raises(MoveNotAllowed):
        actions.decline_check(check=check, reason="ei", by=decider(), at=NOON)


def test_who_will_not_wait_sees_the_open_data_and_brings_an_extract(register):
    register.control({"mode": "unavailable"})
    check = checked("19999905", STRANGER)

    stopped = actions.stop_waiting(check=check, by=UserFactory(), at=NOON)

    assert (stopped.state, stopped.verdict) == (CheckState.NEEDS_EVIDENCE, "open_data_only")
    assert stopped.next_try_at is None


def test_withdrawn_check_is_asked_no_more(register):
    register.control({"mode": "unavailable"})
    check = checked("19999905", STRANGER)
    actions.withdraw_check(check=check, by=UserFactory(), at=NOON)
    register.control({"mode": "ok"})

    again = actions.run_representation_check(check_id=check.pk, at=NOON + dt.timedelta(hours=1))

    assert again.state == CheckState.WITHDRAWN


def test_paper_of_a_refused_confirmation_is_not_kept(joint, tmp_path):
    with pytest.raises(NoCompetence):
        actions.confirm_check_manually(
            check=joint, reason="Tekst loetud", by=UserFactory(), at=NOON, papers=[paper()]
        )

    assert not StoredFile.objects.exists()
    assert not any(path.is_file() for path in tmp_path.rglob("*"))
