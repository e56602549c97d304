"""Replies of the register's operations, in our own words."""

from dataclasses import replace
from typing import Any

from registry.register_xml.reading import (
    NotReadable,
    Reply,
    child,
    children,
    day,
    text,
    yes_or_no,
)
from registry.representation.codes import country_of, plain_code
from registry.representation.records import Deviation, Group, OrganisationAnswer, Person

LEGAL_KINDS = {"F": False, "J": True}


def representation_of(reply: Reply, code: str) -> OrganisationAnswer | None:
    """Read `esindus_v1` or `esindus_v2`; None where the register knows no such organisation.

    Raises NotReadable.
    """
    found = _item_asked_for(reply, code)
    if found is None:
        return None
    texts = [
        " ".join("".join(item.itertext()).split())
        for item in children(found, "esindusoiguse_eritingimused", "item")
    ]
    return OrganisationAnswer(
        code=text(found, "ariregistri_kood"),
        name=text(found, "arinimi"),
        status=text(found, "staatus"),
        status_text=text(found, "staatus_tekstina"),
        legal_form=text(found, "oiguslik_vorm"),
        legal_form_text=text(found, "oiguslik_vorm_tekstina"),
        persons=tuple(_person(item) for item in children(found, "isikud", "item")),
        deviations=tuple(Deviation(one) for one in texts if one),
        groups=tuple(
            _group(place, element)
            for place, element in enumerate(children(found, "esindusoiguse_grupid", "grupp"), 1)
        ),
    )


def details_of(reply: Reply, code: str) -> OrganisationAnswer | None:
    """Read `detailandmed`: dates, kinds of deviations and the address."""
    found = _item_of(reply, code)
    if found is None:
        return None
    general = child(found, "yldandmed")
    return OrganisationAnswer(
        code=text(found, "ariregistri_kood"),
        name=text(found, "nimi"),
        status=text(general, "staatus"),
        status_text=text(general, "staatus_tekstina"),
        legal_form=text(general, "oiguslik_vorm"),
        legal_form_text=text(general, "oiguslik_vorm_tekstina"),
        persons=tuple(
            _card_person(item)
            for item in children(found, "isikuandmed", "kaardile_kantud_isikud", "item")
        ),
        deviations=tuple(
            _typed_deviation(item)
            for item in children(found, "isikuandmed", "esindusoiguse_eritingimused", "item")
            if text(item, "esinduse_sisu")
        ),
        address=_address(general),
    )


def basic_of(reply: Reply, code: str) -> OrganisationAnswer | None:
    """Read `lihtandmed`: name, form, status and address of one organisation. Raises NotReadable."""
    found = _item_asked_for(reply, code)
    if found is None:
        return None
    return OrganisationAnswer(
        code=text(found, "ariregistri_kood"),
        name=text(found, "evnimi"),
        status=text(found, "staatus"),
        status_text=text(found, "staatus_tekstina"),
        legal_form=text(found, "oiguslik_vorm"),
        legal_form_text=text(found, "oiguslik_vorm_tekstina"),
        address=text(found, "evaadressid", "aadress_ads__ads_normaliseeritud_taisaadress")
        or text(found, "evaadressid", "asukoht_ettevotja_aadressis"),
    )


def merge_details(
    answer: OrganisationAnswer | None, details: OrganisationAnswer | None
) -> OrganisationAnswer | None:
    """Return the representation answer with what only the details know: dates, kinds, address."""
    if answer is None or details is None:
        return answer
    known = {deviation.text for deviation in details.deviations}
    plain = tuple(one for one in answer.deviations if one.text not in known)
    return replace(
        answer,
        persons=tuple(_with_dates(one, details.persons) for one in answer.persons),
        deviations=(*details.deviations, *plain),
        address=details.address,
    )


def _item_asked_for(reply: Reply, code: str) -> Any:
    """Only an empty list says that there is no such organisation; all else says nothing of it."""
    found = _item_of(reply, code)
    if found is None and not _finds_nothing(reply):
        raise NotReadable("not about the organisation asked for")
    return found


