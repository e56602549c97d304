"""What the tests of pages share."""

from django.urls import reverse

from tests.factories.accounts import UserFactory


def signed_in(client, role="specialist", **fields):
    user = UserFactory(role=role, **fields)
    client.force_login(user)
    return user


def case_url(case):
    return reverse("documents:case", args=[case.pk])
