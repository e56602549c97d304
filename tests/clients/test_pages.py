import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AccessEntry
from clients import actions
from clients.models import Client, ClientMerge
from common.models import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.htmx import soup, swapped

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
CODE = "37001011004"
LIST = "/clients/"


@pytest.fixture
def clerk(client):
    clerk = UserFactory(role="coordinator")
    client.force_login(clerk)
    client.cookies["django_language"] = "en"
    return clerk


def text_of(answer):
    return " ".join(soup(answer).get_text(" ").split())


@pytest.mark.usefixtures("clerk")
class TestSearch:
    def test_posted_text_finds_clients_and_says_why(self, client):
        ClientFactory(first_name="Mari", last_name="Õunapuu", phone="8400 1234")

        page = text_of(client.post(LIST, {"text": "372 84001"}))

        assert "Mari Õunapuu" in page
        assert "+372 84** **34" in page
        assert "found by phone" in page
        assert "1 client" in page
        assert "8400 1234" not in page

    def test_empty_short_and_unknown_texts_are_answered_in_words(self, client):
        assert "Write a name" in text_of(client.get(LIST))
        assert "at least two letters" in text_of(client.post(LIST, {"text": "a"}))
        assert "Nobody was found" in text_of(client.post(LIST, {"text": "zzzz"}))

    def test_several_matches_are_all_shown_and_none_is_chosen(self, client):
        ClientFactory.create_batch(21, last_name="Kask")

        page = client.post(LIST, {"text": "kask"})

        assert len(soup(page).select("#results li")) == 20
        assert "more than 20" in text_of(page)
        assert not soup(page).select("#results input, #results [aria-selected]")

    def test_swapped_results_equal_a_fresh_page(self, client):
        ClientFactory.create_batch(3, last_name="Kask")
        first = soup(client.get(LIST))

        answer = soup(client.post(LIST, {"text": "kask"}, headers={"HX-Request": "true"}))

        fresh = soup(client.post(LIST, {"text": "kask"}))
        played = swapped(first, answer, target="#results").select_one("#results")
        assert played.prettify() == fresh.select_one("#results").prettify()

    @pytest.mark.parametrize("count", [1, 3])
    def test_search_costs_the_same_for_any_length(self, client, django_assert_num_queries, count):
        for place in range(count):
            ClientFactory(last_name="Kask", phone=f"8400000{place}")

        with django_assert_num_queries(8):
            client.post(LIST, {"text": "kask"}, headers={"HX-Request": "true"})


