"""Clients, organisations and topics, as they are looked up while somebody waits on the line."""

from benchmarks.subject import Subject, agent, sample
from clients.models import Client, ContactPoint
from clients.phones import spoken_phone
from clients.queries import find_clients
from knowledge.queries import search_topics
from registry.models import Organisation
from registry.queries import search_organisations

TOPIC_QUERIES = [
    "veeluba",
    "veeloa",
    "kalastuskaart",
    "kalastuskaat",
    "raierahu",
    "доверенность",
    "volikiri",
    "pistrik",
    "jäätmeluba",
    "karu",
    "hunt",
    "prügi",
    "saaste",
    "водное",
    "permit",
    "forest",
    "kotkas",
    "sisselogimine",
    "põder",
]


def spellings() -> list[str]:
    """As people say it: names, parts of names, numbers with and without the country, codes."""
    typed: list[str] = []
    typed += ["ma ta", "el ta", "ou me", "ma ka", "an"]
    for client in sample(Client.objects.all(), 12):
        words = client.name.split()
        typed += [client.name, words[-1], words[0][:4], " ".join(reversed(words)).lower()]
    for point in sample(ContactPoint.objects.filter(kind="phone"), 10):
        spoken = spoken_phone(point.value)
        typed += [point.value, spoken, spoken.removeprefix("+372 "), f"00{point.value[1:]}"]
        typed.append(point.value[-6:])
    return typed


def organisation_queries() -> list[str]:
    typed: list[str] = []
    for organisation in sample(Organisation.objects.all(), 15):
        words = organisation.name.split()
        code = organisation.registry_code
        typed += [organisation.name, words[0][:3], words[0], code, code[:5], words[-1]]
    return typed


def subjects() -> list[Subject]:
    user = agent()
    return [
        Subject("client look-up", 20, spellings, lambda text: find_clients(text, by=user), 200),
        Subject("organisation search", 20, organisation_queries, search_organisations, 200),
        Subject("topic search", 10, lambda: TOPIC_QUERIES, search_topics, 200),
    ]
