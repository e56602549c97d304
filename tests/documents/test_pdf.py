import datetime as dt
import io
import re
from html import unescape

import pytest
from pypdf import PdfReader

from documents.gateways import pdf
from documents.template_language import fill_template
from tests.documents.test_render_draft import needs_pango, quiet
from tests.factories.documents import SEED

pytestmark = [needs_pango, quiet]

MARI = {
    "nimi": "Mari-Liis Õunapuu-Šžäüö",
    "isikukood": "47001011016",
    "ametikoht": "juhatuse liige",
    "alus": "seaduse",
    "esindusviis": "ühiselt",
}
SERGEI = {**MARI, "nimi": "Сергей Щёголев-Юрьев", "isikukood": "37001011004"}


def variables(*people):
    return {
        "dok": {"number": "KL-2026-000001", "kuupaev": "22.11.2026", "versioon": "1"},
        "amet": {
            "nimi": "Keskkonnaamet",
            "registrikood": "70008658",
            "aadress": "Roheline 64, 80010 Pärnu",
            "telefon": "+372 662 5999",
            "epost": "klienditugi@keskkonnaamet.ee",
            "allkirjastaja": {
                "nimi": "Tiina Tamm",
                "ametikoht": "klienditeeninduse juht",
                "alus": "käskkirja nr 5",
            },
        },
        "klient": {
            "nimi": "Näidis & <b>Pojad</b> {{ x }} OÜ",
            "registrikood": "19999905",
            "oiguslik_vorm": "OÜ",
            "aadress": "Roheline tn 1, Tallinn",
            "epost": "info@naidis.example.ee",
            "telefon": "+372 5300 1234",
        },
        "esindajad": list(people),
        "uhine_esindus": len(people) > 1,
    }


def sheet(*people):
    return pdf.Sheet(
        title="E-teenuste portaali kasutamise leping",
        number="KL-2026-000001",
        template="KASUTUSLEPING v1",
        holder="Keskkonnaamet",
        restriction_basis="AvTS § 35 lg 1 p 12",
        restricted_until=dt.date(2101, 11, 22),
        made_at=dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC),
        body=fill_template(SEED.read_text(encoding="utf-8"), variables(*people)),
        key="0f0f0f0f",
    )


@pytest.fixture(scope="module")
def reader():
    return PdfReader(io.BytesIO(pdf.typeset(sheet(MARI, SERGEI))))


def words(text):
    return " ".join(text.split())


def test_every_word_of_the_template_stands_in_the_paper_in_its_order(reader):
    html = fill_template(SEED.read_text(encoding="utf-8"), variables(MARI, SERGEI))
    lines = [re.sub("<[^>]+>", "", line) for line in html.splitlines()]
    wanted = [together(unescape(line)) for line in lines if line.strip()]
    wanted[0] = wanted[0].upper()  # the title is set in capitals
    found = together("".join(page.extract_text() for page in reader.pages))

    at = 0
    for line in wanted:
        at = found.find(line, at) + len(line)
        assert at >= len(line), line


def together(text):
    """Without white space, and without what stands at the foot of each page."""
    return re.sub(r"AK·asutusesiseseks\w+|KL-2026-000001·mall\S+?lk\d/3", "", "".join(text.split()))


def test_estonian_and_cyrillic_names_read_as_they_were_written(reader):
    text = words("\n".join(page.extract_text() for page in reader.pages))

    assert "Mari-Liis Õunapuu-Šžäüö, isikukood 47001011016" in text
    assert "Сергей Щёголев-Юрьев, isikukood 37001011004" in text
    assert "Näidis & <b>Pojad</b> {{ x }} OÜ, registrikood 19999905" in text


def test_joint_representatives_each_have_a_signature_line(reader):
    last = words(reader.pages[-1].extract_text())

    assert last.count("(allkirjastatud digitaalselt)") == 3
    assert "esindavad ühiselt" in words(reader.pages[0].extract_text())


def test_one_representative_represents_alone():
    content = pdf.typeset(sheet(MARI))

    first = words(PdfReader(io.BytesIO(content)).pages[0].extract_text())
    assert "keda seaduse alusel esindab juhatuse liige Mari-Liis" in first
    assert "ühiselt" not in first


def test_restriction_mark_number_version_and_pages_are_on_the_paper(reader):
    first, last = (words(reader.pages[number].extract_text()) for number in (0, -1))

    assert "Asutusesiseseks kasutamiseks Teabevaldaja: Keskkonnaamet" in first
    assert "Märge tehtud: 22.11.2026 Juurdepääsupiirang kehtib kuni: 22.11.2101" in first
    assert "Alus: AvTS § 35 lg 1 p 12" in first
    assert "AK · asutusesiseseks kasutamiseks" in last
    count = len(reader.pages)
    assert f"KL-2026-000001 · mall KASUTUSLEPING v1 lk {count}/{count}" in last


def test_every_font_is_embedded(reader):
    fonts = [
        font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()
    ]
    descriptors = [
        below.get_object()["/FontDescriptor"]
        for font in fonts
        for below in font.get("/DescendantFonts", [font])
    ]

    assert descriptors
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(one) for one in descriptors)
    assert all("/ToUnicode" in font for font in fonts)


def test_paper_is_tagged_and_names_its_language_and_title(reader):
    root = reader.trailer["/Root"]
    kinds = set(tags(root["/StructTreeRoot"]))

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "et"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD"} <= kinds
    assert reader.metadata.title == "E-teenuste portaali kasutamise leping nr KL-2026-000001"


def tags(element):
    below = element.get("/K", [])
    for child in below if isinstance(below, list) else [below]:
        found = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(found, dict) and "/S" in found:
            yield found["/S"]
            yield from tags(found)


def test_paper_calls_itself_pdf_a_2a_and_has_what_that_asks(reader):
    root = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()

    assert 'pdfaid:part="2"' in metadata
    assert 'pdfaid:conformance="A"' in metadata
    assert root["/OutputIntents"]
    assert "/Encrypt" not in reader.trailer
    assert len(reader.trailer["/ID"]) == 2
    assert "/JavaScript" not in str(root)


def test_no_personal_data_stand_in_the_metadata(reader):
    told = f"{reader.metadata} {reader.trailer['/Root']['/Metadata'].get_data().decode()}"

    assert "Õunapuu" not in told
    assert "47001011016" not in told


def test_same_paper_gives_the_same_bytes():
    assert pdf.typeset(sheet(MARI)) == pdf.typeset(sheet(MARI))