class TestCard:
    def test_opened_card_is_logged_with_its_inquiry(self, client, clerk):
        card = ClientFactory()

        client.get(reverse("clients:card", args=[card.pk]) + "?inquiry=P-2026-000007")

        entry = AccessEntry.objects.get()
        assert (entry.what, entry.by_id, entry.reason) == ("client.view", clerk.pk, "P-2026-000007")

    def test_card_masks_the_code_and_tells_versions(self, client, clerk):
        card = actions.create_client(
            kind="person",
            first_name="Jaan",
            last_name="Tamm",
            personal_code=CODE,
            phones=["84001234"],
            pinned_note="Helista õhtul",
            by=clerk,
            at=NOON,
        )
        actions.change_client(
            client=card, version=1, fields={"last_name": "Kask"}, by=clerk, at=NOON
        )

        page = text_of(client.get(reverse("clients:card", args=[card.pk])))

        assert "37001******" in page
        assert CODE not in page
        assert "Name: “Jaan Tamm” became “Jaan Kask”." in page
        assert "Phone +372 8400 1234 was added." in page
        assert "Helista õhtul" in page

    def test_merged_card_leads_to_the_one_it_lives_on_in(self, client, clerk):
        kept, merged = ClientFactory(), ClientFactory()
        actions.merge_clients(kept=kept, merged=merged, by=clerk, at=NOON)

        answer = client.get(reverse("clients:card", args=[merged.pk]), follow=True)

        assert answer.redirect_chain[0][0] == reverse("clients:card", args=[kept.pk])
        assert "Undo the merge" in text_of(answer)

    @pytest.mark.parametrize("count", [1, 3])
    def test_card_costs_the_same_for_any_length(
        self, client, clerk, django_assert_num_queries, count
    ):
        card = ClientFactory()
        for place in range(count):
            actions.add_contact_point(
                client=card, kind="phone", value=f"8400000{place}", by=clerk, at=NOON
            )

        with django_assert_num_queries(10):
            client.get(reverse("clients:card", args=[card.pk]))

    def test_code_is_shown_once_for_a_reason(self, client, clerk):
        card = ClientFactory(personal_code=CODE)
        url = reverse("clients:reveal_code", args=[card.pk])

        refused = client.post(url, {"reason": ""})
        shown = client.post(url, {"reason": "access paper"})

        assert refused.status_code == 422
        assert CODE not in refused.content.decode()
        assert CODE in shown.content.decode()
        assert CODE not in client.get(url).content.decode()
        assert AccessEntry.objects.get(what="client.reveal_code").reason == "access paper"

    def test_counter_staff_see_no_way_to_the_code(self, client):
        client.force_login(UserFactory(role="counter"))
        card = ClientFactory(personal_code=CODE)

        page = client.get(reverse("clients:card", args=[card.pk]))

        assert reverse("clients:reveal_code", args=[card.pk]) not in page.content.decode()
        assert client.get(reverse("clients:reveal_code", args=[card.pk])).status_code == 403

    def test_administrator_sees_no_client(self, client):
        client.force_login(UserFactory(role="administrator"))
        card = ClientFactory()

        assert client.get(reverse("clients:card", args=[card.pk])).status_code == 403
        assert client.get(LIST).status_code == 403


@pytest.mark.usefixtures("clerk")
class TestWriting:
    def person(self, **fields):
        return {
            "first_name": "Mari",
            "last_name": "Mets",
            "country": "EE",
            "language": "et",
            "phone": "8400 1234",
            "email": "mari@example.ee",
            **fields,
        }

    def test_new_person_is_made_and_opened(self, client):
        answer = client.post(reverse("clients:new", args=["person"]), self.person())

        card = Client.objects.get()
        assert answer.url == reverse("clients:card", args=[card.pk])
        assert card.contact_points.count() == 2

    @pytest.mark.parametrize(
        ("field", "typed", "words"),
        [
            ("phone", "12 34", "“12 34” is not a telephone number"),
            ("email", "mari@", "“mari@” is not an e-mail address"),
            ("personal_code", "37001011005", "not an Estonian personal code"),
        ],
    )
    def test_bad_text_is_named_at_its_field_and_kept(self, client, field, typed, words):
        answer = client.post(reverse("clients:new", args=["person"]), self.person(**{field: typed}))

        page = soup(answer)
        control = page.select_one(f"[name={field}]")
        assert answer.status_code == 422
        assert words in page.select_one(f"#{control['id']}_error").get_text()
        assert control["value"] == typed
        assert control["aria-invalid"] == "true"
        assert Client.objects.count() == 0

    def test_nameless_client_is_refused(self, client):
        answer = client.post(
            reverse("clients:new", args=["person"]), self.person(first_name="", last_name=" ")
        )

        assert "Write at least one name" in text_of(answer)

    def test_wrong_check_digit_warns_and_saves(self, client):
        answer = client.post(
            reverse("clients:new", args=["organisation"]),
            {"name": "Mets OÜ", "registry_code": "12341234", "country": "EE", "language": "et"},
            follow=True,
        )

        assert "last digit of the registry code does not fit" in text_of(answer)
        assert Client.objects.get().registry_code == "12341234"

    def test_possible_double_is_shown_before_a_second_card_is_made(self, client):
        ClientFactory(first_name="Maret", last_name="Saar", phone="84001234")
        url = reverse("clients:new", args=["person"])

        asked = client.post(url, self.person())
        assert "has a card already" in text_of(asked)
        assert Client.objects.count() == 1

        client.post(url, self.person(anyway="1"))
        assert Client.objects.count() == 2

    def test_stale_save_shows_both_texts_and_a_second_save_keeps_mine(self, client, clerk):
        card = ClientFactory(last_name="Kask")
        url = reverse("clients:change", args=[card.pk])
        actions.change_client(
            client=card, version=1, fields={"last_name": "Kuusk"}, by=clerk, at=NOON
        )
        mine = {"first_name": "Kadri", "last_name": "Mänd", "country": "EE", "language": "et"}

        stale = client.post(url, {**mine, "version": "1"})

        page = soup(stale)
        assert stale.status_code == 409
        assert "Kuusk" in page.select_one(".tbl").get_text()
        assert page.select_one("[name=last_name]")["value"] == "Mänd"
        client.post(url, {**mine, "version": page.select_one("[name=version]")["value"]})
        card.refresh_from_db()
        assert card.name == "Kadri Mänd"

    def test_emptied_code_field_keeps_the_code_and_the_box_deletes_it(self, client, clerk):
        card = actions.create_client(
            kind="person", last_name="Tamm", personal_code=CODE, by=clerk, at=NOON
        )
        url = reverse("clients:change", args=[card.pk])
        form = {"last_name": "Tamm", "country": "EE", "language": "et", "personal_code": ""}

        client.post(url, {**form, "version": "1"})
        card.refresh_from_db()
        assert card.personal_code == CODE

        client.post(url, {**form, "version": "2", "forget_code": "on"})
        card.refresh_from_db()
        assert (card.personal_code, card.personal_code_hash) == ("", "")

    def test_note_is_pinned_and_a_stale_one_refused(self, client):
        card = ClientFactory()
        url = reverse("clients:pin_note", args=[card.pk])

        client.post(url, {"text": "Esimene", "version": "1"})
        stale = client.post(url, {"text": "Teine", "version": "1"})

        card.refresh_from_db()
        assert (card.pinned_note, stale.status_code) == ("Esimene", 409)
        assert "Teine" in text_of(stale)


