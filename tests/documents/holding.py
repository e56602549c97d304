"""An organisation that holds something, and the next case that ends or adds to it."""

import datetime as dt

from clients.models import ContactPoint
from documents import actions
from documents.models import Access, Paper
from documents.queries import access_held
from documents.states import PaperState
from tests.documents.situations import World
from tests.factories.documents import MARI, TIINA

DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)


def holding():
    """An organisation that holds an agreement, a main user and a user whom the main user authorised."""
    world = World(("KASUTUSLEPING", "VOLIKIRI_PEA")).draft().seal().send()
    ContactPoint.objects.filter(client=world.case.client).update(
        confirmed_at=world.at, confirmed_how="callback"
    )
    agreement, authorisation = world.envelopes
    world.agency_signs(agreement)
    for envelope in (agreement, authorisation):
        world.bring(envelope, MARI[1])
    world.register_agrees().confirm().enter()
    main_user = Access.objects.get(kind="main_user")
    dependant = Access.objects.create(
        organisation_code="19999905",
        organisation_name="Näidis OÜ",
        kind="user",
        person_name="Mart Mets",
        granted_by=Paper.objects.create(case=world.case, kind="VOLIKIRI_TAVA", created_at=world.at),
        main_user=main_user,
        valid_from=world.at.date(),
    )
    Paper.objects.filter(granted_access=dependant).update(
        state=PaperState.CANCELLED, cancelled_at=world.at
    )
    return world


def next_case(world, kind, **terms):
    """A second case of the same organisation, with one paper that ends something."""
    world.case = actions.start_case(
        key="11111111-1111-1111-1111-111111111111",
        portal="e_services",
        organisation_code="19999905",
        by=world.by,
        at=world.at,
    )
    world.case.client = Access.objects.first().client
    world.case.save(update_fields=["client"])
    world.add(kind, **terms)
    return world


def carried_out(world, *codes):
    world.draft().seal()
    for envelope in world.envelopes:
        for code in codes:
            if code == TIINA:
                world.agency_signs(envelope)
            else:
                world.bring(envelope, code)
    return world.register_agrees().confirm().enter()


def in_force(day):
    return [(one.kind, one.person_name) for one in access_held("19999905", day)]


def signed_case(world, kind, *codes, **terms):
    """The next case, signed and confirmed, and nobody has entered its paper yet."""
    next_case(world, kind, **terms).draft().seal()
    for code in codes:
        world.bring(world.envelopes[0], code)
    return world.register_agrees().confirm()
