"""Letters are read whatever was done to them, quickly, and never as anything but text."""

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.internet_mail import (
    Kind,
    TooTangled,
    language_of,
    read_head,
    read_letter,
    split_quoted,
)
from common.internet_mail.charsets import decoded
from common.internet_mail.html_text import text_of_html
from tests.standins import hostile_mail
from tests.standins.hostile_mail import ESTONIAN, RUSSIAN, head, report, with_type

LONGEST_READING = 3  # seconds, of one letter on a busy machine


def check_kept(letter):
    """What every reading must hold: text that a database takes, within bounds."""
    words = [letter.sender_name, letter.subject, letter.text, letter.whole_text]
    words += [file.name for file in letter.attachments]
    for text in words:
        assert "\0" not in text
        text.encode("utf-8")
    assert len(letter.subject) <= 250
    assert len(letter.text) <= 19_000
    assert letter.sender_address == "" or letter.sender_address.count("@") == 1


@pytest.mark.parametrize("number", range(2 * len(hostile_mail.MAKERS)))
def test_hostile_letter_is_read_or_set_aside_quickly(number):
    maker = list(hostile_mail.MAKERS)[number % len(hostile_mail.MAKERS)]
    raw = maker(number, random.Random(number))
    began = time.monotonic()

    try:
        check_kept(read_letter(raw))
    except TooTangled:
        check_kept(read_head(raw))

    assert time.monotonic() - began < LONGEST_READING


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=2_000))
def test_any_bytes_are_read(raw):
    check_kept(read_letter(raw))


HEADER = st.sampled_from(
    ["From", "To", "Subject", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition",
     "Message-ID", "References", "Auto-Submitted", "Return-Path", "Reply-To", "Date", "X-Y"]
)  # fmt: skip
VALUE = st.sampled_from(
    ["multipart/mixed; boundary=b", "multipart/alternative; boundary=b", "text/html", "text/plain",
     "message/rfc822", "multipart/report; report-type=delivery-status; boundary=b",
     "message/delivery-status", "base64", "quoted-printable", "7bit", "x-uuencode",
     "attachment; filename=a.pdf", "<a@b.ee>", "a@b.ee", "=?utf-8?b?w7U=?=", "=?x?q?=ff?=",
     "text/plain; charset=utf-16", "text/plain; charset*0=x"]
) | st.text(max_size=40)  # fmt: skip
LINE = st.one_of(
    st.tuples(HEADER, VALUE).map(lambda pair: f"{pair[0]}: {pair[1]}"),
    st.sampled_from(
        ["", "--b", "--b--", "tere", "=C3=B5", "w7U=", "<p>tere", "> tsitaat", " jätk"]
    ),
    st.text(max_size=20),
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINE, max_size=40), st.sampled_from(["\r\n", "\n", "\r"]))
def test_any_arrangement_of_what_letters_are_made_of_is_read(lines, line_end):
    check_kept(read_letter(line_end.join(lines).encode("utf-8", "surrogatepass")))


PLAIN = st.text(
    st.characters(exclude_characters="<>&", exclude_categories=["C", "Z"]), max_size=200
)


@settings(max_examples=200, deadline=None)
@given(PLAIN, PLAIN)
def test_words_around_a_script_are_read_and_the_script_is_not(before, after):
    said = text_of_html(f"<p>{before}</p><script>kuri();</script><style>kuri{{}}</style>{after}")

    assert "".join(said.split()) == "".join(f"{before}{after}".split())


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=300),
    st.none() | st.text(max_size=20) | st.sampled_from(["utf-8", "utf-16", "cp1257"]),
)
def test_any_bytes_under_any_charset_become_text(content, declared):
    assert isinstance(decoded(content, declared), str)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["> a", "tere", "", "On 1.1.2026 Mari wrote:", "From: a", "Sent: b", "To: c",
                                 "Mari kirjutas 1.1:", "----- Original Message -----"]), max_size=15))  # fmt: skip
def test_cutting_the_quoted_part_loses_no_line(lines):
    text = "\n".join(lines)

    said, quoted = split_quoted(text)

    kept = [line for line in f"{said}\n{quoted}".split("\n") if line.strip()]
    assert kept == [line for line in lines if line.strip()]


