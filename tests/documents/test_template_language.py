from pathlib import Path

import pytest

from documents.template_language import TemplateRefused, check_template, fill_template
from documents.vocabulary import COMMON_VARIABLES

SEED = Path(__file__).parents[2] / "documents" / "seed" / "kasutusleping.et.txt"


def test_variable_is_never_markup():
    html = fill_template("# {{ a }}\n\n{{ a }} **b**", {"a": "<b>**x**</b> & {{ a }} {% now %}"})

    escaped = "&lt;b&gt;**x**&lt;/b&gt; &amp; {{ a }} {% now %}"
    assert html == f"<h1>{escaped}</h1>\n<p>{escaped} <strong>b</strong>\n</p>"


def test_markup_of_the_administrator_is_text():
    html = fill_template("<script>1</script> & {{ a }}", {"a": "x"})

    assert html == "<p>&lt;script&gt;1&lt;/script&gt; &amp; x\n</p>"


def test_row_of_a_table_may_hold_a_filter():
    html = fill_template('| a | b |\n| {{ v|yesno:"on,ei" }} | {{ v }} |', {"v": True})

    assert "<tr><td>on</td><td>True</td></tr>" in html


def test_loop_multiplies_rows_within_one_table():
    source = "| nimi |\n{% for e in all %}\n| {{ e.n }} |\n{% endfor %}"

    html = fill_template(source, {"all": [{"n": "A"}, {"n": "B"}]})

    assert html.count("<table>") == html.count("</table>") == 1
    assert html.count("<td>") == 2


@pytest.mark.parametrize(
    "source",
    [
        "{% load static %}",
        '{% include "base.html" %}',
        "{% now 'Y' %}",
        "{% debug %}",
        "{% autoescape off %}{{ klient.nimi }}{% endautoescape %}",
        "{{ klient.nimi|safe }}",
        "{{ klient.nimi|upper }}",
        "{{ klient.nimi.upper }}",
        "{{ klient.items }}",
        "{{ klient.__class__ }}",
        "{{ nothing }}",
        "{% if nothing %}x{% endif %}",
        "{% if klient.nimi and not nothing %}x{% endif %}",
        "{% for e in klient %}x{% endfor %}",
        "{% for a, b in esindajad %}x{% endfor %}",
        "{% for e in esindajad %}{{ e.foo }}{% endfor %}",
        "{{ e.nimi }}",
        "{% if klient.nimi %}",
    ],
)
def test_template_that_says_more_than_the_language_is_refused(source):
    with pytest.raises(TemplateRefused):
        check_template(source, COMMON_VARIABLES)


def test_values_have_no_methods_to_call():
    with pytest.raises(TemplateRefused):
        fill_template("{{ klient.clear }}", {"klient": {"nimi": "x"}})


def test_missing_value_is_not_left_blank():
    with pytest.raises(TemplateRefused):
        fill_template("{{ klient.epost }}", {"klient": {"nimi": "x"}})


def test_seeded_agreement_keeps_to_the_language():
    check_template(SEED.read_text(), COMMON_VARIABLES)
