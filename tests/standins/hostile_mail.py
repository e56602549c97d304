"""Letters as they come to an open mailbox: honest ones, broken ones, and ones that were made to do harm.

Each maker gets a number and a random source and gives bytes. What must become of it stands beside it:
LETTER (an inquiry, its marker in the subject), ASIDE, or EITHER (it must only not be lost).
"""

import base64
import random
import zlib
from email.message import EmailMessage

LETTER, ASIDE, EITHER = "letter", "aside", "either"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)
RUSSIAN = "Здравствуйте! Как получить разрешение на воду?"
ESTONIAN = "Tere! Kas kaevule on luba vaja? Õigus, ülevaade, täht."


def marker(number):
    return f"MARK-{number:06d}-END"


def head(number, sender=None, **more):
    fields = {
        "From": sender or f"Saatja {number} <saatja{number}@example.ee>",
        "To": "klienditugi@keskkonnaamet.ee",
        "Subject": f"Kiri {marker(number)}",
        "Message-ID": f"<hostile.{number}@example.ee>",
        "MIME-Version": "1.0",
        **more,
    }
    return "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()


def with_type(number, kind, body, **more):
    return head(number, **{"Content-Type": kind, **more}) + b"\r\n" + body


def plain(number, rng):
    return with_type(number, "text/plain; charset=utf-8", ESTONIAN.encode())


def long_text(number, rng):
    return with_type(number, "text/plain; charset=utf-8", (ESTONIAN + "\r\n").encode() * 2_000)


def html_only(number, rng):
    body = f"<html><script>alert(1)</script><img src=x onerror=alert(1)><p>{ESTONIAN}</p></html>"
    return with_type(number, "text/html; charset=utf-8", body.encode())


def html_deep(number, rng):
    return with_type(number, "text/html", b"<div><b>" * rng.choice([300, 20_000]) + b"tere")


def html_broken(number, rng):
    pieces = [
        "<",
        ">",
        "<!--",
        "-->",
        "<![CDATA[",
        "&#0;",
        "&#xD800;",
        "<a href=",
        "'",
        '"',
        "tere",
        "\0",
    ]
    return with_type(number, "text/html", "".join(rng.choices(pieces, k=800)).encode())


