import pytest

from common.file_names import safe_name
from common.personal_codes import find_personal_codes, without_personal_codes


@pytest.mark.parametrize(
    "written",
    ["38001085718", "380 0108 5718", "380010-85718", "3 8 0 0 1 0 8 5 7 1 8", "380\u00a001085718"],
)
def test_code_is_found_however_it_is_written(written):
    text = f"Klient (ik {written}), ütles."

    assert find_personal_codes(text) == [written]
    assert without_personal_codes(text) == "Klient (ik 38001******), ütles."


@pytest.mark.parametrize("written", ["EE38001085718", "ee38001085718", "PNOEE-38001085718"])
def test_code_is_found_behind_its_country(written):
    text = f"Kasutajal {written} puudub õigus"

    assert find_personal_codes(text) == ["38001085718"]
    assert "85718" not in without_personal_codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "38001085719",  # the last digit checks the others
        "+372 5300 1235",
        "tel 53001235 ja 53001236",
        "138001085718",
        "380010857180",
        "viitenumber 38001085718900",
        "A38001085718B",
        "EE382200221020145685",
    ],
)
def test_other_numbers_are_none(text):
    assert find_personal_codes(text) == []
    assert without_personal_codes(text) == text


def test_names_of_files_show_no_personal_code():
    assert safe_name("leping_38001085718.asice") == "leping_38001xxxxxx.asice"
    assert safe_name("leping 2026-001.asice") == "leping 2026-001.asice"