def _finds_nothing(reply: Reply) -> bool:
    has_list = child(reply.body, "ettevotjad") is not None
    is_empty = not children(reply.body, "ettevotjad", "item")
    return is_empty and (has_list or text(reply.body, "leitud_ettevotjate_arv") == "0")


def _item_of(reply: Reply, code: str) -> Any:
    for item in children(reply.body, "ettevotjad", "item"):
        if plain_code(text(item, "ariregistri_kood")) == plain_code(code):
            return item
    return None


def _group(place: int, element: Any) -> Group:
    number = text(element, "grupi_nr")
    members = tuple(_person(item) for item in children(element, "item"))
    return Group(int(number) if number.isascii() and number.isdigit() else place, members)


def _person(item: Any) -> Person:
    return Person(
        last_name=text(item, "fyysilise_isiku_perenimi"),
        first_name=text(item, "fyysilise_isiku_eesnimi"),
        code=text(item, "fyysilise_isiku_kood"),
        country=text(item, "isikukood_riik"),
        country_text=text(item, "isikukoodi_riik_tekstina"),
        birth_date=text(item, "fyysilise_isiku_synniaeg"),
        role=text(item, "fyysilise_isiku_roll"),
        role_text=text(item, "fyysilise_isiku_roll_tekstina"),
        may_alone=yes_or_no(text(item, "ainuesindusoigus_olemas")),
        declared_legal=LEGAL_KINDS.get(text(item, "isiku_liik")),
    )


def _card_person(item: Any) -> Person:
    estonian, foreign = text(item, "isikukood_registrikood"), text(item, "valis_kood")
    return Person(
        last_name=text(item, "nimi_arinimi"),
        first_name=text(item, "eesnimi"),
        code=estonian or foreign,
        country="EST" if estonian else text(item, "valis_kood_riik"),
        country_text=text(item, "valis_kood_riik_tekstina"),
        birth_date=text(item, "synniaeg").rstrip("Z"),
        role=text(item, "isiku_roll"),
        role_text=text(item, "isiku_roll_tekstina"),
        declared_legal=LEGAL_KINDS.get(text(item, "isiku_tyyp")),
        starts_on=day(text(item, "algus_kpv")),
        ends_on=day(text(item, "lopp_kpv")),
        term_ends_on=day(text(item, "volituste_loppemise_kpv")),
    )


def _typed_deviation(item: Any) -> Deviation:
    return Deviation(
        text=text(item, "esinduse_sisu"),
        kind=text(item, "esinduse_tyyp"),
        kind_text=text(item, "esinduse_tyyp_tekstina"),
        starts_on=day(text(item, "algus_kpv")),
        ends_on=day(text(item, "lopp_kpv")),
    )


def _address(general: Any) -> str:
    for item in children(general, "aadressid", "item"):
        if not text(item, "lopp_kpv"):
            return text(item, "aadress_ads__ads_normaliseeritud_taisaadress") or text(
                item, "tanav_maja_korter"
            )
    return ""


def _with_dates(person: Person, cards: tuple[Person, ...]) -> Person:
    """Find the same person in the same role; of two that fit equally, neither is taken."""
    fits = [card for card in cards if card.role == person.role and _is_same(person, card)]
    if len(fits) != 1:
        return person
    card = fits[0]
    return replace(
        person,
        declared_legal=card.declared_legal
        if person.declared_legal is None
        else person.declared_legal,
        birth_date=person.birth_date or card.birth_date,
        starts_on=card.starts_on,
        ends_on=card.ends_on,
        term_ends_on=card.term_ends_on,
    )


def _is_same(person: Person, card: Person) -> bool:
    code, other = plain_code(person.code), plain_code(card.code)
    if code and other:
        same_country = not person.country or not card.country
        return code == other and (
            same_country or country_of(person.country) == country_of(card.country)
        )
    return person.is_named(card.name)
