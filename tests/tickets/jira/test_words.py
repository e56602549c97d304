"""Texts, markers and statuses between Jira and us; plain Python alone."""

import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.standins.jira.words import check_document
from tickets.jira.adf import adf_from_text, text_from_adf
from tickets.jira.marker import label_of, marked_comment, marker_in_comment, marker_of
from tickets.jira.reading import moment_of, name_of, read_json
from tickets.jira.status_map import state_for
from tickets.jira.wiki import escape_wiki, text_from_wiki

ROOT = Path(__file__).parents[3]
MARKER = UUID("5f0c2a00-0000-4000-8000-000000000001")


def node(kind, *content, **attrs):
    return {"type": kind, "attrs": attrs, "content": list(content)}


def text(words, *marks):
    return {"type": "text", "text": words, "marks": list(marks)}


def test_text_becomes_paragraphs_and_lines():
    assert adf_from_text("Üks\nkaks\n\nkolm\n") == {
        "type": "doc",
        "version": 1,
        "content": [
            {
                "type": "paragraph",
                "content": [
                    {"type": "text", "text": "Üks"},
                    {"type": "hardBreak"},
                    {"type": "text", "text": "kaks"},
                ],
            },
            {"type": "paragraph", "content": [{"type": "text", "text": "kolm"}]},
        ],
    }


def test_document_with_everything_reads_as_a_person_would_see_it():
    link = {"type": "link", "attrs": {"href": "https://eesti.ee"}}
    document = node(
        "doc",
        node("heading", text("Lahendus"), level=2),
        node("paragraph", node("mention", text="@Mari"), text(" vaadake "), text("siia", link)),
        node(
            "orderedList",
            node("listItem", node("paragraph", text("esimene"))),
            node(
                "listItem",
                node("paragraph", text("teine")),
                node("bulletList", node("listItem", node("paragraph", text("sees")))),
            ),
        ),
        node("taskList", node("taskItem", text("tehtud"), state="DONE")),
        node("codeBlock", text("rida 1\nrida 2")),
        node("rule"),
        node(
            "table",
            node("tableRow", node("tableHeader", text("A")), node("tableHeader", text("B"))),
        ),
        node("paragraph", node("date", timestamp="1763769600000"), node("emoji", shortName=":)")),
        node("mediaSingle", node("media", alt="ekraan.png")),
        node("tulevikusõlm", node("paragraph", text("midagi uut"))),
    )

    assert text_from_adf(document) == (
        "Lahendus\n\n@Mari vaadake siia (https://eesti.ee)\n\n"
        "1. esimene\n2. teine\n  - sees\n\n[x] tehtud\n\nrida 1\nrida 2\n\n----\n\n"
        "A | B |\n\n2025-11-22:)\n\n[ekraan.png]\n\nmidagi uut"
    )


@pytest.mark.parametrize("document", [None, 7, [], {}, {"type": 5, "content": 5}, "tekst"])
def test_document_that_is_none_reads_as_little(document):
    assert text_from_adf(document) in ("", "tekst")


def test_document_without_end_is_read_for_a_while():
    deep = text("põhi")
    for _ in range(5000):
        deep = node("panel", deep)

    assert text_from_adf(node("doc", node("paragraph", text("peal")), deep)) == "peal"


scraps = st.recursive(
    st.none() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.fixed_dictionaries(
            {},
            optional={
                "type": st.sampled_from(
                    ["doc", "text", "bulletList", "taskList", "date", "media", "x"]
                ),
                "content": inner,
                "attrs": inner,
                "marks": inner,
                "text": inner,
                "timestamp": inner,
                "href": inner,
            },
        )
    ),
    max_leaves=20,
)


@given(scraps)
def test_any_document_is_read_as_some_text(document):
    assert isinstance(text_from_adf(document), str)


@given(st.text())
def test_any_text_makes_a_document_that_jira_takes(typed):
    check_document(adf_from_text(typed))


LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))


@given(LINES)
def test_text_comes_back_from_a_document_as_it_went(lines):
    typed = "\n".join(lines)

    assert text_from_adf(adf_from_text(typed)) == typed


MARKUP = r"ab \*_-+{}[]|!#:;()PyD?h1.bq&lt;~^%@" + "\nõ"


@given(st.text(st.sampled_from(MARKUP)) | st.text())
def test_text_comes_back_from_markup_as_it_went(typed):
    kept = "\n".join(typed.replace("\0", "").replace("\ue000", "").splitlines()).strip("\n")

    assert text_from_wiki(escape_wiki(kept)) == kept


