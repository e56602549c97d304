from documents.wording_difference import Change, difference

OLD = "# Leping\n\n1. Esimene punkt.\n2. Teine punkt kehtib.\n3. Kolmas.\n4. Neljas.\n"


def lines(found):
    return [(one.change, " ".join(piece.text for piece in one.pieces)) for one in found]


def test_same_texts_do_not_differ():
    assert difference(OLD, OLD.replace("\n", "\r\n")) == []


def test_changed_clause_is_shown_with_its_neighbours_and_the_changed_words_marked():
    found = difference(OLD, OLD.replace("punkt kehtib", "punkt ei kehti"))

    assert lines(found) == [
        (Change.SKIPPED, ""),
        (Change.SAME, "1. Esimene punkt."),
        (Change.REMOVED, "2. Teine punkt kehtib."),
        (Change.ADDED, "2. Teine punkt ei kehti."),
        (Change.SAME, "3. Kolmas."),
        (Change.SKIPPED, ""),
    ]
    removed, added = found[2], found[3]
    assert [piece.text for piece in removed.pieces if piece.is_marked] == ["kehtib."]
    assert [piece.text for piece in added.pieces if piece.is_marked] == ["ei kehti."]


def test_added_and_removed_lines_are_told_apart():
    found = difference("a\nb\nc\n", "a\nc\nd\n")

    assert lines(found) == [
        (Change.SAME, "a"),
        (Change.REMOVED, "b"),
        (Change.SAME, "c"),
        (Change.ADDED, "d"),
    ]


def test_first_wording_is_added_whole():
    assert {one.change for one in difference("", OLD)} == {Change.ADDED}
