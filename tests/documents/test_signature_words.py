import pytest
from django.utils import translation

from documents.signature_words import LEVELS, MEANS, SENTENCES
from documents.signatures import CLAUSES, Code, Level, Means


def test_every_code_has_a_sentence_and_a_clause():
    assert set(SENTENCES) == set(CLAUSES) == set(Code)
    assert set(LEVELS) == set(Level)
    assert set(MEANS) == set(Means)


@pytest.mark.parametrize("language", ["et", "ru"])
def test_every_sentence_is_said_in_each_language(language):
    with translation.override("en"):
        english = {code: str(sentence) for code, sentence in SENTENCES.items()}
    with translation.override(language):
        theirs = {code: str(sentence) for code, sentence in SENTENCES.items()}

    assert [code for code in Code if theirs[code] == english[code]] == []


def test_no_two_codes_say_the_same():
    assert len(set(map(str, SENTENCES.values()))) == len(SENTENCES)
