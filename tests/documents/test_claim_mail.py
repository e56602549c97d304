"""Signed papers that come back by mail find their envelope; all else stays a letter."""

import datetime as dt
import sys

import pytest
from django.conf import settings as project

from common.mail_states import IncomingState
from common.models import OutgoingMail, StoredFile
from documents import actions
from documents.models import ReturnedFile, UnsortedFile
from documents.signatures.unsigned import unsigned_container
from documents.states import PaperState
from documents.timeline import story_of
from inquiries.actions import file_mail, forget_letters
from inquiries.models import Inquiry, Letter
from tests.documents import signing
from tests.documents.mails import came, filed, letters_that_ask, replied, written
from tests.documents.signatures import pdfs
from tests.documents.situations import World, later
from tests.factories.documents import JURI, MARI

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trusted_list():
    return signing.keep_trusted_list()


@pytest.fixture
def world():
    return World(("KASUTUSLEPING", "VOLIKIRI_PEA")).draft().seal().send()


def container(envelope, *codes, name="leping.asice"):
    return name, signing.signed_by(envelope, *codes or (MARI[1],))


def events(world):
    return list(world.case.events.order_by("pk").values_list("what", flat=True))


def test_answer_to_our_letter_becomes_a_returned_file(world):
    envelope = world.envelopes[0]
    ask = letters_that_ask()[0]

    mail = filed(replied(ask, "Tere! Siin on leping.", container(envelope)), world.at)

    returned = ReturnedFile.objects.get()
    signer = envelope.signers.get(role="representative")
    assert (returned.envelope, returned.came_by, returned.signer) == (envelope, "mail", signer)
    assert (mail.state, mail.about_type, mail.about_id) == (
        IncomingState.FILED,
        "documents.returnedfile",
        str(returned.pk),
    )
    assert returned.mail == mail
    assert not Letter.objects.exists()
    assert events(world)[-2:] == ["return_received", "mail_came"]
    assert world.case.events.get(what="mail_came").parameters == {"mail": mail.pk}
    assert signing.judged(returned).state == "good"


def test_file_in_an_answer_that_is_not_ours_is_judged_and_found_faulty(world):
    name = world.papers[0].file_name
    changed = signing.signed(
        signing.read(world.envelopes[0].container), MARI[1], files={name: b"%PDF-1.4 x %%EOF"}
    )

    filed(replied(letters_that_ask()[0], "", ("leping.asice", changed)), world.at)

    returned = signing.judged(ReturnedFile.objects.get())
    assert (returned.state, returned.faults) == ("faulty", [["changed_file", name]])


def test_an_answer_without_words_adds_nothing_but_the_file(world):
    ask = letters_that_ask()[0]
    repeated = f"On 2 March 2026, Keskkonnaamet wrote:\n> {ask.text.splitlines()[0]}\n"

    filed(replied(ask, repeated, container(world.envelopes[0])), world.at)

    assert events(world)[-1] == "return_received"


def test_what_came_beside_the_signed_file_is_found_from_the_story(world):
    scan = ("skann.pdf", b"%PDF-1.4 %%EOF")

    filed(replied(letters_that_ask()[0], "", container(world.envelopes[0]), scan), world.at)

    assert events(world)[-1] == "mail_came"


def test_signed_file_of_nobody_beside_one_of_ours_waits_to_be_sorted(world):
    foreign = signing.signed(signing.read(world.envelopes[0].container), JURI[1], files={"x": b"x"})
    ours = container(world.envelopes[0], name="a.asice")

    filed(written("Mõlemad", ours, ("b.asice", foreign)), world.at)

    assert ReturnedFile.objects.get().stored_file.original_name == "a.asice"
    assert (UnsortedFile.objects.get().name, UnsortedFile.objects.get().letter) == ("b.asice", None)
    assert not Letter.objects.exists()


