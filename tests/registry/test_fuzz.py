"""Importers and the SOAP reader meet anything at all, and never do more than set it aside."""

import contextlib
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from registry.open_data.csv_records import Bad, csv_records
from registry.open_data.files import NotOpenData
from registry.open_data.generate import COLUMNS, basic_line, card_object, organisations
from registry.open_data.json_records import EndsEarly, json_records
from registry.open_data.records import BasicRecord, CardRecord, basic_record, card_record
from registry.open_data.words import TEXT_LENGTH, WORD_LENGTH, keys_of
from registry.register_xml.envelope import NS, SOAP, esindus_request
from registry.register_xml.reading import NotReadable, day, read_reply
from registry.register_xml.redaction import redacted
from registry.register_xml.replies import (
    basic_of,
    details_of,
    merge_details,
    representation_of,
)

HEAD = ("\ufeff" + ";".join(COLUMNS) + "\r\n").encode()
CASES = list(organisations(12))
LINES = [basic_line(case).encode() for case in CASES]


def cleaned(records, clean):
    good = []
    for _begins, _ends, record in records:
        try:
            if isinstance(record, Bad):
                raise record
            good.append(clean(record))
        except Bad:
            continue
    return good


@given(st.binary(max_size=400))
def test_any_bytes_are_no_csv_or_bad_lines(content):
    with contextlib.suppress(NotOpenData):
        cleaned(csv_records(io.BytesIO(content)), basic_record)
    cleaned(csv_records(io.BytesIO(HEAD + content)), basic_record)


@given(st.binary(max_size=200).filter(lambda rubbish: b'"' not in rubbish), st.integers(0, 11))
def test_rubbish_between_lines_costs_no_good_line(rubbish, place):
    content = HEAD + b"".join([*LINES[:place], rubbish, b"\r\n", *LINES[place:]])

    good = cleaned(csv_records(io.BytesIO(content)), basic_record)

    codes = [one.registry_code for one in good]
    assert [code for code in codes if code in {case["code"] for case in CASES}] == [
        case["code"] for case in CASES
    ]


@given(
    st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=60), min_size=17, max_size=17)
)
def test_any_cells_become_a_record_that_fits_or_are_bad(cells):
    row = dict(zip(COLUMNS, cells, strict=True))
    try:
        record = basic_record(row)
    except Bad:
        return
    assert isinstance(record, BasicRecord)
    assert "\0" not in "".join(str(value) for value in vars(record).values())
    assert len(record.digest) == 32


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["ariregistri_kood", "nimi", "kaardile_kantud_isikud", "algus_kpv", "item"]
            )
            | st.text(max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSONS)
def test_any_json_value_becomes_a_card_or_is_bad(value):
    with contextlib.suppress(Bad):
        assert isinstance(card_record(value), CardRecord)


@given(st.lists(JSONS, max_size=4), st.binary(max_size=50))
def test_any_array_with_any_tail_ends(values, tail):
    content = json.dumps(values).encode() + tail
    with contextlib.suppress(NotOpenData, EndsEarly):
        cleaned(json_records(io.BytesIO(content)), card_record)


@given(st.binary(max_size=300))
def test_any_bytes_are_no_array_or_end_early(content):
    with pytest.raises((NotOpenData, EndsEarly)):
        list(json_records(io.BytesIO(content.replace(b"]", b""))))


@given(st.integers(0, 10_000))
def test_file_cut_anywhere_gives_only_whole_records(place):
    content = json.dumps([card_object(case) for case in CASES]).encode()
    cut = content[: place % (len(content) - 1)]

    found = []
    with pytest.raises((EndsEarly, NotOpenData)):
        found.extend(record for _b, _e, record in json_records(io.BytesIO(cut)))
    assert all(isinstance(record, dict) for record in found)


