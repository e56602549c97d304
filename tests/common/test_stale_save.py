import pytest
from django.template.loader import render_to_string
from django.utils import translation

from clients.models import Client
from common.models import StaleSave
from tests.factories.clients import ClientFactory
from tests.two_processes import at_once

pytestmark = pytest.mark.django_db


def test_save_from_the_version_seen_counts_it_on():
    client = ClientFactory()

    client.claim_version(client.version)
    client.claim_version(client.version)

    client.refresh_from_db()
    assert client.version == 3


def test_stale_save_carries_both_texts_and_changes_nothing():
    client = ClientFactory(pinned_note="as it was")
    Client.objects.filter(pk=client.pk).update(pinned_note="theirs", version=2)

    with pytest.raises(StaleSave) as refused:
        client.claim_version(1, mine={"pinned_note": "mine"})

    [difference] = refused.value.differences
    assert (difference.theirs, difference.mine) == ("theirs", "mine")
    assert refused.value.version == 2
    client.refresh_from_db()
    assert (client.version, client.pinned_note) == (2, "theirs")


def test_without_a_list_the_values_on_the_record_are_compared():
    client = ClientFactory(pinned_note="")
    Client.objects.filter(pk=client.pk).update(version=2)
    client.pinned_note = "mine"

    with pytest.raises(StaleSave) as refused:
        client.claim_version(1)

    assert [d.name for d in refused.value.differences] == ["pinned_note"]


def test_both_texts_are_shown_and_either_can_be_taken():
    client = ClientFactory(pinned_note="theirs\n<b>")
    with pytest.raises(StaleSave) as refused:
        client.claim_version(0, mine={"pinned_note": "mine"})
    shown = {"differences": refused.value.differences, "form": "note", "theirs": "/clients/1/"}

    with translation.override("en"):
        page = render_to_string("components/stale_save.html", shown)

    assert "theirs<br>&lt;b&gt;" in page
    assert "mine" in page
    assert 'form="note"' in page
    assert 'href="/clients/1/"' in page


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_one_is_refused():
    client = ClientFactory()

    def save():
        return Client.objects.get(pk=client.pk).claim_version(1)

    assert sorted(at_once(save, save), key=str) == [None, "StaleSave"]
    client.refresh_from_db()
    assert client.version == 2