def charset_lie(number, rng):
    text, really = rng.choice(
        [(ESTONIAN, "cp1257"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8_r"), (ESTONIAN, "utf-8")]
    )
    said = rng.choice(
        ["us-ascii", "utf-8", "utf-7", "base64", "x-unknown", "punycode", "utf-16", "", "\x00"]
    )
    return with_type(number, f'text/plain; charset="{said}"', text.encode(really))


def broken_base64(number, rng):
    return with_type(
        number,
        "text/plain",
        b"VGVyZQ=====!!!" + bytes(rng.choices(range(256), k=50)),
        **{"Content-Transfer-Encoding": "base64"},
    )


def broken_quoted_printable(number, rng):
    return with_type(
        number,
        "text/plain; charset=utf-8",
        b"Tere =E4=F6=ZZ=\r\n=C3=B5= =\r\n\r\n=",
        **{"Content-Transfer-Encoding": "quoted-printable"},
    )


def uuencoded(number, rng):
    return with_type(
        number,
        "application/octet-stream; name=a.pdf",
        b"begin 666 a.pdf\r\n#\xff\xff not uu\r\nend\r\n",
        **{"Content-Transfer-Encoding": "x-uuencode"},
    )


def unknown_encoding(number, rng):
    return with_type(
        number, "text/plain", b"tere", **{"Content-Transfer-Encoding": "8bit\x07weird"}
    )


def attachments(number, rng):
    letter = EmailMessage()
    letter["From"] = f"saatja{number}@example.ee"
    letter["Subject"] = marker(number)
    letter["Message-ID"] = f"<hostile.{number}@example.ee>"
    letter.set_content(ESTONIAN)
    for name, content in (
        ("kaart.png", PNG),
        ("..\\..\\evil.exe", b"MZ\x90\x00" + bytes(100)),
        ("gpj.\u202eexe.png", b"MZ"),
        ("winmail.dat", b"\x78\x9f\x3e\x22" + bytes(40)),
        ("bomb.zip", b"PK\x03\x04" + zlib.compress(bytes(1_000_000))),
        ("a" * 300 + ".pdf", b"%PDF-1.4"),
        ("", b""),
    ):
        letter.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return letter.as_bytes()


def lying_file_name(number, rng):
    body = (
        b"--b\r\nContent-Type: text/plain\r\n\r\ntere\r\n"
        b"--b\r\nContent-Type: application/pdf; name*0*=utf-8''%ZZ%; name*2=x; name*=broken\r\n"
        b"Content-Disposition: attachment; filename*=x-none''%E4%F6; filename==?utf-8?b?!!!?=\r\n\r\n%PDF\r\n--b--\r\n"
    )
    return with_type(number, "multipart/mixed; boundary=b", body)


def nested(depth):
    def made(number, rng):
        inner = "".join(
            f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n'
            for level in range(depth)
        )
        body = f"{inner}Content-Type: text/plain\r\n\r\ntere\r\n".encode()
        return head(number) + body

    return made


def letters_in_letters(number, rng):
    return head(number) + b"Content-Type: message/rfc822\r\n\r\n" * 900 + b"Subject: x\r\n\r\ntere"


def many_parts(number, rng):
    return with_type(
        number,
        "multipart/mixed; boundary=b",
        b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 5_000,
    )


def no_boundary(number, rng):
    kind = rng.choice(
        [
            "multipart/mixed",
            'multipart/mixed; boundary=""',
            "multipart/mixed; boundary=" + "b" * 900,
        ]
    )
    return with_type(number, kind, b"--b\r\n\r\ntere\r\n")


def unclosed_boundary(number, rng):
    return with_type(
        number, "multipart/alternative; boundary=b", b"--b\r\nContent-Type: text/plain\r\n\r\ntere"
    )


def huge_header(number, rng):
    size = rng.choice([30_000, 2_000_000])
    return head(number, **{"X-Long": "x" * size}) + b"\r\ntere"


def many_headers(number, rng):
    return head(number) + b"X-A: b\r\n" * 40_000 + b"\r\ntere"


def thousand_recipients(number, rng):
    return (
        head(number, Cc=", ".join(f'"a, b" <x{n}@example.ee>' for n in range(3_000))) + b"\r\ntere"
    )


def grammar_bomb(number, rng):
    """Headers that grammar-driven parsers take long for, or fall over."""
    value = rng.choice(
        [
            "=?utf-8?q?" * 500,
            "=?utf-8?b?" + "A" * 3_999 + "?=",
            '"' * 3_000 + "<a@b.ee>",
            "(" * 3_000 + "a@b.ee",
            "<" * 2_000,
            "a:b;" * 1_000,
            "=?unknown-8bit?q?=FF=FE?= =?utf-8?x?x?=",
            "\\" * 3_000,
            ".@." * 900,
            "=?utf-8?q?=00=0A=0D?=",
        ]
    )
    return (
        head(number).replace(
            f"Kiri {marker(number)}".encode(), f"{marker(number)} {value}".encode()
        )
        + f"Reply-To: {value}\r\nCc: {value}\r\nReferences: {value}\r\nContent-Disposition: {value}\r\n"
        f"Content-Type: {value}\r\n\r\ntere".encode()
    )


def raw_bytes_in_headers(number, rng):
    letter = head(number, sender="SENDER <saatja@example.ee>")
    return letter.replace(b"SENDER", RUSSIAN[:12].encode("cp1251")) + b"\r\ntere"


def nul_bytes(number, rng):
    return head(number).replace(b"Kiri", b"Ki\x00ri") + b"\r\nte\x00re\x1b[31m\x08"


def bare_line_ends(number, rng):
    return plain(number, rng).replace(b"\r\n", rng.choice([b"\n", b"\r"]))


def no_sender(number, rng):
    return b"Subject: " + marker(number).encode() + b"\r\n\r\ntere"


def broken_sender(number, rng):
    sender = rng.choice(
        ["keegi", "<>", "a@b", '"', "@example.ee", "a@@b.ee", "<a@b.ee", "a b@c.ee"]
    )
    return head(number, sender=sender) + b"\r\ntere"


def empty(number, rng):
    return rng.choice(
        [b"", b" ", b"\r\n\r\n", b"\r\n", b"\x00", b"From: saatja@example.ee\r\n\r\n"]
    )


def rubbish(number, rng):
    return bytes(rng.choices(range(256), k=rng.randrange(1, 5_000)))


def mailing_list(number, rng):
    return (
        head(number, **{"List-Id": "<uudised.example.ee>", "Precedence": "bulk"}) + b"\r\nuudised"
    )


def away(number, rng):
    name, value = rng.choice(
        [
            ("Auto-Submitted", "auto-replied (vacation)"),
            ("X-Autoreply", "yes"),
            ("Precedence", "auto_reply"),
        ]
    )
    return head(number, **{name: value}) + b"\r\nOlen puhkusel."


def generated(number, rng):
    return head(number, **{"Auto-Submitted": "auto-generated"}) + b"\r\nrobot"


def null_return_path(number, rng):
    return b"Return-Path: <>\r\n" + head(number) + b"\r\nrobot"


def bounce_of_nothing(number, rng):
    return report(number, "<never-sent@keskkonnaamet.ee>")


def report(number, message_id, *, action="failed", status="5.1.1"):
    body = (
        "--r\r\nContent-Type: text/plain\r\n\r\nYour message did not arrive.\r\n"
        "--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.ee\r\n\r\n"
        f"Final-Recipient: rfc822; kadunud@example.ee\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no such mailbox\r\n\r\n"
        f"--r\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\nSubject: Vastus\r\n"
        "\r\n--r--\r\n"
    )
    return with_type(
        number,
        'multipart/report; report-type=delivery-status; boundary="r"',
        body.encode(),
        From="MAILER-DAEMON@mx.example.ee",
    )


def broken_bounce(number, rng):
    whole = report(number, "<x@y.ee>")
    return whole[: rng.randrange(300, len(whole))]


def stolen_token(number, rng):
    token = "".join(rng.choices("abcdefghijkmnpqrstuvwxyz23456789", k=20))
    return head(number, To=f"klienditugi+{token}@keskkonnaamet.ee") + b"\r\ntere"


def borrowed_message_id(number, rng):
    """A stranger's letter under a Message-ID that another letter has: it must not be swallowed."""
    return head(number, **{"Message-ID": "<hostile.0@example.ee>"}) + f"\r\ntere {number}".encode()


def without_message_id(number, rng):
    return head(number, **{"Message-ID": ""}) + b"\r\ntere"


def calendar(number, rng):
    return with_type(number, "text/calendar; method=REQUEST", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR")


def encrypted(number, rng):
    return with_type(
        number, "application/pkcs7-mime; name=smime.p7m", bytes(rng.choices(range(256), k=400))
    )


def html_injection(number, rng):
    words = '"><script>alert(1)</script>{{ 7|add:7 }}{% load x %}'
    return head(number, sender=f'"{words}" <saatja@example.ee>') + f"\r\n{words}".encode()


def cut_anywhere(number, rng):
    whole = attachments(number, rng)
    return whole[: rng.randrange(len(whole) // 2, len(whole))]


def bit_flips(number, rng):
    letter = bytearray(attachments(number, rng))
    for _ in range(rng.randrange(1, 60)):
        letter[rng.randrange(len(letter))] = rng.randrange(256)
    return bytes(letter)


MAKERS = {
    plain: LETTER,
    long_text: LETTER,
    html_only: LETTER,
    html_deep: LETTER,
    html_broken: LETTER,
    charset_lie: LETTER,
    broken_base64: LETTER,
    broken_quoted_printable: LETTER,
    uuencoded: LETTER,
    unknown_encoding: LETTER,
    attachments: LETTER,
    lying_file_name: LETTER,
    nested(20): LETTER,
    nested(1_000): ASIDE,
    letters_in_letters: ASIDE,
    many_parts: ASIDE,
    no_boundary: LETTER,
    unclosed_boundary: LETTER,
    huge_header: EITHER,
    many_headers: EITHER,
    thousand_recipients: LETTER,
    grammar_bomb: EITHER,
    raw_bytes_in_headers: LETTER,
    nul_bytes: EITHER,
    bare_line_ends: EITHER,
    no_sender: ASIDE,
    broken_sender: EITHER,
    empty: ASIDE,
    rubbish: EITHER,
    mailing_list: ASIDE,
    away: ASIDE,
    generated: ASIDE,
    null_return_path: ASIDE,
    bounce_of_nothing: ASIDE,
    broken_bounce: EITHER,
    stolen_token: LETTER,
    borrowed_message_id: LETTER,
    without_message_id: LETTER,
    calendar: LETTER,
    encrypted: LETTER,
    html_injection: LETTER,
    cut_anywhere: EITHER,
    bit_flips: EITHER,
}


def hostile_letters(count, seed=1):
    """Yield number, bytes and what must become of them; the same ones for a seed."""
    rng = random.Random(seed)
    makers = list(MAKERS.items())
    for number in range(count):
        maker, expected = makers[number % len(makers)]
        yield number, maker(number, rng), expected