@pytest.mark.usefixtures("clerk")
class TestContacts:
    def test_contact_is_added_changed_confirmed_and_removed(self, client):
        card = ClientFactory()
        client.post(reverse("clients:add_contact", args=[card.pk, "phone"]), {"value": "84001234"})
        point = card.contact_points.get()
        at = [card.pk, point.pk]

        client.post(
            reverse("clients:change_contact", args=at), {"value": "84001235", "note": "tööl"}
        )
        client.post(reverse("clients:confirm_contact", args=at), {"how": "callback"})
        point.refresh_from_db()
        assert (point.value, point.note, point.confirmed_how) == (
            "+37284001235",
            "tööl",
            "callback",
        )

        client.post(reverse("clients:remove_contact", args=at))
        assert card.contact_points.count() == 0

    def test_mail_link_is_not_confirmed_by_hand(self, client):
        card = ClientFactory(email="mari@example.ee")
        at = [card.pk, card.contact_points.get().pk]

        client.post(reverse("clients:confirm_contact", args=at), {"how": "mail_link"})

        assert card.contact_points.get().confirmed_at is None

    def test_link_is_mailed(self, client):
        card = ClientFactory(email="mari@example.ee")
        at = [card.pk, card.contact_points.get().pk]

        answer = client.post(reverse("clients:request_confirmation", args=at), follow=True)

        assert "is on its way to mari@example.ee" in text_of(answer)
        assert OutgoingMail.objects.get().to == "mari@example.ee"

    def test_bad_number_is_named_at_the_field(self, client):
        card = ClientFactory()

        answer = client.post(
            reverse("clients:add_contact", args=[card.pk, "phone"]), {"value": "abc"}
        )

        assert answer.status_code == 422
        assert "“abc” is not a telephone number" in text_of(answer)


