import datetime as dt
import json

import pytest
from django.utils import timezone

from accounts.models import CompetenceHolding, Substitution
from common.models import NumberSeries
from common.models.versioned import StaleSave
from common.states import MoveNotAllowed
from documents import actions
from documents.models import AgencyDelegation, Paper
from documents.queries import delegations_in_force
from documents.signers import from_check
from documents.states import CaseState, PaperState
from registry.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.documents import AgencyDelegationFactory, CheckPersonFactory, ready_for_draft
from tests.factories.registry import RepresentationCheckFactory

pytestmark = pytest.mark.django_db


def ask(paper, people, **fields):
    given = {
        "paper": paper,
        "version": paper.case.version,
        "chosen": [from_check(one) for one in people],
        "delegation": AgencyDelegation.objects.first(),
        "by": paper.case.responsible,
        "at": timezone.now(),
    }
    return actions.request_draft(**{**given, **fields})


def refusal_codes(paper, people, **fields):
    with pytest.raises(actions.DraftNotPossible) as refused:
        ask(paper, people, **fields)
    return [one.code for one in refused.value.missing]


def test_draft_gets_number_template_variables_and_signers():
    paper, mari = ready_for_draft()

    paper = ask(paper, [mari])

    paper.refresh_from_db()
    assert (paper.state, paper.case.state) == (PaperState.DRAFT_REQUESTED, CaseState.DRAFTING)
    assert paper.number == f"KL-{timezone.localdate().year}-000001"
    assert str(paper.template_version) == "KASUTUSLEPING v1"
    variables = json.loads(paper.variables)
    assert variables["klient"]["nimi"] == "Näidis OÜ"
    assert variables["klient"]["epost"] == "info@naidis.example.ee"
    assert variables["esindajad"][0]["isikukood"] == mari.code
    assert variables["uhine_esindus"] is False
    signers = [(one.role, one.name, one.masked_code) for one in paper.signers.all()]
    assert signers == [
        ("representative", "Mari Maasikas", "47001******"),
        ("agency", "Tiina Tamm", ""),
    ]


def test_personal_code_is_not_readable_in_the_tables():
    paper, mari = ready_for_draft()
    ask(paper, [mari])

    raw = str(Paper.objects.extra(select={"raw": "documents_paper.variables"}).values("raw")[0])

    assert mari.code not in raw


def test_button_pressed_twice_asks_for_one_draft():
    paper, mari = ready_for_draft()

    first, second = ask(paper, [mari]), ask(paper, [mari])

    assert first.number == second.number
    assert NumberSeries.objects.get(series="KL").last == 1


def test_joint_representatives_all_stand_in_the_paper():
    paper, mari = ready_for_draft(
        representation_check=RepresentationCheckFactory(
            sole=True,
            state="confirmed",
            verdict="joint_satisfied",
            settled_at=timezone.now(),
            settled_by=UserFactory(),
            settled_reason="read",
        )
    )
    juri = CheckPersonFactory(
        check_of=paper.representation_check, name="Jüri Õunapuu", code="37001011004"
    )

    paper = ask(paper, [mari, juri])

    variables = json.loads(paper.variables)
    assert [one["nimi"] for one in variables["esindajad"]] == ["Mari Maasikas", "Jüri Õunapuu"]
    assert variables["uhine_esindus"] is True


@pytest.mark.parametrize(
    ("check", "code"),
    [
        ({"state": "requested", "verdict": "", "answered_at": None}, "check_underway"),
        ({"state": "needs_reading", "verdict": "joint_incomplete"}, "check_to_read"),
        ({"state": "answered", "verdict": "not_listed"}, "check_negative"),
        ({"registry_code": "19999911"}, "no_check"),
        ({"evidence_at": timezone.now() - dt.timedelta(days=2)}, "check_old"),
    ],
)
def test_no_draft_before_a_positive_and_fresh_check(check, code):
    paper, mari = ready_for_draft(
        representation_check=RepresentationCheckFactory(sole=True, **check)
    )

    assert refusal_codes(paper, [mari]) == [code]
    paper.refresh_from_db()
    assert (paper.state, paper.number) == (PaperState.STARTED, None)
    assert not NumberSeries.objects.filter(series="KL").exists()
    assert not paper.signers.exists()


def test_check_of_other_people_does_not_count():
    paper, _mari = ready_for_draft()
    stranger = CheckPersonFactory(name="Keegi Teine", code="50101011028")

    assert refusal_codes(paper, [stranger]) == ["not_covered"]


def test_person_who_may_not_sign_alone_is_not_covered_by_a_check_of_nobody():
    paper, _mari = ready_for_draft()
    juri = CheckPersonFactory(
        check_of=paper.representation_check, name="Jüri", code="37001011004", may_alone=False
    )

    assert refusal_codes(paper, [juri]) == ["not_covered"]


