from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.signatures import ListUnreadable, joined, read_trust_list
from documents.signatures.certificate import load
from documents.signatures.list_signature import ListNotGenuine, signer_of_list
from documents.signatures.trust_reader import read_list_xml, read_pointers
from tests.documents.signatures import lists, pki


def keeper():
    return pki.issue("List Keeper", usages=("digital_signature",))


@pytest.fixture(scope="module")
def genuine():
    holder = keeper()
    return lists.signed_list(lists.list_xml(*lists.usual()), holder), holder


def test_a_list_is_read_with_its_dates(genuine):
    trust = read_trust_list(genuine[0])

    assert (trust.territory, trust.sequence, len(trust.services)) == ("XT", 7, 3)
    assert trust.next_update == pki.NOW + 180 * pki.DAY


def test_a_list_signed_by_a_known_key_is_believed(genuine):
    content, holder = genuine

    assert signer_of_list(content, [load(keeper().der), load(holder.der)]).der == holder.der


def test_a_list_signed_by_another_key_is_not(genuine):
    with pytest.raises(ListNotGenuine, match="unknown key"):
        signer_of_list(genuine[0], [load(keeper().der)])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"granted", b"grantee"),
        (b"<TSLSequenceNumber>7<", b"<TSLSequenceNumber>8<"),
        (b'URI="#L"', b'URI="#M"'),
        (b"enveloped-signature", b"base64"),
        (b"<ds:Reference ", b'<ds:Reference Type="http://uri.etsi.org/01903#SignedProperties" '),
        (b"</TrustServiceStatusList>", b"<x/></TrustServiceStatusList>"),
    ],
)
def test_a_list_changed_after_signing_is_not(genuine, old, new):
    content, holder = genuine

    with pytest.raises(ListNotGenuine):
        signer_of_list(content.replace(old, new, 1), [load(holder.der)])


def test_a_list_without_a_signature_is_not():
    with pytest.raises(ListNotGenuine):
        signer_of_list(lists.list_xml(*lists.usual()), [load(keeper().der)])


def test_a_list_of_lists_tells_who_signs_which():
    commission, country = keeper(), keeper()
    pointers = lists.pointer("https://example.ee/tl.xml", country)
    content = lists.signed_list(lists.list_xml("", pointers=pointers), commission)

    (pointer,) = read_pointers(read_list_xml(content))

    assert signer_of_list(content, [load(commission.der)]).name == "List Keeper"

    assert (pointer.location, pointer.territory) == ("https://example.ee/tl.xml", "XT")
    assert [one.der for one in pointer.certificates] == [country.der]


def test_a_pointer_to_a_printed_list_is_passed_over():
    country = keeper()
    pointers = lists.pointer(
        "https://example.ee/tl?form=pdf", country, media_type="application/pdf"
    )

    assert read_pointers(read_list_xml(lists.list_xml("", pointers=pointers))) == []


def test_a_list_of_lists_says_so():
    xml = lists.list_xml(kind="EUlistofthelists")

    assert read_trust_list(xml).is_list_of_lists
    assert not read_trust_list(lists.list_xml()).is_list_of_lists


@pytest.mark.parametrize("number", ["many", "-1", "9" * 5000, "²"])
def test_a_list_whose_number_is_none_cannot_be_read(number):
    with pytest.raises(ListUnreadable, match="sequence number"):
        read_trust_list(lists.list_xml(sequence=number))


def test_a_day_that_no_clock_knows_is_no_day():
    xml = lists.list_xml().replace(
        b"<dateTime>2026-08-29T10:00:00Z<", b"<dateTime>0001-01-01T00:00:00+05:00<"
    )

    assert read_trust_list(xml).next_update is None


def test_joined_lists_hold_the_services_of_each_and_the_nearest_update():
    near = lists.trust(next_update=pki.NOW + pki.DAY)

    both = joined([lists.trust(), near])

    assert (len(both.services), both.next_update) == (6, pki.NOW + pki.DAY)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<x/>",
        b"not xml",
        b'<!DOCTYPE x SYSTEM "http://example.ee/"><x/>',
        b'<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#"/>',
    ],
)
def test_what_is_no_list(content):
    with pytest.raises(ListUnreadable):
        read_trust_list(content)


def test_more_elements_than_any_list_has_are_not_read():
    content = lists.list_xml().replace(
        b"<SchemeInformation>", b"<a/>" * 1_000_001 + b"<SchemeInformation>"
    )

    with pytest.raises(ListUnreadable, match="too many elements"):
        read_trust_list(content)


@settings(max_examples=200)
@given(place=st.integers(0, 10_000), cut=st.integers(0, 40), put=st.binary(max_size=20))
def test_whatever_is_done_to_a_list_it_is_refused_in_the_expected_way(genuine, place, cut, put):
    content, holder = genuine
    place %= len(content)
    changed = content[:place] + put + content[place + cut :]

    try:
        signer_of_list(changed, [load(holder.der)])
    except (ListNotGenuine, ListUnreadable):
        with suppress(
            ListUnreadable
        ):  # by hand, a list is also read without a look at its signature
            read_trust_list(changed)
        return

    assert read_trust_list(changed) == read_trust_list(
        content
    )  # what was changed says nothing: a space in a tag


def test_a_service_whose_certificate_cannot_be_read_is_no_service_of_anybody():
    content = lists.list_xml(*lists.usual()).replace(
        b"<X509Certificate>MII", b"<X509Certificate>AAA"
    )

    assert [service.certificates for service in read_trust_list(content).services] == [()] * 3
