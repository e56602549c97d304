"""Workers killed at any moment, and two at the same thing: nothing lost, nothing sent twice. On both engines."""

import os
import signal
import sys
import time
from random import Random

import pytest
from django.db import connections

from common.models import IncomingMail, OutgoingMail
from documents import actions
from documents.actions.judge_return import judge_return
from documents.models import ReturnedFile
from inquiries.actions import file_mail
from registry.models import RepresentationCheck
from tests.documents import signing
from tests.documents.mails import came, letters_that_ask, replied
from tests.documents.situations import World, later
from tests.documents.test_render_draft import needs_pango
from tests.factories.documents import JURI, MARI
from tests.two_processes import FORK, at_once

pytestmark = [pytest.mark.django_db(transaction=True), needs_pango]


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def world(monkeypatch):
    for task in ("render_draft", "judge_return"):
        monkeypatch.setattr(f"documents.tasks.{task}.delay", lambda **ids: None)
    signing.keep_trusted_list()
    made = World(is_joint=True).draft().seal()
    made.agency_signs(made.envelopes[0])
    return made


def brought(world):
    """A container that lacks nobody's signature has come in and is not judged yet."""
    envelope = world.send().envelopes[0]
    return actions.receive_return(
        envelope=envelope,
        upload=signing.upload(signing.signed_by(envelope, MARI[1], JURI[1], at=world.at)),
        came_by=signing.STAFF,
        by=world.by,
        at=world.at,
    ).pk


def judge(pk, at):
    return judge_return(returned=ReturnedFile.objects.get(pk=pk), at=at).state


def check_judged_once(world, pk):
    returned = ReturnedFile.objects.get(pk=pk)
    envelope = world.envelopes[0]
    assert (returned.state, returned.faults) == ("good", [])
    assert not envelope.signers.filter(signed_at=None).exists()
    assert [paper.state for paper in world.papers] == ["returned"]
    assert RepresentationCheck.objects.filter(purpose="return").count() == 1
    # One for the agency's own file, one for this.
    assert world.case.events.filter(what="return_good").count() == 2


def test_worker_killed_at_any_moment_of_the_check_costs_nothing_but_time(world):
    pk = brought(world)
    moments = Random(7)

    for _ in range(6):
        connections.close_all()
        worker = FORK.Process(target=judge, args=(pk, world.at))
        worker.start()
        time.sleep(moments.uniform(0.02, 0.9))
        os.kill(worker.pid, signal.SIGKILL)
        worker.join(10)
    judge(pk, world.at)

    check_judged_once(world, pk)


def test_two_workers_at_once_judge_a_file_once(world):
    pk = brought(world)

    assert at_once(*[lambda: judge(pk, world.at)] * 2) == ["good", "good"]

    check_judged_once(world, pk)


def killed_in(module, name, function):
    """Run this in a process of its own that is killed as it comes to that step."""

    def die(*arguments, **options):
        os.kill(os.getpid(), signal.SIGKILL)

    def run():
        setattr(sys.modules[module], name, die)
        function()

    connections.close_all()
    process = FORK.Process(target=run)
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("step", ["revoke_links", "queue_mail", "record_access", "note_event"])
def test_process_killed_while_asking_to_sign_has_asked_nobody(world, step):
    killed_in("documents.actions.send_envelope", step, world.send)

    assert (OutgoingMail.objects.count(), world.papers[0].state) == (0, "agency_signed")
    world.send()
    assert len({mail.to for mail in letters_that_ask()}) == OutgoingMail.objects.count() == 2


def test_worker_killed_while_reminding_reminds_everybody_once(world):
    world.send()
    later(world, days=12)

    def remind():
        return actions.watch_envelopes(at=at)

    at = world.at.replace(hour=9)
    while at.weekday() > 4:  # nobody is reminded on a day off
        at += signing.DAY
    killed_in("documents.actions.watch_envelopes", "note_event", remind)
    assert OutgoingMail.objects.count() == 2

    assert [remind(), remind()] == [1, 0]

    assert OutgoingMail.objects.count() == 4
    assert world.case.events.filter(what="reminded").count() == 1


def test_mail_that_the_mailbox_gave_twice_is_filed_once_by_two_workers(world):
    envelope = world.send().envelopes[0]
    content = signing.signed_by(envelope, MARI[1], at=world.at)
    raw = replied(letters_that_ask()[0], "Palun!", ("leping.asice", content))
    mails = [came(raw, world.at).pk for _ in range(3)]

    def file(pk):
        return file_mail(mail=IncomingMail.objects.get(pk=pk), at=world.at).state

    assert at_once(*[lambda pk=pk: file(pk) for pk in mails]) == ["filed"] * 3

    returned = ReturnedFile.objects.get(came_by="mail")
    assert set(IncomingMail.objects.values_list("about_id", flat=True)) == {str(returned.pk)}
    assert world.case.events.filter(what="mail_came").count() == 1


@pytest.mark.parametrize(
    ("module", "step"),
    [
        ("documents.actions.receive_return", "note_event"),
        ("documents.actions.claim_mail", "note_event"),
        ("inquiries.actions.file_mail", "_settle"),
    ],
)
def test_worker_killed_while_filing_a_mail_files_it_the_next_time(world, module, step):
    envelope = world.send().envelopes[0]
    content = signing.signed_by(envelope, MARI[1], at=world.at)
    mail = came(replied(letters_that_ask()[0], "Palun!", ("a.asice", content)), world.at)

    def file():
        return file_mail(mail=IncomingMail.objects.get(pk=mail.pk), at=world.at).state

    killed_in(module, step, file)
    assert not ReturnedFile.objects.filter(came_by="mail").exists()

    assert file() == "filed"

    assert ReturnedFile.objects.filter(came_by="mail").count() == 1
    assert world.case.events.filter(what="mail_came").count() == 1


def test_letter_of_faults_that_is_asked_for_twice_at_once_leaves_once(world):
    envelope = world.send().envelopes[0]
    signer = envelope.signers.filter(role="representative").first()
    bad = signing.signed(signing.read(envelope.container), "60001019906", at=world.at)
    returned = actions.receive_return(
        envelope=envelope,
        upload=signing.upload(bad),
        came_by="page",
        signer=signer,
        at=world.at,
    )
    judge(returned.pk, world.at)

    def tell():
        found = ReturnedFile.objects.get(pk=returned.pk)
        return actions.tell_faults(returned=found, by=world.by, at=world.at).pk

    assert at_once(tell, tell) == [returned.pk] * 2
    assert OutgoingMail.objects.filter(key__startswith="documents.faults:").count() == 1
    assert world.case.events.filter(what="faults_told").count() == 1