@pytest.mark.parametrize("really", ["utf-8", "cp1251", "koi8-r"])
@pytest.mark.parametrize("said", ["us-ascii", "utf-8", "x-unknown", None])
def test_russian_is_read_under_a_charset_that_lies(really, said):
    assert decoded(RUSSIAN.encode(really), said) == RUSSIAN


@pytest.mark.parametrize("really", ["utf-8", "cp1257"])
@pytest.mark.parametrize("said", ["us-ascii", "utf-8", "x-unknown", None])
def test_estonian_is_read_under_a_charset_that_lies(really, said):
    assert decoded(ESTONIAN.encode(really), said) == ESTONIAN


def test_plain_text_goes_before_html():
    body = (
        "--b\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nselge tekst\r\n--b--\r\n"
    )

    letter = read_letter(with_type(1, "multipart/alternative; boundary=b", body.encode()))

    assert (letter.text, letter.attachments) == ("selge tekst", ())


def test_html_is_read_as_text_with_its_links_said():
    letter = read_letter(
        with_type(
            1,
            "text/html; charset=utf-8",
            (
                "<head><style>p{}</style></head><p>Tere&nbsp;<b>Teile</b></p><ul><li>üks<li>kaks</ul>"
                '<script>kuri()</script><a href="https://kuri.example/x">keskkonnaamet.ee</a>'
                "<table><tr><td>a<td>b</table>"
            ).encode(),
        )
    )

    assert letter.text == (
        "Tere Teile\n\n- üks\n- kaks\n\nkeskkonnaamet.ee <https://kuri.example/x>\n\na b"
    )


def test_letter_in_a_letter_is_read_with_it():
    inner = (
        head(2, sender="Jüri <jyri@example.ee>").replace("ü".encode(), "ü".encode())
        + b"\r\nsisemine"
    )

    letter = read_letter(with_type(1, "message/rfc822", inner))

    assert "From: Jüri <jyri@example.ee>" in letter.text
    assert "sisemine" in letter.text


def test_long_text_stands_cut_and_goes_along_whole():
    letter = read_letter(with_type(1, "text/plain", b"abcde " * 10_000))

    assert len(letter.text) == 19_000
    assert len(letter.whole_text) == 59_999


def test_names_addresses_and_ids_are_found():
    letter = read_letter(
        head(
            1,
            sender="=?utf-8?b?TWFyaSBNw6Rnaw==?= <Mari@Example.ee>",
            Subject="=?utf-8?q?K=C3=BCsimus?=",
            To='"Abi" <abi@x.ee>, klienditugi+abc@x.ee',
            **{"In-Reply-To": "<2@x.ee>", "References": "<1@x.ee>\r\n <2@x.ee>"},
        )
        + b"\r\ntere"
    )

    assert (letter.sender_name, letter.sender_address) == ("Mari Mägk", "mari@example.ee")
    assert letter.subject == "Küsimus"
    assert letter.recipients == ("abi@x.ee", "klienditugi+abc@x.ee")
    assert (letter.message_id, letter.refers_to) == (
        "<hostile.1@example.ee>",
        ("<1@x.ee>", "<2@x.ee>"),
    )


def test_form_of_a_site_writes_for_the_person_whom_it_names():
    letter = read_letter(
        head(1, sender="noreply@portaal.ee", **{"Reply-To": "Mari <mari@example.ee>"}) + b"\r\ntere"
    )

    assert letter.sender_address == "mari@example.ee"


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({}, Kind.PERSONAL),
        ({"Auto-Submitted": "no"}, Kind.PERSONAL),
        ({"Auto-Submitted": "auto-replied"}, Kind.AUTO_REPLY),
        ({"Subject": "Automaatvastus: puhkus"}, Kind.AUTO_REPLY),
        ({"Subject": "Puhkusel: Re: Vastus"}, Kind.AUTO_REPLY),
        ({"Subject": "Puhkusel kuni 5.08"}, Kind.AUTO_REPLY),
        ({"Subject": "Puhkusel olles leidsin surnud hülge"}, Kind.PERSONAL),
        ({"X-Autoreply": "yes"}, Kind.AUTO_REPLY),
        (
            {"Content-Type": "multipart/report; report-type=disposition-notification"},
            Kind.AUTOMATIC,
        ),
        ({"Content-Type": "multipart/report; report-type=feedback-report"}, Kind.AUTOMATIC),
        ({"Precedence": "bulk"}, Kind.AUTOMATIC),
        ({"List-Id": "<x.ee>"}, Kind.AUTOMATIC),
        ({"Return-Path": "<>"}, Kind.AUTOMATIC),
        ({"Auto-Submitted": "auto-generated"}, Kind.AUTOMATIC),
        ({"From": "MAILER-DAEMON@x.ee"}, Kind.BOUNCE),
        ({"X-Failed-Recipients": "a@b.ee"}, Kind.BOUNCE),
    ],
)
def test_letters_of_programs_are_told_from_those_of_people(headers, kind):
    assert read_letter(head(1, **headers) + b"\r\ntere").kind == kind


