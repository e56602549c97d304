import pytest

from documents.gateways import pdf

pytestmark = [
    pytest.mark.skipif(
        not pdf.is_available(),
        reason="Pango is missing: apt install libpango-1.0-0 libpangoft2-1.0-0",
    ),
    # WeasyPrint leaves its own colour profile for the garbage collector to close.
    pytest.mark.filterwarnings(
        "ignore:Exception ignored in.*sRGB2014:pytest.PytestUnraisableExceptionWarning"
    ),
]
BOTH = ["Anu Proov", "Peeter Katse"]


def test_who_represent_together_both_stand_in_the_paper_with_a_place_to_sign(desk):
    case = desk.start(organisation="19999928")
    desk.ask_register(case)
    desk.give_contacts(case)
    desk.check_these_people(case, BOTH)
    desk.ask_register(case)

    assert "ühiselt" in desk.page(case).select_one("#check").get_text()
    desk.read_and_confirm(case)
    desk.ask_for_draft(case, BOTH)
    text = desk.draw(case)

    assert "esindavad ühiselt" in text
    signatures = text.rpartition("llkirja")[0].rpartition("Leping on")[2] + text[-1500:]
    for name in BOTH:
        assert text.count(name) == 2, text  # among the parties, and where it is signed
        assert name in signatures
