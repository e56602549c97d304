import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEntry
from clients.actions import ReasonMissing
from registry import actions
from tests.factories.accounts import UserFactory
from tests.factories.documents import CheckPersonFactory
from tests.htmx import soup

pytestmark = pytest.mark.django_db


def code_page(person, check_pk=None):
    return reverse("registry:reveal_code", args=[check_pk or person.check_of_id, person.pk])


def revealed():
    return list(
        AccessEntry.objects.filter(what="client.reveal_code").values_list(
            "by_id", "subject_type", "subject_id", "reason"
        )
    )


def test_code_is_given_for_a_reason_and_logged():
    person, user = CheckPersonFactory(), UserFactory()

    code = actions.reveal_person_code(
        person=person, reason=" lepingu trükis ", by=user, at=timezone.now()
    )

    assert code == "47001011016"
    assert revealed() == [(user.pk, "registry.checkperson", str(person.pk), "lepingu trükis")]


def test_without_a_reason_nothing_is_shown():
    with pytest.raises(ReasonMissing):
        actions.reveal_person_code(
            person=CheckPersonFactory(), reason="  x ", by=UserFactory(), at=timezone.now()
        )
    assert revealed() == []


def test_page_shows_the_code_once_and_the_check_keeps_it_masked(client):
    person = CheckPersonFactory()
    client.force_login(UserFactory(role="specialist"))
    check = client.get(reverse("registry:check", args=[person.check_of_id]))
    link = soup(check).select_one(f"a[href='{code_page(person)}']")

    asked = client.get(link["href"])
    refused = client.post(link["href"], {"reason": ""})
    shown = client.post(link["href"], {"reason": "lepingu trükis"})

    assert person.code not in check.content.decode() + asked.content.decode()
    assert refused.status_code == 422
    assert person.code in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert person.code not in client.get(code_page(person)).content.decode()


def test_person_of_another_check_and_a_company_have_no_such_page(client):
    client.force_login(UserFactory(role="specialist"))
    person = CheckPersonFactory()
    other = CheckPersonFactory(is_legal_person=True, code="19999913")

    assert client.get(code_page(person, other.check_of_id)).status_code == 404
    assert client.get(code_page(other)).status_code == 404


@pytest.mark.parametrize("role", ["administrator", "counter", "auditor"])
def test_code_is_for_those_who_draw_up_papers(client, role):
    client.force_login(UserFactory(role=role))

    assert client.get(code_page(CheckPersonFactory())).status_code == 403