@pytest.mark.usefixtures("clerk")
class TestMerging:
    def test_cards_are_chosen_compared_merged_and_undone(self, client):
        kept = ClientFactory(last_name="Kask")
        other = ClientFactory(last_name="Kaskk", phone="84005555")
        found = client.post(reverse("clients:choose_double", args=[kept.pk]), {"text": "kask"})
        compare = reverse("clients:merge", args=[kept.pk, other.pk])
        assert compare in found.content.decode()

        choice = {f"from_{name}": "kept" for name in ("code", "language", "pinned_note")}
        client.post(compare, {**choice, "from_name": "merged", "reason": "sama inimene"})
        kept.refresh_from_db()
        assert (kept.name, kept.contact_points.count()) == ("Kadri Kaskk", 1)

        merge = ClientMerge.objects.get()
        client.post(reverse("clients:undo_merge", args=[kept.pk, merge.pk]))
        kept.refresh_from_db()
        assert (kept.name, kept.contact_points.count()) == ("Kadri Kask", 0)

    @pytest.mark.parametrize(
        ("by", "fields", "title"),
        [
            ("phone", {"phone": "84001234"}, "+372 8400 1234"),
            ("email", {"email": "mari@example.ee"}, "mari@example.ee"),
            ("registry_code", {"organisation": True, "registry_code": "18000044"}, "18000044"),
            ("name", {"first_name": "Õie", "last_name": "Mets"}, "Õie Mets"),
        ],
    )
    def test_cards_that_share_something_are_listed(self, client, by, fields, title):
        first, second = ClientFactory.create_batch(2, **fields)
        ClientFactory()

        page = client.get(reverse("clients:duplicates"), {"by": by})

        assert title in text_of(page)
        assert reverse("clients:merge", args=[first.pk, second.pk]) in page.content.decode()

    def test_looking_at_possible_doubles_is_logged(self, client):
        first, second = ClientFactory.create_batch(2, phone="84001234")

        client.get(reverse("clients:duplicates"))
        client.get(reverse("clients:merge", args=[first.pk, second.pk]))

        entries = AccessEntry.objects.order_by("pk").values_list(
            "what", "subject_id", "result_count"
        )
        assert list(entries) == [
            ("client.list_doubles", "", 2),
            ("client.view", str(first.pk), None),
            ("client.view", str(second.pk), None),
        ]

    def test_nothing_shared_is_said_in_words(self, client):
        assert "No two cards share this." in text_of(client.get(reverse("clients:duplicates")))

    @pytest.mark.parametrize("count", [1, 3])
    def test_list_of_doubles_costs_the_same_for_any_length(
        self, client, django_assert_num_queries, count
    ):
        for place in range(count):
            ClientFactory.create_batch(2, phone=f"8400000{place}")

        with django_assert_num_queries(9):
            client.get(reverse("clients:duplicates"))

    def test_next_doubles_carry_no_number_in_the_address(self, client, monkeypatch):
        monkeypatch.setattr("clients.views.merging.GROUPS", 1)
        ClientFactory.create_batch(2, phone="84000001")
        ClientFactory.create_batch(2, phone="84000002")

        first = soup(client.get(reverse("clients:duplicates")))
        link = first.select_one("a[href*=after]")
        second = text_of(client.get(reverse("clients:duplicates") + link["href"]))

        assert "84000001" not in link["href"]
        assert "8400 0002" in second
        assert client.get(reverse("clients:duplicates"), {"after": "x"}).status_code == 200


def test_card_that_was_taken_over_without_versions_opens(client):
    client.force_login(UserFactory(role="specialist"))
    taken_over = ClientFactory(last_name="Tamm")
    taken_over.history.all().delete()

    page = client.get(reverse("clients:card", args=[taken_over.pk]))

    assert page.status_code == 200


def test_undo_of_a_merge_that_cannot_be_is_not_found(client, clerk):
    answer = client.post(f"/clients/{'9' * 30}/merges/1/undo/")

    assert answer.status_code == 404
