import datetime as dt
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.open_data.cases import register_cases
from registry.representation import (
    Deviation,
    Group,
    OrganisationAnswer,
    Person,
    Reason,
    Signatory,
    Verdict,
    assess,
    assess_open_data,
    records,
)
from registry.representation.codes import (
    check_digit,
    country_of,
    has_registry_check_digit,
    is_personal_code,
    is_registry_code,
    mask_codes,
    plain_code,
)
from registry.representation.roles import Part, acting, part_of
from registry.representation.stored import from_json, to_json
from registry.sentences import REASONS, VERDICTS

TODAY = dt.date(2026, 11, 20)
CODE = "19999905"
MARI = Person("Maasikas", "Mari", "47001011016", "EST", role="JUHL", may_alone=True)
JAAN = Person("Jõgi", "Jaan", "37001011004", "EST", role="JUHL", may_alone=True)
OLEV = Person("Oja", "Olev", "50101011028", "EST", role="JUHL", may_alone=True)


def organisation(*persons, **changes):
    answer = OrganisationAnswer(
        code=CODE, name="Näidis OÜ", status="R", legal_form="OÜ", persons=persons
    )
    return replace(answer, **changes)


def signing(*persons):
    return [Signatory(one.name, one.code, one.country) for one in persons]


def judged(answer, *signatories, code=CODE):
    return assess(answer, code=code, signatories=signatories, on=TODAY)


def jointly(*persons):
    return [replace(one, may_alone=False) for one in persons]


def test_member_with_the_sole_right_may_alone():
    result = judged(organisation(MARI), *signing(MARI))

    assert result.verdict == Verdict.SOLE
    assert result.reasons == (Reason.of("alone", names="Mari Maasikas"),)
    assert not result.needs_person


def test_any_condition_in_words_must_be_read_even_beside_a_sole_right():
    answer = organisation(MARI, deviations=(Deviation("Prokurist võib koormata kinnisasju."),))

    result = judged(answer, *signing(MARI))

    assert result.verdict == Verdict.SOLE_WITH_CONDITIONS
    assert {"text_must_be_read", "text_speaks_of_procurist"} <= set(result.codes())


def test_condition_that_has_ended_or_is_empty_is_none():
    ended = Deviation("Koos", ends_on=TODAY - dt.timedelta(days=1))

    assert (
        judged(organisation(MARI, deviations=(ended, Deviation(" "))), *signing(MARI)).verdict
        == "sole"
    )


@pytest.mark.parametrize(
    ("who", "verdict", "missing"),
    [
        ((0, 1), Verdict.JOINT_SATISFIED, None),
        ((0, 1, 2), Verdict.JOINT_SATISFIED, None),
        ((0,), Verdict.JOINT_INCOMPLETE, "Jaan Jõgi"),
        ((2,), Verdict.NEEDS_READING, None),
    ],
)
def test_joint_group_is_computed_and_the_missing_are_named(who, verdict, missing):
    board = jointly(MARI, JAAN, OLEV)
    answer = organisation(*board, groups=(Group(1, tuple(board[:2])),))

    result = judged(answer, *signing(*[board[index] for index in who]))

    assert result.verdict == verdict
    named = [dict(one.parameters).get("missing") for one in result.reasons]
    assert (missing in named) or missing is None


def test_group_that_lacks_least_is_the_one_told():
    board = jointly(MARI, JAAN, OLEV)
    groups = (Group(1, tuple(board)), Group(2, (board[0], board[2])))

    result = judged(organisation(*board, groups=groups), *signing(board[0]))

    told = next(one for one in result.reasons if one.code == "together_incomplete")
    assert dict(told.parameters)["missing"] == "Olev Oja"


def test_joint_member_without_groups_must_be_read():
    result = judged(organisation(*jointly(MARI, JAAN)), *signing(MARI))

    assert (result.verdict, result.codes()[0]) == (Verdict.NEEDS_READING, "not_alone")


def test_stranger_is_not_listed_and_a_power_of_attorney_is_asked_for():
    result = judged(organisation(MARI), Signatory("Võõras Inimene", JAAN.code))

    assert result.verdict == Verdict.NOT_LISTED
    assert result.codes() == ["not_on_card", "power_of_attorney_needed"]


def test_namesake_with_another_code_is_not_the_member():
    result = judged(organisation(MARI), Signatory(MARI.name, JAAN.code))

    assert result.verdict == Verdict.NOT_LISTED
    assert "same_name_other_code" in result.codes()


