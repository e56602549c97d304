import pytest
from django.urls import reverse
from django.utils import timezone

from common.mail_states import MailState
from common.models import OutgoingMail
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def failed(key="one", to="mari@example.ee"):
    now = timezone.now()
    return OutgoingMail.objects.create(
        key=key,
        message_id=f"<{key}@test>",
        to=to,
        subject="Palun kinnitage aadress",
        text="…",
        language="et",
        state=MailState.FAILED,
        queued_at=now,
        due_at=now,
        attempts=3,
        last_error=f"550 no such user {to}",
    )


def test_coordinator_sees_what_was_not_sent_without_the_whole_address(client):
    failed()
    client.force_login(UserFactory(role="coordinator"))

    page = client.get(reverse("common:mail")).content.decode()

    assert "Palun kinnitage aadress" in page
    assert "m***@example.ee" in page
    assert "mari@example.ee" not in page


def test_letter_is_queued_again_and_a_second_click_says_why_not(client):
    mail = failed()
    client.force_login(UserFactory(role="coordinator"))
    address = reverse("common:send_mail_again", args=[mail.pk])

    answers = [client.post(address).status_code for _click in range(2)]

    mail.refresh_from_db()
    assert [answers, mail.state, mail.attempts] == [[302, 302], MailState.QUEUED, 0]


@pytest.mark.parametrize("role", ["specialist", "auditor", "counter"])
def test_others_may_not(client, role):
    mail = failed()
    client.force_login(UserFactory(role=role))
    assert client.get(reverse("common:mail")).status_code == 403
    assert client.post(reverse("common:send_mail_again", args=[mail.pk])).status_code == 403


def test_list_is_as_cheap_with_three_letters_as_with_one(client, django_assert_num_queries):
    client.force_login(UserFactory(role="coordinator"))
    failed()
    with django_assert_num_queries(4):
        client.get(reverse("common:mail"))
    failed("two"), failed("three")
    with django_assert_num_queries(4):
        client.get(reverse("common:mail"))