def test_all_that_is_missing_is_named_at_once():
    paper, _mari = ready_for_draft()
    paper.case.client.contact_points.all().delete()
    Organisation.objects.update(address="")

    codes = refusal_codes(paper, [], delegation=None)

    assert codes == ["no_address", "no_email", "no_phone", "no_representatives", "no_signatory"]


def test_expired_delegation_blocks():
    paper, mari = ready_for_draft()
    ended = AgencyDelegationFactory(valid_to=timezone.localdate() - dt.timedelta(days=1))

    assert refusal_codes(paper, [mari], delegation=ended) == ["delegation_ended"]


def test_delegation_without_the_competence_is_refused_and_not_offered():
    paper, mari = ready_for_draft()
    held = AgencyDelegation.objects.get()
    mute = AgencyDelegationFactory(competence=False)
    now = timezone.now()

    assert delegations_in_force(now) == [held]
    assert refusal_codes(paper, [mari], delegation=mute) == ["no_competence_to_sign"]


def test_competence_that_has_ended_takes_the_delegation_with_it():
    paper, mari = ready_for_draft()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    CompetenceHolding.objects.update(ends_on=yesterday)

    assert delegations_in_force(timezone.now()) == []
    assert refusal_codes(paper, [mari]) == ["no_competence_to_sign"]


def test_competence_without_a_delegation_signs_nothing():
    paper, mari = ready_for_draft()
    AgencyDelegation.objects.update(valid_to=timezone.localdate() - dt.timedelta(days=1))

    assert delegations_in_force(timezone.now()) == []
    assert refusal_codes(paper, [mari], delegation=None) == ["no_signatory"]


def test_substitute_of_the_signatory_signs_nothing():
    paper, mari = ready_for_draft()
    signatory = AgencyDelegation.objects.get().holder
    today = timezone.localdate()
    substitution = Substitution.objects.create(
        substituted=signatory,
        substitute=UserFactory(),
        roles=[],
        starts_on=today,
        ends_on=today,
        arranged_at=timezone.now(),
    )
    theirs = AgencyDelegationFactory(holder=substitution.substitute, competence=False)

    assert refusal_codes(paper, [mari], delegation=theirs) == ["no_competence_to_sign"]


def test_stale_page_changes_nothing():
    paper, mari = ready_for_draft()

    with pytest.raises(StaleSave):
        ask(paper, [mari], version=99)

    paper.refresh_from_db()
    assert paper.state == PaperState.STARTED


def test_cancelled_paper_gets_no_draft():
    paper, mari = ready_for_draft()
    actions.cancel_case(
        case=paper.case, version=1, reason="Loobus", by=paper.case.responsible, at=timezone.now()
    )

    with pytest.raises(MoveNotAllowed):
        ask(paper, [mari])


@pytest.mark.parametrize(
    "standing",
    [
        {"represents": None, "role": "ZZZ"},  # a role that somebody must look at
        {"represents": False},  # the entry has ended
        {"depth": 1, "of_code": "19999911"},  # alone for a partner, which signs with others
    ],
    ids=["odd role", "ended", "of a partner"],
)
def test_a_sole_right_of_one_covers_nobody_who_stands_on_the_card_otherwise(standing):
    paper, mari = ready_for_draft()
    juri = CheckPersonFactory(
        check_of=paper.representation_check, name="Jüri", code="37001011004", **standing
    )

    assert refusal_codes(paper, [juri]) == ["not_covered"]
    assert ask(paper, [mari]).state == PaperState.DRAFT_REQUESTED


def test_names_and_offices_as_long_as_the_register_writes_them_are_kept():
    paper, _mari = ready_for_draft()
    long = CheckPersonFactory(
        check_of=paper.representation_check,
        name="Ü" * 500,
        depth=1,
        of_name="Õ" * 500,
        role="ZZZ",
        role_label="ä" * 200,
        country="SAKSAMAA",
        code="37001011004",
    )

    actions.choose_signers(
        paper=paper,
        version=paper.case.version,
        chosen=[from_check(long)],
        by=paper.case.responsible,
        at=timezone.now(),
    )

    signer = paper.signers.get()
    assert (signer.name, signer.code_country) == ("Ü" * 500, "SAKSAMAA")
    assert signer.job_title == f"{'Õ' * 500}, {'ä' * 200}"


def test_whoever_asks_after_a_colleague_is_told():
    paper, mari = ready_for_draft()
    seen = paper.case.version
    ask(paper, [mari])

    with pytest.raises(StaleSave):
        ask(paper, [mari], version=seen, by=UserFactory(role="specialist"))