def test_father_and_son_on_one_board_are_told_apart_by_code():
    son = replace(MARI, code="60101011035", may_alone=False)

    result = judged(organisation(MARI, son), *signing(MARI))

    assert result.verdict == Verdict.SOLE
    assert "namesakes" in result.codes()
    assert judged(organisation(MARI, son), *signing(son)).verdict == Verdict.NEEDS_READING


def test_code_counts_only_together_with_its_country():
    latvian = replace(MARI, code="010170-12345", country="LVA")

    assert judged(organisation(latvian), Signatory("x", "01017012345", "LVA")).verdict == "sole"
    assert (
        judged(organisation(latvian), Signatory("x", "01017012345", "EST")).verdict == "not_listed"
    )


def test_odd_country_codes_are_mapped():
    german = replace(MARI, code="P123", country="GER")

    assert judged(organisation(german), Signatory("x", "p-123", "DEU")).verdict == Verdict.SOLE


@pytest.mark.parametrize(
    "person", [replace(MARI, code="", country=""), replace(MARI, code="30000000000")]
)
def test_person_without_a_usable_code_is_compared_by_hand(person):
    result = judged(organisation(person), Signatory(person.name, MARI.code))

    assert result.verdict == Verdict.NEEDS_READING
    assert "compare_by_hand" in result.codes()


def test_signatory_without_a_code_is_compared_by_hand():
    assert "compare_by_hand" in judged(organisation(MARI), Signatory("mari maasikas")).codes()


def test_wrong_personal_code_of_a_signatory_is_pointed_out():
    assert (
        "personal_code_wrong" in judged(organisation(MARI), Signatory("X Y", "47001011017")).codes()
    )


@pytest.mark.parametrize(
    ("status", "role", "verdict", "code"),
    [
        ("R", "JUHL", "sole", "alone"),
        ("L", "LIKV", "sole", "in_liquidation"),
        ("L", "LIKVJ", "sole", "in_liquidation"),
        ("L", "JUHL", "not_listed", "liquidator_instead"),
        ("N", "PANKR", "sole", "bankrupt"),
        ("N", "JUHL", "not_listed", "trustee_instead"),
        ("N", "LIKV", "not_listed", "trustee_instead"),
        ("L", "AJPH", "needs_reading", "role_needs_reading"),
        ("K", "JUHL", "deleted", "deleted"),
        ("X", "JUHL", "not_active", "status_unknown"),
        ("", "JUHL", "not_active", "status_unknown"),
        ("R", "KOAS", "not_listed", "role_does_not_represent"),
        ("R", "N", "not_listed", "role_does_not_represent"),
        ("R", "KISIK", "not_listed", "role_does_not_represent"),
        ("R", "ZZZ", "needs_reading", "role_needs_reading"),
        ("R", "LIKV", "needs_reading", "role_needs_reading"),
        ("R", "PROK", "sole", "procurist"),
        ("R", "VFILJ", "sole", "branch_of_foreign_company"),
        ("R", "EUSOS", "sole", "alone"),
        ("R", "UOSAN", "not_listed", "role_does_not_represent"),
    ],
)
def test_status_and_role_decide_who_acts(status, role, verdict, code):
    person = replace(MARI, role=role)

    result = judged(organisation(person, status=status), *signing(person))

    assert result.verdict == verdict
    assert code in result.codes()


def test_sole_trader_is_the_undertaking_although_the_register_says_nothing():
    trader = replace(MARI, role="FIE", may_alone=None)

    assert judged(organisation(trader, legal_form="FIE"), *signing(trader)).verdict == Verdict.SOLE


def test_right_that_is_not_stated_must_be_read():
    result = judged(organisation(replace(MARI, may_alone=None)), *signing(MARI))

    assert result.verdict == Verdict.NEEDS_READING
    assert "right_not_stated" in result.codes()


def test_term_that_ran_out_is_pointed_out_and_read_by_a_person():
    late = replace(MARI, term_ends_on=TODAY - dt.timedelta(days=1))

    result = judged(organisation(late), *signing(late))
    assert (result.verdict, "term_expired" in result.codes()) == (
        Verdict.SOLE_WITH_CONDITIONS,
        True,
    )
    assert judged(organisation(replace(MARI, term_ends_on=TODAY)), *signing(MARI)).verdict == "sole"
    # Another signatory beyond doubt is enough.
    assert judged(organisation(late, JAAN), *signing(late, JAAN)).verdict == Verdict.SOLE


def test_ended_entry_gives_no_right():
    gone = replace(MARI, ends_on=TODAY - dt.timedelta(days=1))

    result = judged(organisation(gone, JAAN), *signing(gone))

    assert (result.verdict, "entry_ended" in result.codes()) == (Verdict.NOT_LISTED, True)


