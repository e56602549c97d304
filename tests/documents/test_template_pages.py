"""Where a second person reads a wording and approves it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from documents import actions
from documents.kinds import KINDS
from documents.models import TemplateVersion
from tests.factories.accounts import UserFactory
from tests.factories.documents import TemplateVersionFactory, give_competence

pytestmark = pytest.mark.django_db
PAGE = reverse("documents:templates")


@pytest.fixture
def head(client):
    user = UserFactory(role="head_of_customer_service")
    give_competence(user, "approve_template")
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


def written(by=None, body="# Leping\n\nuus sõnastus"):
    TemplateVersionFactory()
    by = by or UserFactory(role="administrator")
    return actions.write_template(kind="KASUTUSLEPING", body=body, by=by, at=timezone.now())


def approve(client, version):
    address = reverse("documents:approve_template", args=[version.pk])
    return client.post(address, follow=True).content.decode()


def test_wording_is_read_beside_the_one_in_force_and_approved(client, head):
    version = written()

    page = client.get(PAGE).content.decode()
    after = approve(client, version)

    assert "uus sõnastus" in page
    assert "The wording in force, v1" in page
    assert "New papers follow this wording" in after
    assert "No wording waits" in after
    assert TemplateVersion.objects.latest_of("KASUTUSLEPING").approved_by == head


def test_whoever_lacks_the_competence_is_told_who_holds_it(client, head):
    version = written()
    client.force_login(UserFactory(role="head_of_department"))

    page = client.get(PAGE).content.decode()
    after = approve(client, version)

    assert f"It is held by {head}." in page
    assert reverse("documents:approve_template", args=[version.pk]) not in page
    assert "You do not hold the competence" in after
    version.refresh_from_db()
    assert version.approved_by is None


def test_own_wording_waits_for_somebody_else(client, head):
    version = written(by=head)

    page = client.get(PAGE).content.decode()

    assert "approved by somebody other than" in page
    assert "approved by somebody other than" in approve(client, version)
    assert TemplateVersion.objects.latest_of("KASUTUSLEPING").number == 1


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_any_number_of_wordings(
    client, head, count, django_assert_max_num_queries
):
    for kind in list(KINDS)[:count]:
        for number in (2, 3):
            actions.write_template(
                kind=kind, body=f"# Leping\n\n{number}", by=UserFactory(), at=timezone.now()
            )

    with django_assert_max_num_queries(8):
        assert len(client.get(PAGE).context["waiting"]) == count


@pytest.mark.parametrize("role", ["specialist", "coordinator", "administrator", "auditor"])
def test_page_is_for_those_whose_role_may_approve(client, role):
    version = written()
    client.force_login(UserFactory(role=role))

    assert client.get(PAGE).status_code == 403
    address = reverse("documents:approve_template", args=[version.pk])
    assert client.post(address).status_code == 403


def test_older_wording_says_that_it_was_overtaken_and_is_not_offered(client, head):
    older = written(by=UserFactory(first_name="Rain", last_name="Sild"))
    newest = written(body="# Leping\n\nveel uuem sõnastus")

    page = client.get(PAGE).content.decode()
    after = approve(client, older)

    assert "Version 2 by Rain Sild" in page
    assert "was overtaken by version 3" in page
    assert reverse("documents:approve_template", args=[older.pk]) not in page
    assert reverse("documents:approve_template", args=[newest.pk]) in page
    assert "has overtaken this one. Only the newest wording is approved." in after
    assert TemplateVersion.objects.latest_of("KASUTUSLEPING").number == 1
