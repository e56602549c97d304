"""What is typed wrongly about a person is said at its field, all at once, and stays typed."""

import pytest
from django.urls import reverse

from tests.documents.pages import signed_in
from tests.factories.documents import AccessCaseFactory
from tests.htmx import soup

pytestmark = pytest.mark.django_db
TYPED = {
    "kind": "VOLIKIRI_PEA",
    "version": 1,
    "person_name": "Яна",
    "personal_code": "1234",
    "code_country": "EST",
    "email": "jana@naidis.example.ee",
    "phone": "5300 1234",
    "services": "wells",
    "valid_from": "2026-11-29",
}


@pytest.fixture
def refused(client):
    user = signed_in(client)
    client.cookies["django_language"] = "en"
    case = AccessCaseFactory(responsible=user)

    def send(**typed):
        answer = client.post(reverse("documents:add_paper", args=[case.pk]), TYPED | typed)
        assert answer.status_code == 422
        assert not case.papers.exists()
        return soup(answer)

    return send


def error(page, name):
    found = page.select_one(f"#id_{name}_error")
    return " ".join(found.text.split()) if found else ""


def test_phone_that_nobody_can_call_and_a_country_that_is_none_are_told_at_once(refused):
    page = refused(phone="abc", code_country="Q1")

    assert error(page, "phone").startswith("“abc” is not a telephone number.")
    assert error(page, "code_country") == "Write the letters of the country, such as EST."
    assert page.select_one("#id_phone")["value"] == "abc"
    assert page.select_one("#id_code_country")["value"] == "Q1"
    assert page.select_one("#id_person_name")["value"] == "Яна"


def test_wrong_code_and_a_last_day_before_the_first_are_told_together(refused):
    page = refused(valid_until="2020-01-01")

    assert error(page, "personal_code") == "This is not an Estonian personal code."
    assert error(page, "valid_until") == "The last day is before the first."