def test_unknown_organisation_and_wrong_check_digit_are_told_but_the_digit_never_blocks():
    assert judged(None, code="12341234").codes() == ["not_in_register", "check_digit_wrong"]
    found = judged(organisation(MARI, code="12341234"), *signing(MARI), code="12341234")
    assert (found.verdict, found.codes()[-1]) == (Verdict.SOLE, "check_digit_wrong")


def test_apartment_association_without_a_board_means_all_owners():
    result = judged(organisation(legal_form="KÜ"), *signing(MARI))

    assert result.verdict == Verdict.NO_BOARD
    assert judged(organisation(MARI, legal_form="KÜ"), *signing(MARI)).verdict == Verdict.SOLE


@pytest.mark.parametrize("form", ["TRAS", "KOVAS", "AVOIG"])
def test_agency_is_confirmed_by_a_person_and_its_superior_does_not_sign(form):
    head = replace(MARI, role="ASES")
    superior = Person("Ministeerium", code="79999917", country="EST", role="KOAS", may_alone=False)
    answer = organisation(head, superior, legal_form=form)

    assert judged(answer, *signing(head)).verdict == Verdict.AGENCY
    assert judged(answer, Signatory("Ministeerium", "79999917")).verdict == Verdict.NOT_LISTED
    assert "agency_without_listed_head" in judged(organisation(superior, legal_form=form)).codes()


PARTNER = Person("Emafirma OÜ", code="19999911", country="EST", role="TOSAN", may_alone=True)


def behind(*persons, **changes):
    return organisation(*persons, code="19999911", name="Emafirma OÜ", **changes)


@pytest.mark.parametrize(
    ("beneath", "verdict", "code"),
    [
        (behind(MARI), "sole", "signs_through"),
        (
            behind(MARI, deviations=(Deviation("Koos."),)),
            "sole_with_conditions",
            "signs_through_with_conditions",
        ),
        (behind(*jointly(MARI, JAAN)), "needs_reading", "partner_needs_reading"),
        (behind(JAAN), "not_listed", "not_on_card"),
        (None, "needs_reading", "partner_unknown"),
        (behind(MARI, status="K"), "not_listed", "not_on_card"),
    ],
)
def test_partner_that_is_a_company_is_judged_by_its_own_card(beneath, verdict, code):
    answer = organisation(
        PARTNER, legal_form="UÜ", represented_by={"19999911": beneath} if beneath else {}
    )

    result = judged(answer, *signing(MARI))

    assert result.verdict == verdict
    assert code in result.codes()


def test_chain_of_partners_that_bites_its_tail_ends():
    first = organisation(PARTNER)
    second = behind(replace(PARTNER, code=CODE, last_name="Näidis OÜ"))
    first.represented_by["19999911"] = second
    second.represented_by[CODE] = first

    assert judged(first, *signing(MARI)).verdict in {Verdict.NEEDS_READING, Verdict.NOT_LISTED}


def test_legal_person_is_known_without_its_kind_by_code_and_missing_first_name():
    assert PARTNER.is_legal
    assert not replace(PARTNER, declared_legal=False).is_legal
    assert not MARI.is_legal


def test_without_signatories_it_is_told_who_might_sign():
    board = jointly(MARI, JAAN)
    groups = (Group(1, tuple(board)),)

    assert judged(organisation(MARI, JAAN)).reasons == (
        Reason.of("each_alone", names="Mari Maasikas, Jaan Jõgi"),
    )
    assert judged(organisation(*board, groups=groups)).verdict == Verdict.JOINT_INCOMPLETE
    assert judged(organisation(*board)).codes() == ["nobody_alone"]
    assert judged(organisation()).codes() == ["nobody_on_card"]


def test_names_in_a_condition_are_shown_as_an_aid():
    answer = organisation(
        *jointly(MARI, JAAN), deviations=(Deviation("Mari Maasikas ja Jaan Jõgi esindavad koos."),)
    )

    told = next(one for one in judged(answer).reasons if one.code == "text_names")
    assert dict(told.parameters)["names"] == "Jaan Jõgi, Mari Maasikas"


def test_open_data_never_give_a_full_verdict():
    nameless = organisation(replace(MARI, code=""), deviations=(Deviation("Koos."),))

    known = assess_open_data(nameless, code=CODE, signatories=signing(MARI), day=TODAY)
    unknown = assess_open_data(None, code=CODE, signatories=[], day=TODAY)

    assert (known.verdict, known.needs_person) == (Verdict.OPEN_DATA_ONLY, True)
    assert {"open_data_cannot_identify", "name_on_card", "text_must_be_read"} <= set(known.codes())
    assert dict(unknown.reasons[0].parameters) == {"code": CODE, "day": "20.11.2026"}


