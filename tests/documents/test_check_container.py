import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.documents.signatures import lists
from tests.documents.signatures.pdfs import signed_pdf
from tests.documents.signatures.xades import container

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "list.xml").write_bytes(lists.list_xml(*lists.usual()))
    (tmp_path / "good.asice").write_bytes(container())
    (tmp_path / "good.pdf").write_bytes(signed_pdf())
    (tmp_path / "broken.asice").write_bytes(b"PK\x03\x04 broken")
    return tmp_path


def run(folder, *names, at="2026-03-02T10:10:00Z"):
    """Run the command as a person would: another process, nothing set up, no way to any network."""
    command = [sys.executable, str(ROOT / "manage.py"), "check_container"]
    command += [str(folder / name) for name in names]
    command += ["--trust-list", str(folder / "list.xml"), "--at", at, "--json"]
    bare = {"PATH": os.environ["PATH"], "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=bare)


def test_every_file_gets_its_verdict_and_the_end_is_good(folder):
    done = run(folder, "good.asice", "broken.asice", "good.pdf")

    reports = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert [report["verdict"] for report in reports] == ["VALID", "INVALID", "VALID"]
    assert [report["file"] for report in reports] == [
        str(folder / name) for name in ("good.asice", "broken.asice", "good.pdf")
    ]
    assert reports[1]["errors"] == ["zip_broken"]
    assert reports[0]["signatures"] == [
        {
            "signer": "MÄNNIK,MARI-LIIS,47101010033",
            "personal_code": "47101010033",
            "signed_at": "2026-03-02T10:00:00Z",
            "level": "QES",
            "profile": "LT",
            "means": "id_card",
            "verdict": "VALID",
            "errors": [],
            "warnings": [],
        }
    ]


def test_the_moment_that_is_given_counts(folder):
    done = run(folder, "good.asice", at="2026-03-01")

    assert json.loads(done.stdout)[0]["signatures"][0]["errors"] == ["evidence_in_future"]


@pytest.mark.parametrize(
    ("files", "options"),
    [
        (["absent.asice"], []),
        (["good.asice"], ["--at", "yesterday"]),
        (["good.asice"], ["--unheard-of"]),
        ([], []),
    ],
)
def test_wrong_use_ends_with_two(folder, files, options):
    command = [sys.executable, str(ROOT / "manage.py"), "check_container", *options]
    command += ["--trust-list", str(folder / "list.xml"), *(str(folder / one) for one in files)]

    done = subprocess.run(command, capture_output=True, check=False)

    assert done.returncode == 2


def test_what_is_no_list_is_wrong_use(folder):
    with pytest.raises(CommandError) as refusal:
        call_command(
            "check_container", str(folder / "good.asice"), "--trust-list", str(folder / "good.pdf")
        )

    assert refusal.value.returncode == 2


def test_without_json_it_speaks_in_lines(folder, capsys):
    call_command(
        "check_container",
        str(folder / "broken.asice"),
        "--trust-list",
        str(folder / "list.xml"),
    )

    said = capsys.readouterr().out
    assert said.startswith("INVALID")
    assert "zip_broken" in said