def test_answer_to_an_earlier_letter_is_known_by_the_letter_it_answers(world):
    envelope, first = world.envelopes[0], letters_that_ask()[0]
    later(world, days=20)
    actions.watch_envelopes(at=world.at)
    foreign = signing.signed(signing.read(envelope.container), MARI[1], files={"x.txt": b"x"})

    raw = written("", ("x.asice", foreign), answers=first.message_id, sender="x@example.ee")
    filed(raw, world.at)

    assert ReturnedFile.objects.get().signer == envelope.signers.get(role="representative")


def test_answer_to_a_letter_of_faults_is_known_too(world):
    envelope = world.envelopes[0]
    bad = signing.signed(signing.read(envelope.container), JURI[1])
    filed(replied(letters_that_ask()[0], "", ("a.asice", bad)), world.at)
    returned = signing.judged(ReturnedFile.objects.get())
    actions.tell_faults(returned=returned, by=world.by, at=world.at)
    faults = OutgoingMail.objects.get(key__startswith="documents.faults:")
    foreign = signing.signed(signing.read(envelope.container), MARI[1], files={"x.txt": b"x"})
    again = written("", ("b.asice", foreign), answers=faults.message_id, message_id="<2@x.ee>")
    filed(again, world.at)

    assert ReturnedFile.objects.filter(envelope=envelope).count() == 2


def test_container_without_any_token_is_known_by_the_papers_in_it(world):
    first, second = world.envelopes

    mail = filed(
        written("Mõlemad", container(second, name="a.asice"), container(first, name="b.asice")),
        world.at,
    )

    assert set(ReturnedFile.objects.values_list("envelope", "mail")) == {
        (first.pk, mail.pk),
        (second.pk, mail.pk),
    }
    assert not UnsortedFile.objects.exists()


def test_sender_whom_we_wrote_to_is_the_signer(world):
    envelope = world.envelopes[0]
    signer = envelope.signers.get(role="representative")

    filed(written("", container(envelope), sender=signer.email.upper()), world.at)

    assert ReturnedFile.objects.get().signer == signer


def test_signed_pdf_is_taken_and_answered_as_a_fault(world):
    paper = world.papers[0]
    making = pdfs.Making(signer=signing.holder(MARI[1]))
    made = pdfs.signed_pdf(signing.read(paper.stored_file), making)

    filed(written("", (paper.file_name, made)), world.at)

    returned = signing.judged(ReturnedFile.objects.get())
    assert returned.envelope == paper.envelope
    assert "signed_as_pdf" in [code for code, _detail in returned.faults]


def test_plain_pdf_in_an_answer_is_a_letter_and_the_case_says_so(world):
    ask = letters_that_ask()[0]

    mail = filed(replied(ask, "Kas nii sobib?", ("x.pdf", b"%PDF-1.4 %%EOF")), world.at)

    letter = Letter.objects.get()
    assert (mail.about_type, mail.about_id) == ("inquiries.letter", str(letter.pk))
    assert letter.files.count() == 1
    assert not ReturnedFile.objects.exists()
    assert not UnsortedFile.objects.exists()
    event = world.case.events.get(what="letter_came")
    assert event.parameters["number"] == letter.inquiry.number
    assert letter.inquiry.number in story_of(world.case)[0].words


def test_mailbox_that_gives_a_mail_twice_gives_one_file_and_one_line(world):
    raw = replied(letters_that_ask()[0], "Palun!", container(world.envelopes[0]))

    mails = [filed(raw, world.at) for _ in range(3)]

    assert ReturnedFile.objects.count() == 1
    assert {mail.about_id for mail in mails} == {str(ReturnedFile.objects.get().pk)}
    assert events(world).count("return_received") == events(world).count("mail_came") == 1


def test_answer_without_a_file_that_comes_twice_is_one_line(world):
    raw = replied(letters_that_ask()[0], "Millal tähtaeg on?")

    for _ in range(2):
        filed(raw, world.at)

    assert Letter.objects.count() == events(world).count("letter_came") == 1


def test_mail_filed_twice_changes_nothing(world):
    raw = replied(letters_that_ask()[0], "Palun!", container(world.envelopes[0]))
    mail = filed(raw, world.at)

    file_mail(mail=mail, at=world.at)

    assert ReturnedFile.objects.count() == 1