def test_check_digits_agree_with_known_codes():
    assert all(has_registry_check_digit(code) for code in ("70000310", "70008658", "19999905"))
    assert not has_registry_check_digit("12341234")
    assert is_personal_code("38001085718")
    assert not is_personal_code("38001085719")
    assert check_digit("3700101100") == 4


def test_codes_are_compared_without_signs_and_masked_where_shown():
    assert plain_code(" 010170-12345\u00a0") == "01017012345"
    assert plain_code("30000000000") == ""
    assert is_registry_code("7000 0310")
    assert not is_registry_code("30000310")
    assert (
        mask_codes("Siim (37001011048), tel 5551234567890")
        == "Siim (37001******), tel 5551234567890"
    )
    assert (country_of("ger"), country_of("EST"), country_of("XXX")) == ("DEU", "EST", "XXX")


def test_each_verdict_and_reason_has_words():
    assert {verdict.value for verdict in Verdict} == set(VERDICTS)


def test_every_case_of_the_seed_survives_storing():
    for case in register_cases():
        persons = tuple(
            Person(one["last_name"], one["first_name"], one["code"], one["country"], role=one["role"],
                   may_alone=one["alone"], starts_on=dt.date.fromisoformat(one["starts_on"]))
            for one in case["persons"]
        )  # fmt: skip
        answer = organisation(*persons, groups=(Group(1, persons),), deviations=(Deviation("x"),))

        assert from_json(to_json(answer)) == answer
    assert from_json(to_json(None)) is None


roles = st.sampled_from(
    ["JUHL", "PROK", "KOAS", "ZZZ", "LIKV", "PANKR", "FIE", "ASES", "TOSAN", "N", ""]
)
people = st.builds(
    Person,
    last_name=st.sampled_from(["Maasikas", "Oja", "", "Firma OÜ"]),
    first_name=st.sampled_from(["Mari", ""]),
    code=st.sampled_from([MARI.code, JAAN.code, "19999911", CODE, "", "P1", "30000000000"]),
    country=st.sampled_from(["EST", "LVA", "GER", ""]),
    role=roles,
    may_alone=st.sampled_from([True, False, None]),
    term_ends_on=st.sampled_from([None, TODAY, dt.date(2020, 1, 1)]),
    ends_on=st.sampled_from([None, dt.date(2020, 1, 1)]),
)
answers = st.builds(
    lambda persons, status, form, texts, seed: organisation(
        *persons,
        status=status,
        legal_form=form,
        deviations=tuple(Deviation(text) for text in texts),
        groups=tuple(
            Group(
                number, tuple(random.Random(seed + number).sample(persons, k=min(2, len(persons))))
            )
            for number in range(2)
        ),
    ),
    st.lists(people, max_size=4),
    st.sampled_from(["R", "L", "N", "K", "X", ""]),
    st.sampled_from(["OÜ", "KÜ", "UÜ", "FIE", "TRAS", "?"]),
    st.lists(st.sampled_from(["", "Juhatuse liikmed esindavad ühiselt."]), max_size=2),
    st.integers(0, 9),
)
asking = st.lists(
    st.builds(
        records.Signatory,
        name=st.sampled_from(["Mari Maasikas", "Oja", ""]),
        code=st.sampled_from([MARI.code, JAAN.code, "P1", ""]),
        country=st.sampled_from(["EST", "LVA", "DEU", ""]),
    ),
    max_size=3,
)


@given(answers, asking)
def test_whatever_the_card_says_a_sole_right_is_never_given_lightly(answer, signatories):
    result = judged(answer, *signatories)

    assert {one.code for one in result.reasons} <= set(REASONS)
    for reason in result.reasons:
        assert str(REASONS[reason.code].sentence) % dict(reason.parameters)
    if result.verdict != Verdict.SOLE:
        return
    assert answer.status in {"R", "L", "N"}
    assert not any(one.text.strip() for one in answer.deviations)
    assert answer.legal_form != "TRAS"
    able = [
        one
        for one in answer.persons
        if (one.may_alone or one.role == "FIE") and acting(one.role, answer.status).value == "yes"
    ]
    assert able
    if signatories:
        keys = {one.key for one in signatories}
        assert any(one.key in keys and one.key for one in able)


@given(st.text(max_size=12))
def test_any_role_and_code_can_be_looked_at(text):
    assert part_of(text) in Part
    assert isinstance(is_registry_code(text), bool)
    assert isinstance(is_personal_code(text), bool)
    assert isinstance(mask_codes(text), str)
