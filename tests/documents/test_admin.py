import pytest
from django.urls import reverse

from documents.models import TemplateVersion
from documents.states import TemplateState
from tests.factories.accounts import UserFactory
from tests.factories.documents import TemplateVersionFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:documents_templateversion_changelist")
ADD = reverse("admin:documents_templateversion_add")
BODY = "# Leping\n\nnr {{ dok.number }}"


@pytest.fixture
def administrator(client):
    user = UserFactory(role="administrator")
    client.force_login(user)
    return user


def write(client, body=BODY):
    template = TemplateVersionFactory().template
    return client.post(ADD, {"template": template.pk, "body": body, "note": "Uus § 3"})


def latest():
    return TemplateVersion.objects.latest_of("KASUTUSLEPING")


def test_wording_is_written_as_the_next_version_and_is_not_used_yet(client, administrator):
    answer = write(client)

    written = TemplateVersion.objects.get(number=2)
    assert answer.status_code == 302
    assert (written.state, written.written_by) == (TemplateState.DRAFT, administrator)
    assert (written.body, written.note) == (BODY, "Uus § 3")
    assert latest().number == 1


def test_wording_that_the_language_refuses_is_said_at_its_field(client, administrator):
    answer = write(client, body="{{ klient.isikukood }}")

    assert answer.status_code == 200
    assert "klient.isikukood" in str(answer.context["adminform"].form.errors["body"])
    assert TemplateVersion.objects.filter(number__gt=1).count() == 0


def test_wording_is_read_but_neither_changed_nor_deleted(client, administrator):
    version = TemplateVersionFactory()
    change = reverse("admin:documents_templateversion_change", args=[version.pk])
    delete = reverse("admin:documents_templateversion_delete", args=[version.pk])

    assert client.get(change).status_code == 200
    assert client.post(change, {"body": "x"}).status_code == 403
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert client.post(LIST, {"action": "delete_selected", "_selected_action": [version.pk]})
    assert TemplateVersion.objects.filter(pk=version.pk).exists()


@pytest.mark.parametrize("role", ["specialist", "coordinator", "head_of_customer_service"])
def test_templates_are_written_by_administrators(client, role):
    client.force_login(UserFactory(role=role))

    assert client.get(LIST).status_code == 302
    assert write(client).status_code == 302
    assert not TemplateVersion.objects.filter(number=2).exists()
