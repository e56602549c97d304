"""Where an administrator writes the wording of a kind of paper, beside its preview."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from documents import actions
from documents.kinds import KINDS
from documents.models import TemplateVersion
from documents.sample_values import sample_values
from documents.template_language import check_template, fill_template
from tests.documents.situations import World, seed_templates
from tests.documents.test_render_draft import needs_pango, quiet
from tests.factories.accounts import UserFactory
from tests.factories.documents import SEED, TemplateVersionFactory, give_competence
from tests.htmx import soup

pytestmark = pytest.mark.django_db
LIST = reverse("documents:paper_templates")
PAGE = reverse("documents:write_template", args=["KASUTUSLEPING"])
PREVIEW = reverse("documents:preview_template", args=["KASUTUSLEPING"])
CLAUSE = "4.1. esitab õiged andmed ja hoiab ajakohasena kontaktandmed, millele amet teateid saadab;"
NEW_CLAUSE = "4.1. esitab õiged andmed viie päeva jooksul;"


@pytest.fixture
def administrator(client):
    TemplateVersionFactory()
    user = UserFactory(role="administrator")
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


def changed():
    return SEED.read_text(encoding="utf-8").replace(CLAUSE, NEW_CLAUSE)


def keep(client, body, seen=1, note="Uus p 4.1"):
    return client.post(PAGE, {"body": body, "note": note, "seen": seen, "keep": "1"})


def versions():
    return TemplateVersion.objects.of_kind("KASUTUSLEPING").count()


def shown(page, of):
    return [" ".join(one.text.split()) for one in page.select(f".difference {of}")]


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_has_a_sample_of_each_variable(code):
    kind = KINDS[code]
    body = (SEED.parent / f"{code.lower()}.et.txt").read_text(encoding="utf-8")

    check_template(body, sample_values(kind))

    assert "<h1>" in fill_template(body, sample_values(kind))


def test_list_shows_version_in_force_and_what_waits(client, administrator):
    keep(client, changed())

    page = soup(client.get(LIST))

    rows = {row.a.text: " ".join(row.text.split()) for row in page.select("tbody tr")}
    assert len(rows) == len(KINDS)
    assert "v1" in rows["User agreement"]
    assert f"{administrator}" in rows["User agreement"]
    assert "v2" in rows["User agreement"]


def test_editor_begins_with_the_newest_text_and_its_preview(client, administrator):
    page = soup(client.get(PAGE))

    assert CLAUSE in page.select_one("textarea").text
    assert "Näidis OÜ" in page.select_one(".sample-paper").text
    assert "Nothing is changed." in page.select_one("#shown").text
    assert "{{ klient.nimi }}" in page.select_one("details").text


def test_changed_clause_is_shown_kept_and_approved_and_the_old_case_stays(client, administrator):
    page = soup(client.post(PREVIEW, {"body": changed()}, headers={"HX-Request": "true"}))
    assert "viie päeva jooksul" in page.select_one(".sample-paper").text
    assert [shown(page, "del"), shown(page, "ins")] == [[CLAUSE], [NEW_CLAUSE]]

    answer = keep(client, changed())

    version = TemplateVersion.objects.get(number=2)
    assert (answer.status_code, version.state, version.note) == (302, "draft", "Uus p 4.1")
    assert version.body == changed()
    head = UserFactory(role="head_of_customer_service")
    give_competence(head, "approve_template")
    client.force_login(head)
    waiting = soup(client.get(reverse("documents:templates")))
    assert [shown(waiting, "del"), shown(waiting, "ins")] == [[CLAUSE], [NEW_CLAUSE]]
    assert "Removed" in waiting.select_one(".difference").text


@needs_pango
@quiet
def test_old_case_keeps_its_bytes_when_the_wording_changes(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world = World().draft()
    (paper,) = world.papers
    before = read(paper)
    written = actions.write_template(
        kind="KASUTUSLEPING",
        body=changed(),
        by=UserFactory(role="administrator"),
        at=timezone.now(),
    )
    head = UserFactory(role="head_of_customer_service")
    give_competence(head, "approve_template")
    actions.approve_template(version=written, by=head, at=timezone.now())

    (paper,) = world.papers
    assert TemplateVersion.objects.latest_of("KASUTUSLEPING") == written
    assert paper.template_version.number == 1
    assert read(paper) == before


def read(paper):
    with default_storage.open(paper.stored_file.file.name) as file:
        return file.read()


def test_error_of_the_language_stands_at_the_field_while_typing(client, administrator):
    typed = {"body": "# Leping\n\n{{ klient.isikukood }}"}

    page = soup(client.post(PREVIEW, typed, headers={"HX-Request": "true"}))

    problem = page.select_one("#body-problem")
    assert "klient.isikukood" in problem.text
    assert problem["hx-swap-oob"] == "true"
    assert not page.select(".sample-paper")


@pytest.mark.parametrize("body", ["# x\n\n{{ klient.isikukood }}", "{% if x %}", "{% load i18n %}"])
def test_text_that_the_language_refuses_is_not_kept_and_stays_typed(client, administrator, body):
    answer = keep(client, body, note="tähtis")

    page = soup(answer)
    assert answer.status_code == 422
    assert page.select_one("textarea").text.strip() == body
    assert page.select_one("[name=note]")["value"] == "tähtis"
    assert page.select_one("#body-problem .errorlist").text.strip()
    assert versions() == 1


def test_text_in_force_is_not_kept_again(client, administrator):
    answer = keep(client, SEED.read_text(encoding="utf-8").replace("\n", "\r\n"))

    assert answer.status_code == 422
    assert "in force, word for word" in answer.content.decode()


def test_preview_works_without_scripts(client, administrator):
    page = soup(client.post(PAGE, {"body": changed(), "seen": 1, "show": "1"}))

    assert "viie päeva jooksul" in page.select_one(".sample-paper").text
    assert versions() == 1


def test_of_two_people_the_second_is_refused_and_both_texts_are_kept(client, administrator):
    colleague = UserFactory(role="administrator", first_name="Liis", last_name="Lepp")
    theirs = changed().replace("viie", "kümne")
    actions.write_template(
        kind="KASUTUSLEPING", body=theirs, seen=1, by=colleague, at=timezone.now()
    )

    answer = keep(client, changed(), seen=1)

    page = soup(answer)
    assert answer.status_code == 422
    assert "Liis Lepp has kept version 2 meanwhile" in page.text
    assert NEW_CLAUSE in page.select_one("textarea").text
    assert "kümne" in page.select("section:has(#newest-title) del")[0].text
    assert TemplateVersion.objects.get(number=2).body == theirs

    again = keep(client, changed(), seen=page.select_one("[name=seen]")["value"])
    assert again.status_code == 302
    assert TemplateVersion.objects.get(number=3).body == changed()


def test_button_pressed_twice_keeps_one_version(client, administrator):
    keep(client, changed())

    assert keep(client, changed()).status_code == 302
    assert versions() == 2


def test_what_fills_a_variable_is_never_markup(monkeypatch, client, administrator):
    name = "<b>{{ x }}</b> **a** | b"
    filled = sample_values(KINDS["KASUTUSLEPING"])
    filled["klient"] = filled["klient"] | {"nimi": name}
    monkeypatch.setattr("documents.views.writing.sample_values", lambda _kind: filled)

    page = soup(client.post(PREVIEW, {"body": "| Klient |\n| {{ klient.nimi }} |"}))

    assert [one.text.strip() for one in page.select(".sample-paper td")] == [name]
    assert not page.select(".sample-paper b")
    assert not page.select(".sample-paper strong")


def test_what_is_typed_is_no_markup_of_the_page(client, administrator):
    typed = "<script>alert(1)</script>\n<img src=x onerror=y>"

    page = soup(client.post(PREVIEW, {"body": typed}))

    assert not page.select("script, img")
    assert "<script>alert(1)</script>" in page.select_one(".sample-paper").text


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_number(client, count, django_assert_max_num_queries):
    seed_templates()
    for number in range(count):
        actions.write_template(kind="VOLIKIRI_PEA", body=f"# {number}", by=None, at=timezone.now())
    client.force_login(UserFactory(role="administrator"))

    with django_assert_max_num_queries(6):
        client.get(LIST)


def test_editor_costs_little(client, administrator, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        client.get(PAGE)
    with django_assert_max_num_queries(6):
        client.post(PREVIEW, {"body": changed()})


@pytest.mark.parametrize("role", ["specialist", "coordinator", "head_of_customer_service"])
def test_wordings_are_written_by_administrators_alone(client, role):
    TemplateVersionFactory()
    client.force_login(UserFactory(role=role))

    assert client.get(LIST).status_code == 403
    assert client.get(PAGE).status_code == 403
    assert keep(client, changed()).status_code == 403
    assert client.post(PREVIEW, {"body": "x"}).status_code == 403


def test_unknown_kind_is_no_page(client, administrator):
    assert client.get(reverse("documents:write_template", args=["MUU"])).status_code == 404
