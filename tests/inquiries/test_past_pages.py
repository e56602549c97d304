import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AccessEntry
from inquiries import actions
from inquiries.models import Inquiry, PastImport, PastProfile
from inquiries.states import PastImportState
from tests.factories.accounts import UserFactory
from tests.inquiries.past_tables import CODE, NOON, imported, line, received, table, tried, worked

pytestmark = pytest.mark.django_db
ROUTES = ("past", "past_columns", "past_undo", "past_aside")


@pytest.fixture
def coordinator(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return UserFactory(role="coordinator", first_name="Kadri", last_name="Lepp", language="en")


@pytest.fixture
def desk(client, coordinator):
    client.force_login(coordinator)
    client.cookies["django_language"] = "en"
    return client


def url(name, past_import):
    return reverse(f"inquiries:{name}", args=[past_import.pk])


def page(response):
    return BeautifulSoup(response.content.decode(), "html.parser")


def chosen(soup):
    """What a form would send, as the page shows it."""
    return {
        select["name"]: next(
            (option["value"] for option in select.select("option[selected]")),
            select.option["value"],
        )
        for select in soup.select("form.stackv select")
    }


def test_file_is_brought_tried_and_run_through_the_pages(desk):
    content = table(
        line("A1", Klient="Mari Maasikas", Isikukood=CODE, Telefon="53001234"),
        line("A2", day="eile"),
    )
    brought = desk.post(
        reverse("inquiries:past_list"),
        {"file": SimpleUploadedFile("vana.csv", content), "source": "Excel", "holds": "inquiries"},
    )
    past_import = PastImport.objects.get()
    assert brought.headers["Location"] == url("past_columns", past_import)

    columns = page(desk.get(brought.headers["Location"]))
    sent = chosen(columns)
    assert CODE not in str(columns)
    assert "39001******" in str(columns)
    assert [sent[f"column_{place}"] for place in range(3)] == [
        "old_number",
        "started_at",
        "channel",
    ]

    desk.post(url("past_columns", past_import), sent)
    worked(past_import)
    shown = page(desk.get(url("past", past_import)))
    assert "Mari Maasikas" in shown.text
    assert "new client" in shown.text
    assert "not a date: “eile”" in shown.text
    assert CODE not in str(shown)

    desk.post(url("past_run", past_import))
    worked(past_import)
    inquiry = Inquiry.objects.get()
    opened = desk.get(reverse("inquiries:show", args=[inquiry.pk])).content.decode()
    assert "old number A1" in opened
    past_import.refresh_from_db()
    assert past_import.state == PastImportState.DONE


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("vana.csv", b"\x00\x01\x02", "CSV"),
        ("vana.xlsx", b"PK\x03\x04", ""),
        ("vana.csv", b"   \n \n", "No table"),
        ("vana.csv", b"", "empty"),
    ],
)
def test_what_is_no_table_is_refused_at_its_field(desk, name, content, words):
    response = desk.post(
        reverse("inquiries:past_list"),
        {"file": SimpleUploadedFile(name, content), "source": "Excel", "holds": "inquiries"},
    )

    assert response.status_code == 422
    assert words in response.content.decode()
    assert PastImport.objects.count() == 0


def test_other_encoding_shows_the_letters_right(desk, coordinator):
    past_import = received(table(line("1", Küsimus="Õu"), encoding="cp1257"), by=coordinator)
    assert past_import.encoding == "cp1257"

    desk.post(
        url("past_columns", past_import),
        {"reshape": "1", "encoding": "cp1251", "delimiter": ";", "heading_row": "1"},
    )

    past_import.refresh_from_db()
    assert past_import.encoding == "cp1251"
    assert "Kьsimus" in past_import.headings


def test_columns_without_a_date_are_refused_on_the_page(desk, coordinator):
    past_import = received(table(line("1")), by=coordinator)
    sent = chosen(page(desk.get(url("past_columns", past_import))))

    response = desk.post(url("past_columns", past_import), {**sent, "column_1": ""})

    assert response.status_code == 422
    assert "Say which column holds the date" in response.content.decode()


def test_words_are_matched_and_kept_as_a_profile(desk, coordinator):
    past_import = tried(
        received(table(line("1", Kanal="tuvipost")), by=coordinator), by=coordinator
    )
    value = past_import.values.get()

    desk.post(url("past_values", past_import), {f"value_{value.pk}": "post"})
    past_import = worked(past_import)
    desk.post(url("past_profile", past_import), {"name": "Vana tabel"})

    assert past_import.values.get().ours == "post"
    assert PastProfile.objects.get().values == {"channel": {"tuvipost": "post"}}


def test_rows_set_aside_are_downloaded_mended_and_brought_again(desk, coordinator):
    past_import = tried(
        received(table(line("1", day="eile", Küsimus="=1+1"), line("2")), by=coordinator),
        by=coordinator,
    )

    response = desk.get(url("past_aside", past_import))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(text), delimiter=";")
    assert (head[-2:], row[-2:]) == (["Row", "Why"], ["2", "not a date: “eile”"])
    assert "'=1+1" in row  # no spreadsheet takes it for a formula
    mended = text.replace(";eile;", ";3.2.2019;").encode()

    done = imported(mended, by=coordinator)
    assert (done.made, Inquiry.objects.get().question) == (1, "=1+1")
    assert AccessEntry.objects.filter(what="inquiry.import_aside", result_count=1).count() == 1


def test_undo_page_tells_what_stays_and_undoes(desk, coordinator):
    done = imported(table(line("A1"), line("A2")), by=coordinator)
    touched = Inquiry.objects.get(past__old_number="A1")
    actions.reopen_inquiry(inquiry=touched, by=coordinator, at=NOON)

    shown = page(desk.get(url("past_undo", done)))
    assert touched.number in shown.text
    assert "changed since" in shown.text
    desk.post(url("past_undo", done), {})
    worked(done)

    assert list(Inquiry.objects.all()) == [touched]
    assert "Undone" in desk.get(url("past", done)).content.decode()


def test_while_a_worker_is_at_it_the_page_asks_again_for_its_part_only(desk, coordinator):
    past_import = received(table(line("1")), by=coordinator)
    PastImport.objects.update(state=PastImportState.TRYING)

    part = desk.get(url("past", past_import), headers={"HX-Request": "true"})

    text = part.content.decode()
    assert 'hx-trigger="every 2s"' in text
    assert "<h1" not in text
    assert desk.get(url("past_columns", past_import)).status_code == 302


@pytest.mark.parametrize("role", ["specialist", "administrator", "counter", "auditor"])
def test_only_who_coordinates_may_look_at_files_of_the_past(client, coordinator, role):
    past_import = received(table(line("1")), by=coordinator)
    client.force_login(UserFactory(role=role))

    answers = {name: client.get(url(name, past_import)).status_code for name in ROUTES}

    assert answers == dict.fromkeys(ROUTES, 403)
    assert client.get(reverse("inquiries:past_list")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_length(
    desk, coordinator, count, django_assert_max_num_queries
):
    for _ in range(count):
        received(table(line("1")), by=coordinator)

    with django_assert_max_num_queries(9):
        response = desk.get(reverse("inquiries:past_list"))

    assert response.content.decode().count("vana.csv") == count
