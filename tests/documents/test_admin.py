import pytest
from django.urls import reverse

from documents.models import TemplateVersion
from tests.factories.accounts import UserFactory
from tests.factories.documents import TemplateVersionFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:documents_templateversion_changelist")
ADD = reverse("admin:documents_templateversion_add")


@pytest.fixture
def administrator(client):
    user = UserFactory(role="administrator")
    client.force_login(user)
    return user


def test_wording_is_read_but_neither_written_nor_changed_nor_deleted(client, administrator):
    version = TemplateVersionFactory()
    change = reverse("admin:documents_templateversion_change", args=[version.pk])
    delete = reverse("admin:documents_templateversion_delete", args=[version.pk])

    assert client.get(change).status_code == 200
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, {"template": version.template_id, "body": "x"}).status_code == 403
    assert client.post(change, {"body": "x"}).status_code == 403
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert client.post(LIST, {"action": "delete_selected", "_selected_action": [version.pk]})
    assert TemplateVersion.objects.filter(pk=version.pk).exists()
    assert TemplateVersion.objects.of_kind("KASUTUSLEPING").count() == 1


@pytest.mark.parametrize("role", ["specialist", "coordinator", "head_of_customer_service"])
def test_templates_are_looked_at_by_administrators_alone(client, role):
    client.force_login(UserFactory(role=role))

    assert client.get(LIST).status_code == 302