def test_worker_killed_before_the_mail_is_settled_loses_and_doubles_nothing(world, monkeypatch):
    mail = came(replied(letters_that_ask()[0], "Palun!", container(world.envelopes[0])), world.at)

    def killed(*arguments, **options):
        raise SystemExit(9)

    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["inquiries.actions.file_mail"], "_settle", killed)
        with pytest.raises(SystemExit):
            file_mail(mail=mail, at=world.at)
    assert not ReturnedFile.objects.exists()

    file_mail(mail=mail, at=world.at)

    assert ReturnedFile.objects.count() == 1
    assert events(world).count("mail_came") == 1


def test_file_for_papers_that_are_accepted_already_is_a_letter(world):
    envelope = world.envelopes[0]
    envelope.papers.update(
        state=PaperState.CHECKED, checked_at=world.at, checked_by=world.by, registered_on=world.at
    )

    filed(replied(letters_that_ask()[0], "Hilja", container(envelope)), world.at)

    assert not ReturnedFile.objects.exists()
    assert (Letter.objects.count(), events(world)[-1]) == (1, "letter_came")


def test_signed_file_of_nobody_is_a_letter_and_waits_to_be_sorted(world):
    foreign = signing.signed(signing.read(world.envelopes[0].container), JURI[1], files={"x": b"x"})

    for number in range(2):
        raw = written("Avaldus", ("a.asice", foreign), message_id=f"<{number}@x.ee>")
        mail = filed(raw, world.at)

    assert Letter.objects.count() == Inquiry.objects.count() == 2
    file = UnsortedFile.objects.get()
    assert (file.name, file.sender_address, file.proposed) == (
        "a.asice",
        "mari@naidis.example.ee",
        None,
    )
    assert file.letter == Letter.objects.order_by("pk").first()
    assert mail.state == IncomingState.FILED
    assert not ReturnedFile.objects.exists()


def test_envelope_sent_to_the_sender_is_proposed_for_a_signed_file_of_nobody(world):
    envelope = world.envelopes[0]
    signer = envelope.signers.get(role="representative")
    foreign = signing.signed(signing.read(envelope.container), MARI[1], files={"x": b"x"})

    filed(written("Avaldus", ("a.asice", foreign), sender=signer.email), world.at)

    assert UnsortedFile.objects.get().proposed == envelope


def test_container_that_nobody_signed_waits_for_nobody(world):
    unsigned = unsigned_container([("x.pdf", b"%PDF-1.4 x %%EOF")])

    filed(written("Avaldus", ("a.asice", unsigned)), world.at)

    assert Letter.objects.count() == 1
    assert not UnsortedFile.objects.exists()


def test_our_container_brought_back_unsigned_is_told_as_a_fault(world):
    envelope = world.envelopes[0]

    filed(written("", ("a.asice", signing.read(envelope.container))), world.at)

    returned = signing.judged(ReturnedFile.objects.get())
    assert (returned.envelope, returned.state) == (envelope, "faulty")
    assert returned.faults == [["not_valid", "no_signatures"]]


def test_broken_container_is_a_letter_like_any_other(world):
    filed(written("Avaldus", ("a.asice", b"PK\x03\x04broken")), world.at)

    assert Letter.objects.count() == 1
    assert not UnsortedFile.objects.exists()


def test_mail_with_a_returned_file_outlives_the_others(world):
    mail = filed(replied(letters_that_ask()[0], "Palun!", container(world.envelopes[0])), world.at)
    foreign = signing.signed(signing.read(world.envelopes[0].container), JURI[1], files={"x": b"x"})
    filed(written("Avaldus", ("a.asice", foreign), message_id="<9@x.ee>"), world.at)

    forget_letters(at=world.at + dt.timedelta(days=project.MAIL_KEPT_DAYS + 1))

    mail.refresh_from_db()
    assert StoredFile.objects.filter(pk=mail.raw_id).exists()
    assert UnsortedFile.objects.get().mail is None
