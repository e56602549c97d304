"""What a signatory reads first: how the own signature stands, and what is wrong, in the own language."""

import re

import pytest

from common.models import OutgoingMail
from documents.models import CameBy
from tests.documents import signing
from tests.documents.situations import World
from tests.htmx import soup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def world():
    signing.keep_trusted_list()
    return World().draft().seal().send()


def link():
    letter = OutgoingMail.objects.filter(key__startswith="documents.ask:").first()
    return re.search(r"/documents/sign/[\w-]+/", letter.text)[0]


def panels(page):
    return [" ".join(one.text.split()) for one in page.select("main h2")]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("et", "Valige enne allkirjastatud fail."),
        ("en", "Choose the signed file first."),
        ("ru", "Сначала выберите подписанный файл."),
    ],
)
def test_form_without_a_file_says_what_to_do(client, world, language, sentence):
    page = soup(client.post(f"{link()}{language}/", {}))

    assert page.select_one("form .errorlist").text.strip() == sentence


def test_how_the_signature_stands_comes_first_once_a_file_has_come(client, world):
    address = f"{link()}en/"
    before = panels(soup(client.get(address)))
    (envelope,) = world.envelopes
    signer = envelope.signers.get(role="representative")
    world.bring(envelope, "47001011027", came_by=CameBy.CLIENT_PAGE, signer=signer)

    after = panels(soup(client.get(address)))

    assert before == ["1. Read", "2. Sign", "3. Bring it back", "How your signature stands"]
    assert after == ["How your signature stands", "1. Read", "2. Sign", "3. Bring it back"]


def test_whoever_has_signed_is_asked_no_more(client, world):
    (envelope,) = world.envelopes
    signer = envelope.signers.get(role="representative")
    world.bring(envelope, world.codes[0], came_by=CameBy.CLIENT_PAGE, signer=signer)

    page = soup(client.get(f"{link()}en/"))

    assert panels(page) == ["How your signature stands", "Documents"]
    assert "is asked to sign" not in page.select_one("main").text