def test_bounce_names_the_letter_that_came_back():
    bounce = read_letter(report(1, "<ours@x.ee>")).bounce

    assert (bounce.message_ids, bounce.is_final, bounce.status) == (("<ours@x.ee>",), True, "5.1.1")
    assert bounce.words == "smtp; 550 5.1.1 no such mailbox"


def test_delay_is_no_end():
    assert not read_letter(
        report(1, "<ours@x.ee>", action="delayed", status="4.4.1")
    ).bounce.is_final


def test_bounce_of_an_old_server_is_read_from_its_text():
    raw = head(
        1, sender="Mail Delivery System <Mailer-Daemon@x.ee>", **{"X-Failed-Recipients": "a@b.ee"}
    )
    raw += b"\r\nThis is a copy:\r\n\r\nMessage-ID: <ours@x.ee>\r\nSubject: Vastus\r\n"

    assert read_letter(raw).bounce.message_ids == ("<ours@x.ee>",)


def test_bounce_that_sends_nothing_back_is_told_by_its_head():
    machine = {"Auto-Submitted": "auto-replied", "In-Reply-To": "<ours@x.ee>"}
    raw = head(1, sender="postmaster@x.ee", **machine) + b"\r\nIt could not be delivered."

    assert read_letter(raw).bounce.message_ids == ("<ours@x.ee>",)


def test_person_who_keeps_a_mail_server_does_not_make_our_letter_one_that_came_back():
    raw = head(1, sender="postmaster@x.ee", **{"In-Reply-To": "<ours@x.ee>"}) + b"\r\nAitah!"

    assert read_letter(raw).bounce.message_ids == ()


@pytest.mark.parametrize(
    "introduction",
    [
        "On Mon, 2 Mar 2026 at 10:00, Keskkonnaamet <x@y.ee> wrote:\n> Tere!",
        "Keskkonnaamet kirjutas 02.03.2026 kell 10:00:\n> Tere!",
        "2 марта 2026 г., Keskkonnaamet <x@y.ee> написал(а):\n> Tere!",
        "-----Original Message-----\nFrom: x\n\nTere!",
        "From: Keskkonnaamet\nSent: Monday\nTo: Mari\nSubject: Vastus\n\nTere!",
        "Saatja: Keskkonnaamet\nSaadetud: esmaspäev\nSaaja: Mari\nTeema: Vastus\n\nTere!",
        "От: Keskkonnaamet\nОтправлено: понедельник\nКому: Мария\n\nTere!",
        "> Tere!\n> Vastus",
    ],
)
def test_repeated_letter_is_told_from_what_is_said(introduction):
    said, quoted = split_quoted(f"Aitäh, kas homme?\n\nMari\n\n{introduction}")

    assert said == "Aitäh, kas homme?\n\nMari"
    assert quoted == introduction


@pytest.mark.parametrize(
    "text",
    [
        "-----Original Message-----\nFrom: x\n\nLugu",
        "On 1.1.2026 Mari wrote:\n> Millal?\nHomme.\n> Kus?\nSiin.",
        "Tere",
    ],
)
def test_letter_that_was_passed_on_or_answers_in_between_is_not_cut(text):
    assert split_quoted(text) == (text, "")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (RUSSIAN, "ru"),
        (ESTONIAN, "et"),
        ("Hello, could you please tell me what permit we need for this?", "en"),
        ("12345", ""),
    ],
)
def test_language_is_told_by_letters_and_small_words(text, language):
    assert language_of(text) == language
