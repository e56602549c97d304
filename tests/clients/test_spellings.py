"""Properties of folding and of telephone spellings, tried by hypothesis."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.codes import masked_code
from clients.folding import fold, name_key, words_of
from clients.keys import LONGEST_WORDS, keys_of
from clients.phones import (
    PhoneNotValid,
    digits_of,
    masked_phone,
    normal_phone,
    phone_keys,
    typed_keys,
)

estonian = st.integers(5_000_0000, 5_999_9999).map(str) | st.integers(600_0000, 699_9999).map(str)
between = st.sampled_from(["", " ", "-", " - ", ".", "\u00a0", "/", "–"])


@st.composite
def spelled(draw, national):
    """A number as people write it: any prefix, any gaps."""
    prefix = draw(st.sampled_from(["", "+372", "00372", "372", "(+372)", "+372 ", "00 372 "]))
    digits = "".join(digit + draw(between) for digit in national)
    return f"{draw(st.sampled_from(['', ' ']))}{prefix}{draw(between)}{digits}"


@given(st.data(), estonian)
def test_every_spelling_of_a_number_begins_with_one_of_its_keys(data, national):
    typed = data.draw(spelled(national))

    keys = phone_keys(f"+372{national}")

    assert any(key.startswith(start) for start in typed_keys(typed) for key in keys)


@given(st.data(), estonian)
def test_every_part_of_five_digits_is_found(data, national):
    start = data.draw(st.integers(0, len(national) - 5))
    part = national[start : data.draw(st.integers(start + 5, len(national)))]

    keys = phone_keys(f"+372{national}")

    assert any(key.startswith(typed) for typed in typed_keys(part) for key in keys)


@given(st.text(max_size=60))
def test_any_text_is_a_number_in_one_spelling_or_is_refused(text):
    try:
        number = normal_phone(text)
    except PhoneNotValid:
        return

    assert number.startswith("+")
    assert normal_phone(number) == number
    assert number not in masked_phone(number)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("5300 1234", "+37253001234"),
        ("+372 5300-1234", "+37253001234"),
        ("00372 53001234", "+37253001234"),
        ("37253001234", "+37253001234"),
        ("662 5999", "+3726625999"),
        ("+358 40 1234567", "+358401234567"),
        ("358401234567", "+358401234567"),
        ("8 912 123 45 67", "+79121234567"),
    ],
)
def test_number_has_one_spelling_at_rest(typed, number):
    assert normal_phone(typed) == number


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)
    assert words_of(fold(text)) == words_of(text)


@given(st.text(alphabet="aáäõöüšžABCÕÄÖÜŠŽ éçñ-", max_size=40))
def test_diacritics_and_case_do_not_matter(text):
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFD", text.upper())
        if not unicodedata.combining(letter)
    )

    assert fold(text) == fold(bare)


@given(st.lists(st.sampled_from(["Mari", "Õie", "Mets", "OÜ", "Юрий"]), min_size=1))
def test_namesakes_share_a_key_in_any_order(words):
    assert name_key(" ".join(words)) == name_key(" ".join(reversed(words)))


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Юрий", "Juri"),
        ("Сергей", "Sergei"),
        ("Елена", "Jelena"),
        ("Щербаков", "Štšerbakov"),
        ("Васильев", "Vassiljev"),
        ("Васильев", "Vasiljev"),
        ("Анастасия", "Anastassia"),
        ("Юлия", "Julia"),
        ("Фёдоров", "Fjodorov"),
        ("Хохлов", "Hohlov"),
        ("Наталья", "Natalja"),
        ("Зайцев", "Zaitsev"),
    ],
)
def test_cyrillic_is_folded_by_the_estonian_rules(cyrillic, latin):
    assert fold(cyrillic) == fold(latin)


@given(st.lists(st.text(max_size=200), max_size=4), st.lists(st.text(max_size=40), max_size=3))
def test_keys_fit_their_columns_and_stand_once(names, codes):
    keys = list(keys_of(names=names, codes=codes, contacts=[("phone", "+37284001234")]))

    assert len({(key.kind, key.key) for key in keys}) == len(keys)
    assert all(key.key and len(key.key) <= 254 for key in keys)
    assert all(len(key.words) <= LONGEST_WORDS for key in keys)


@given(st.text(alphabet="0123456789ABC", max_size=20))
def test_masked_code_shows_less_than_the_code(code):
    masked = masked_code(code)

    assert len(masked) == len(code)
    assert masked.count("*") >= len(code) - 5


@given(st.text(max_size=30))
def test_digits_are_digits(text):
    assert digits_of(text).isascii()
    assert digits_of(text).isdigit() or digits_of(text) == ""
