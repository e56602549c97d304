import datetime as dt
import threading

import pytest
from django.db import connections
from lxml import etree

from registry.gateways.business_register import (
    RegisterFault,
    RegisterLimit,
    RegisterRefusesUs,
    RegisterUnavailable,
    business_register,
)
from registry.models import RegisterTurn, hold_turn
from registry.open_data.cases import register_cases
from registry.register_xml.envelope import NS
from registry.register_xml.redaction import redacted

pytestmark = pytest.mark.django_db


def ask(code):
    return business_register().ask(code)


def test_answer_holds_persons_rights_dates_and_kinds_of_deviation(register):
    answer = ask("19999928")

    organisation = answer.organisation
    assert (organisation.name, organisation.status) == ("Ühisjõud OÜ", "R")
    assert [(one.name, one.may_alone) for one in organisation.persons] == [
        ("Anu Proov", False),
        ("Peeter Katse", False),
    ]
    assert organisation.persons[0].starts_on == dt.date(2019, 3, 1)
    assert [one.kind for one in organisation.deviations] == ["YHES"]
    assert [len(group.members) for group in organisation.groups] == [2]
    assert organisation.address.startswith("Harju maakond")
    assert answer.operations == ("esindus_v2", "detailandmed_v2")


@pytest.mark.parametrize("case", register_cases(), ids=lambda case: case["key"])
def test_every_kind_of_organisation_is_read(register, case):
    organisation = ask(case["code"]).organisation

    assert organisation.name == case["name"]
    assert [(one.role, one.may_alone, one.is_legal) for one in organisation.persons] == [
        (one["role"], one["alone"], one["kind"] == "J") for one in case["persons"]
    ]
    assert [one.text for one in organisation.deviations] == [
        one["text"] for one in case["deviations"]
    ]


def test_organisation_that_the_register_does_not_know_is_none(register):
    answer = ask("19999999")

    assert answer.organisation is None
    assert answer.operations == ("esindus_v2",)


def test_kept_replies_hold_no_credentials_codes_birth_dates_or_mail(register, settings):
    settings.REGISTER_PASSWORD = "test"
    kept = "".join(ask("19999779").replies) + "".join(ask("19999822").replies)

    assert "Siim" in kept
    assert ">test<" not in kept
    assert "37001011048" not in kept
    assert "1910-05-17" not in kept
    assert "@example.ee" not in kept


def test_kept_replies_hold_no_homes_and_no_code_of_whatever_form():
    """A Swedish number has been seen where an Estonian code should stand."""
    card = (
        "<isikuandmed><kaardile_kantud_isikud><item><isikukood_registrikood>198012311234"
        "</isikukood_registrikood><aadress_tanav_maja_korter>Kodu 1</aadress_tanav_maja_korter>"
        "</item><item><isikukood_registrikood>19999911</isikukood_registrikood></item>"
        "</kaardile_kantud_isikud></isikuandmed><yldandmed><aadressid><item>"
        "<aadress_ads__ads_normaliseeritud_taisaadress>Büroo 2"
        "</aadress_ads__ads_normaliseeritud_taisaadress></item></aadressid></yldandmed>"
    )

    kept = redacted(etree.fromstring(f'<keha xmlns="{NS}">{card}</keha>'))

    assert "198012311234" not in kept
    assert "Kodu" not in kept
    assert "19999911" in kept
    assert "Büroo 2" in kept


def test_first_version_is_asked_where_the_second_is_not_offered(register):
    register.control({"without": ["esindus_v2", "detailandmed_v2"]})

    answer = ask("19999928")

    assert answer.operations == ("esindus_v1", "detailandmed_v4")
    assert answer.organisation.groups == ()


def test_answer_without_details_is_still_an_answer(register):
    register.control({"without": ["detailandmed_v2", "detailandmed_v4"]})

    assert ask("19999905").operations == ("esindus_v2",)


@pytest.mark.parametrize(
    "mode",
    [
        "unavailable",
        "html",
        "truncated",
        "bad_utf8",
        "entities",
        "cut",
        "bomb",
        "empty",
        "other",
        "no_list",
    ],
)
def test_whatever_is_no_answer_is_called_unavailable(register, mode):
    register.control({"mode": mode})

    with pytest.raises(RegisterUnavailable) as refused:
        ask("19999905")

    assert type(refused.value) is RegisterUnavailable


@pytest.mark.parametrize("mode", ["other", "no_list", "html"])
def test_a_look_up_that_answers_something_else_is_unavailable_too(register, mode):
    register.control({"mode": mode})

    with pytest.raises(RegisterUnavailable):
        business_register().look_up("19999905")


def test_silence_is_called_unavailable_after_the_time_out(register, settings):
    settings.REGISTER_TIMEOUT_SECONDS = 0.2
    register.control({"delay": 1})

    with pytest.raises(RegisterUnavailable):
        ask("19999905")


@pytest.mark.parametrize(
    ("mode", "refusal"),
    [("limit", RegisterLimit), ("refused", RegisterRefusesUs), ("fault", RegisterFault)],
)
def test_faults_are_told_apart(register, mode, refusal):
    register.control({"mode": mode})

    with pytest.raises(refusal):
        ask("19999905")


def test_wrong_password_is_told_apart(register, settings):
    settings.REGISTER_PASSWORD = "<wrong>&"

    with pytest.raises(RegisterRefusesUs):
        ask("19999905")


def test_connection_that_is_refused_is_tried_again_and_then_unavailable(settings):
    settings.REGISTER_URL = "http://127.0.0.1:1/"

    with pytest.raises(RegisterUnavailable):
        ask("19999905")


def test_fault_is_not_tried_again(register):
    register.control({"mode": "fault", "times": 1})

    with pytest.raises(RegisterFault):
        ask("19999905")

    assert register.asked == []


def test_nothing_is_asked_while_another_holds_the_turn(register, settings):
    settings.REGISTER_TIMEOUT_SECONDS = 0.1
    with hold_turn(seconds=60, patience=1) as is_ours:
        assert is_ours
        with pytest.raises(RegisterLimit):
            ask("19999905")

    assert register.asked == []
    assert RegisterTurn.objects.get().held_until is None


def test_turn_of_a_worker_that_was_killed_runs_out(register):
    with hold_turn(seconds=-1, patience=1):
        assert ask("19999905").organisation is not None


def test_register_without_address_is_not_asked(settings):
    settings.REGISTER_URL = ""

    assert business_register() is None


@pytest.mark.django_db(transaction=True)
def test_two_workers_ask_one_after_the_other(register):
    register.control({"delay": 0.15})
    found = []

    def worker():
        try:
            found.append(ask("19999905").organisation.name)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=worker) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == ["Põlluvaim OÜ"] * 3
    assert register.overlaps == 0
