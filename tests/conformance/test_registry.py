"""Our reading of the register's recorded replies, and the stand-in against RIK's own schemas.

The material lies beside the checkout and is never copied into it.
"""

import datetime as dt
import json
import re
from pathlib import Path

import httpx
import pytest
from lxml import etree

from registry.open_data.cases import register_cases
from registry.register_xml.envelope import NS, SOAP, details_request, esindus_request
from registry.register_xml.reading import read_reply
from registry.register_xml.redaction import redacted
from registry.register_xml.replies import basic_of, details_of, merge_details, representation_of
from registry.representation import Signatory, Verdict, assess
from tests.standins.register import start

RECORDED = Path(__file__).parents[3] / "shared" / "data" / "registry"
if not RECORDED.is_dir():  # a worktree lies one folder deeper
    RECORDED = Path(__file__).parents[4] / "shared" / "data" / "registry"
pytestmark = pytest.mark.skipif(
    not RECORDED.is_dir(), reason="the recorded replies (../shared/data/registry) are not here"
)


def reply(name):
    """Read a recording; those of others come without an envelope, which is put around them."""
    content = (RECORDED / name).read_bytes()
    if b"Envelope" not in content:
        bare = content.removeprefix(b'<?xml version="1.0" encoding="UTF-8"?>')
        content = b'<e:Envelope xmlns:e="%s"><e:Body>%s</e:Body></e:Envelope>' % (
            SOAP.encode(),
            bare,
        )
    return read_reply(content)


def codes_in(name):
    found = re.findall(
        r"<(?:\w+:)?ariregistri_kood>([^<]+)<", (RECORDED / name).read_text().split("keha>", 1)[1]
    )
    return list(dict.fromkeys(found))


def test_single_match_of_the_state_login():
    (code,) = codes_in("TARA-Login/esindus_v2_ok-single-match.xml")

    organisation = representation_of(reply("TARA-Login/esindus_v2_ok-single-match.xml"), code)

    (person,) = organisation.persons
    assert (organisation.status, person.role, person.may_alone) == ("R", "JUHL", True)
    assert person.key == ("47101010033", "EST")
    assert not person.is_legal


def test_no_match_is_none():
    assert representation_of(reply("TARA-Login/esindus_v2_ok-no-match.xml"), "12341234") is None
    empty = "internetee-company_register/representation_rights_response_without_payload.xml"
    assert representation_of(reply(empty), "12345") is None


def test_fault_is_read_with_its_words():
    fault = reply("TARA-Login/esindus_v2_nok-soapfault.xml").fault

    assert fault.startswith("Sisendparameetrid vigased")


def test_each_of_several_matches_is_found_by_its_own_code():
    name = "TARA-Login/esindus_v2_ok-multiple-matches.xml"
    found = codes_in(name)

    assert len(found) > 5
    assert [representation_of(reply(name), code).code for code in found] == found


def test_verdicts_agree_with_the_rule_of_the_state_login():
    """TARA lets in exactly: status R, one of seven forms, code and EST equal, JAH."""
    name = "TARA-Login/esindus_v2_ok-multiple-matches.xml"
    forms = {"TÜ", "UÜ", "OÜ", "AS", "TÜH", "SA", "MTÜ"}
    for item in reply(name).body.iter(f"{{{NS}}}item"):
        code = item.findtext(f"{{{NS}}}ariregistri_kood")
        if code is None:
            continue
        organisation = representation_of(reply(name), code)
        for person in organisation.persons:
            let_in = (
                organisation.status == "R"
                and organisation.legal_form in forms
                and person.country == "EST"
                and person.may_alone is True
            )
            verdict = assess(
                organisation,
                code=code,
                signatories=[Signatory(person.name, person.code, person.country)],
                on=dt.date(2026, 11, 20),
            ).verdict
            if let_in:
                assert verdict == Verdict.SOLE, code
            elif organisation.status != "R" or person.may_alone is not True:
                assert verdict != Verdict.SOLE, code


def test_two_companies_of_the_first_version_are_kept_apart():
    name = "internetee-company_register/representation_rights_response_with_payload.xml"

    first, second = (representation_of(reply(name), code) for code in ("12345", "123456"))

    assert [person.name for person in first.persons] == ["John Smith", "Jane Doe"]
    assert [person.name for person in second.persons] == ["William Jenkins"]
    assert first.persons[0].declared_legal is False


def test_details_of_a_living_company_hold_dates_and_the_normal_rule_is_no_deviation():
    organisation = details_of(reply("detailandmed_v4_response.excerpt.xml"), "10714568")

    board = [one for one in organisation.persons if one.role == "JUHL"]
    assert [one.starts_on for one in board] == [dt.date(2018, 3, 14), dt.date(2018, 5, 15)]
    assert [one.key for one in board] == [None, None]  # the source scrubbed the codes
    assert organisation.deviations == ()
    keeper = next(one for one in organisation.persons if one.role == "ARP")
    assert (keeper.is_legal, keeper.key) == (True, ("40003242879", "LVA"))