@pytest.mark.parametrize(
    ("typed", "escaped"),
    [
        ("2026-11-29, KLT-2026-000123, a_b", "2026-11-29, KLT-2026-000123, a_b"),
        ("*paks* _kaldu_ -maha- +alla+", r"\*paks\* \_kaldu\_ \-maha\- \+alla\+"),
        ("{code}x{code} [~admin] !pilt.png!", r"\{code\}x\{code\} \[\~admin\] \!pilt.png!"),
        ("h1. Pealkiri\n# loend\n||a|b||", "h1&#46; Pealkiri\n\\# loend\n\\|\\|a\\|b\\|\\|"),
        (r"C:\temp\\server", "C:&#92;temp&#92;&#92;server"),
        ("Tere :) ja (y), &amp; ka", "Tere &#58;) ja \\(y), &amp;amp; ka"),
        ("Küsimus? Jah! (tavaline) 5 # 6", "Küsimus? Jah! (tavaline) 5 # 6"),
    ],
)
def test_what_people_typed_is_no_markup(typed, escaped):
    assert escape_wiki(typed) == escaped


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("h2. Lahendus\n*paks* ja _kaldu_", "Lahendus\npaks ja kaldu"),
        ("{color:red}punane{color} {{kood}}", "punane kood"),
        ("{code:title=x.py|borderStyle=solid}\nprint(1)\n{code}", "print(1)"),
        ("{quote}tsitaat{quote}", "tsitaat"),
        (
            "[riigiportaal|https://eesti.ee] [https://a.ee]",
            "riigiportaal (https://eesti.ee) https://a.ee",
        ),
        ("[~mart.tamm] [~accountid:5b10]", "@mart.tamm @5b10"),
        ("!ekraan.png|thumbnail! ja [^logi.txt]", "[ekraan.png] ja ^logi.txt"),
        ("* üks\n** kaks\n# kolm", "- üks\n- kaks\n- kolm"),
        ("||A||B||\n|1|2|", "A | B\n1|2"),
        (r"rida\\uus \*mitte paks\*", "rida\nuus *mitte paks*"),
        ("2*3*4 a_b_c 5 * 6 * 7 {eikood}", "2*3*4 a_b_c 5 * 6 * 7 {eikood}"),
    ],
)
def test_markup_of_others_reads_as_plain_text(markup, read):
    assert text_from_wiki(markup) == read


@given(st.text(st.sampled_from(MARKUP)))
def test_any_markup_is_read(markup):
    assert isinstance(text_from_wiki(markup), str)


@pytest.mark.parametrize(
    "hostile",
    ["*" * 50_000, "{color:" * 20_000, "|" * 50_000, "![" * 30_000, "h1. " * 20_000, "\\" * 60_000],
)
@pytest.mark.timeout(5)
def test_hostile_markup_takes_no_time(hostile):
    assert isinstance(text_from_wiki(hostile), str)
    assert isinstance(escape_wiki(hostile), str)


def test_marker_is_found_among_labels_and_on_the_last_line_alone():
    said = marked_comment("Palun vaadake", author="Mari Maasikas", marker=MARKER)

    assert said == f"Mari Maasikas:\n\nPalun vaadake\n\nklt-{MARKER}"
    assert marker_in_comment(said + "\n") == MARKER
    assert marker_in_comment(text_from_wiki(escape_wiki(said))) == MARKER
    assert marker_in_comment(text_from_adf(adf_from_text(said))) == MARKER
    assert marker_in_comment(f"vt klt-{MARKER} ülal") is None
    assert marker_in_comment("") is None
    assert marker_of(["muu", None, label_of(MARKER)]) == MARKER
    assert marker_of(["klt-5f0c2a", f"x{label_of(MARKER)}"]) is None


def test_category_decides_unless_the_project_says_otherwise_of_the_name():
    overrides = {"Waiting  for Reporter": "needs_info", "rejected": "rejected"}

    assert state_for("Anything", "new") == "raised"
    assert state_for("Kuum kartul", "indeterminate", overrides=overrides) == "in_progress"
    assert state_for("waiting for reporter", "indeterminate", overrides=overrides) == "needs_info"
    assert state_for("Rejected", "done", overrides=overrides) == "rejected"
    assert state_for("Done", "done") == "resolved"
    assert state_for("Kuum kartul", "") is None
    assert state_for("", "undefined", overrides=overrides) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-11-22T12:34:56.789+0200", "2026-11-22T10:34:56.789000+00:00"),
        ("2026-11-22T10:34:56Z", "2026-11-22T10:34:56+00:00"),
        ("2026-11-22T12:34:56", None),
        ("0001-01-01T00:00:00+1400", None),
        ("eile", None),
        (17, None),
    ],
)
def test_moments_need_a_time_zone(written, read):
    moment = moment_of({"updated": written}, "updated")

    assert (moment and moment.isoformat()) == read


def test_texts_are_fit_to_be_kept():
    """A database takes no NUL and no half of a letter."""
    said = read_json(
        b'{"name": "a\\u0000b\\ud800", "number": 17, "flag": true, "long": "%s"}' % (b"x" * 300)
    )

    assert [name_of(said, one) for one in ("name", "number", "flag", "long")] == [
        "ab?",
        "17",
        "",
        "x" * 255,
    ]
    assert adf_from_text("a\0\ud800")["content"][0]["content"] == [{"type": "text", "text": "a?"}]


def test_words_and_client_of_jira_know_no_django():
    code = (
        "import sys, tickets.gateways.jira, tickets.jira.marker, tickets.jira.status_map,"
        " tickets.jira.webhooks; sys.exit('django' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0