@given(st.integers(1, 11), st.sampled_from([b'"nimi": ,', b"{{", b'"', b"\\"]))
def test_record_broken_in_the_middle_costs_itself_alone(place, rubbish):
    parts = [json.dumps(card_object(case)).encode() for case in CASES]
    parts[place] = parts[place][:40] + rubbish + parts[place][60:]
    content = b"[" + b",\n".join(parts) + b"]"

    found = [record for _b, _e, record in json_records(io.BytesIO(content))]

    codes = {record["ariregistri_kood"] for record in found if isinstance(record, dict)}
    assert {int(case["code"]) for number, case in enumerate(CASES) if number != place} - codes <= {
        int(CASES[min(place + 1, 11)]["code"])  # a lost quotation mark may swallow its neighbour
    }


def test_json_nested_too_deep_is_set_aside():
    content = b'[{"ariregistri_kood": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]"

    found = list(json_records(io.BytesIO(content)))

    assert all(isinstance(record, Bad) for _b, _e, record in found)


@given(st.text(max_size=700))
def test_keys_of_any_name_fit_their_columns(name):
    for word, place, text in keys_of(name, "19999905"):
        assert 0 < len(word) <= WORD_LENGTH
        assert len(text) <= TEXT_LENGTH
        assert place >= 0


@given(st.binary(max_size=300))
def test_any_bytes_are_no_reply(content):
    with pytest.raises(NotReadable):
        read_reply(content)


NAMES = st.sampled_from(
    [
        "ettevotjad",
        "item",
        "isikud",
        "ariregistri_kood",
        "staatus",
        "esindusoiguse_grupid",
        "grupp",
        "grupi_nr",
        "yldandmed",
        "isikuandmed",
        "kaardile_kantud_isikud",
        "algus_kpv",
        "esindusoiguse_eritingimused",
        "ainuesindusoigus_olemas",
        "fyysilise_isiku_kood",
        "evaadressid",
        "aadressid",
    ]
)
TREES = st.recursive(
    st.tuples(NAMES, st.sampled_from(["", "19999905", "JAH", "2020-02-30Z", "x", "²"])),
    lambda inner: st.tuples(NAMES, st.lists(inner, max_size=4)),
    max_leaves=20,
)


def built(parent, tree):
    name, content = tree
    element = etree.SubElement(parent, f"{{{NS}}}{name}")
    if isinstance(content, str):
        element.text = content
        return
    for part in content:
        built(element, part)


@given(st.lists(TREES, max_size=4))
def test_any_tree_in_an_envelope_is_read_without_falling_over(trees):
    envelope = etree.Element(f"{{{SOAP}}}Envelope")
    body = etree.SubElement(envelope, f"{{{SOAP}}}Body")
    keha = etree.SubElement(etree.SubElement(body, f"{{{NS}}}xResponse"), f"{{{NS}}}keha")
    for tree in trees:
        built(keha, tree)

    reply = read_reply(etree.tostring(envelope))

    details = details_of(reply, "19999905")
    for read in (representation_of, basic_of):
        try:
            merge_details(read(reply, "19999905"), details)
        except NotReadable:
            continue
    redacted(reply.root)


@pytest.mark.parametrize(
    "hostile",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:1/">%p;]><x/>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY e "x">]><x>&e;</x>'.encode(
            "utf-16"
        ),
        b"<a>" * 10_000,
        b'<?xml version="1.0" encoding="nonsense"?><x/>',
    ],
)
def test_hostile_xml_is_refused(hostile):
    with pytest.raises(NotReadable):
        read_reply(hostile)


@given(
    st.text(
        alphabet=st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn"]),
        min_size=1,
        max_size=20,
    ).filter(lambda text: "\ufffe" not in text and "\uffff" not in text)
)
def test_credentials_of_any_letters_travel_and_are_redacted(password):
    request = esindus_request("esindus_v2", user="kasutaja", password=password, code="1")

    root = etree.fromstring(request)

    assert root.find(f".//{{{NS}}}ariregister_parool").text == password
    kept = etree.fromstring(redacted(root, (password,)))
    assert kept.find(f".//{{{NS}}}ariregister_parool").text == "***"
    assert kept.find(f".//{{{NS}}}ariregister_kasutajanimi").text == "***"


@given(st.text(max_size=15))
def test_any_text_is_a_day_or_none(text):
    day(text)