def test_details_of_a_deleted_company_are_read_and_it_may_do_nothing():
    name = "internetee-company_register/detailandmed_v2_deleted_company.pseudonymised.xml"
    organisation = details_of(reply(name), "12226399")

    assert organisation.status == "K"
    assert any(one.role == "TOSAN" and one.is_legal for one in organisation.persons)
    assert (
        assess(organisation, code="12226399", signatories=[], on=dt.date(2026, 11, 20)).verdict
        == Verdict.DELETED
    )


def test_details_made_by_hand_by_others_are_read_too():
    name = "tuleva/detailandmed_v2_response.xml"
    (code,) = codes_in(name)[:1]

    organisation = details_of(reply(name), code)

    assert organisation.deviations[0].starts_on is not None
    assert organisation.address


def test_basic_data_are_read():
    organisation = basic_of(reply("lihtandmed_v3_response.real.xml"), "10714568")

    assert (organisation.name, organisation.legal_form) == ("AS MARU EHITUS", "AS")
    assert organisation.address.startswith("Harju maakond, Tallinn")


@pytest.mark.parametrize(
    "path",
    sorted(RECORDED.rglob("*response*.xml")) + sorted(RECORDED.rglob("esindus_v2_*.xml")),
    ids=lambda path: path.name,
)
def test_no_recording_keeps_credentials_or_personal_codes_once_redacted(path):
    kept = redacted(reply(path).root)

    assert "<ns1:ariregister_parool>pwd" not in kept
    assert not re.search(r">john<|>pwd<", kept)
    assert not re.search(r"(?<![0-9])[3-6][0-9]{10}(?![0-9])", kept)


# The stand-in against the official schemas.


@pytest.fixture(scope="module")
def schemas():
    return {
        operation: etree.XMLSchema(etree.parse(RECORDED / path))
        for operation, path in {
            "esindus_v1": "internetee-company_register/xroad6_esindus_v1.xsd.xml",
            "detailandmed_v2": "tuleva/detailandmed_v2.xsd",
        }.items()
    }


@pytest.fixture(scope="module")
def standin():
    server = start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("operation", ["esindus_v1", "detailandmed_v2"])
@pytest.mark.parametrize("case", register_cases(), ids=lambda case: case["key"])
def test_requests_and_the_answers_of_the_stand_in_fit_the_official_schemas(
    standin, schemas, operation, case
):
    build = esindus_request if operation == "esindus_v1" else details_request
    request = build(operation, user="test", password="test", code=case["code"])

    answer = httpx.post(standin, content=request).content

    for message in (request, answer):
        body = etree.fromstring(message)[-1]
        schemas[operation].assertValid(body[0])


def test_answer_of_the_stand_in_looks_like_the_recorded_one(standin):
    request = esindus_request("esindus_v2", user="test", password="test", code="19999905")
    ours = httpx.post(standin, content=request).content
    theirs = (RECORDED / "TARA-Login/esindus_v2_ok-single-match.xml").read_bytes()

    def shape(content):
        keha = read_reply(content).body
        return [etree.QName(one).localname for one in keha.iter(tag=etree.Element)]

    assert shape(ours) == shape(theirs)


def test_json_mode_of_the_stand_in_has_the_recorded_keys(standin):
    request = esindus_request("esindus_v1", user="test", password="test", code="79999900").replace(
        b"<prod:ariregistri_kood>",
        b"<prod:ariregister_valjundi_formaat>json</prod:ariregister_valjundi_formaat>"
        b"<prod:ariregistri_kood>",
    )

    ours = httpx.post(standin, content=request).json()

    (item,) = ours["keha"]["ettevotjad"]["item"]
    assert item["ariregistri_kood"] == 79999900
    assert [one["fyysilise_isiku_roll"] for one in item["isikud"]["item"]] == ["ASES", "KOAS"]
    assert item["esindusoiguse_eritingimused"] == {}


def test_autocomplete_of_the_stand_in_has_the_recorded_keys(standin):

    recorded = json.loads((RECORDED / "autocomplete_bolt_2026-05-18.json").read_text())

    ours = httpx.get(f"{standin}est/api/autocomplete", params={"q": "künni"}).json()

    assert set(ours["data"][0]) == set(recorded["data"][0])
    assert ours["data"][0]["historical_names"] == ["Künnivaim OÜ"]


def test_dates_survive_the_merge():
    organisation = details_of(reply("detailandmed_v4_response.excerpt.xml"), "10714568")

    merged = merge_details(organisation, organisation)

    assert merged.persons[0].starts_on == dt.date(2017, 9, 27)
