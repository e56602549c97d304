"""Fuzz the judging of signed files by coverage, for minutes: python -m benchmarks.fuzz_signatures

Needs atheris (`.venv/bin/python -m pip install atheris`), which has builds for Linux alone and is
therefore not among the locked dependencies. Ends with a crash file where something escapes, hangs
(libFuzzer's -timeout), writes or connects. Options go to libFuzzer, e.g. -max_total_time=600.
"""

import datetime as dt
import sys

try:
    import atheris
except ImportError:
    sys.exit("atheris is not installed: .venv/bin/python -m pip install atheris")

with atheris.instrument_imports(include=["documents.signatures"]):
    from documents.signatures import Code, Verdict, joined, read_trust_list
    from documents.signatures.any_file import check_file

import tests.environment  # noqa: F401  # variables of the suite
from tests.documents.signatures import lists, pki
from tests.documents.signatures.pdfs import signed_pdf
from tests.documents.signatures.xades import container, entries_of, zipped

AT = pki.NOW + dt.timedelta(hours=1)


def forbid(event: str, arguments: tuple) -> None:
    """Judging opens no socket and no file for writing, and starts nothing."""
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if fuzzing and (writes or event.startswith(("socket.", "subprocess.", "os.system"))):
        raise RuntimeError(event, arguments)


fuzzing = False
trust = joined([read_trust_list(lists.list_xml(*lists.usual()))])
entries = entries_of(archive=True)
SEEDS = [container(), container(time_mark=True), container(archive=True), signed_pdf()]
TRUE = {
    file.sha256
    for seed in SEEDS
    for file in check_file(seed, name="seed", trust=trust, at=AT).data_files
}


def judge_one(data: bytes) -> None:
    """The first byte chooses what the rest is: a whole file, or one part of a good container."""
    global fuzzing
    fuzzing = True
    kind, rest = data[:1], data[1:]
    if kind < b"\x80":
        content = rest
    else:
        place = kind[0] % len(entries)
        content = zipped(
            [(n, rest if number == place else c) for number, (n, c) in enumerate(entries)]
        )
    report = check_file(content, name="fuzzed", trust=trust, at=AT)
    fuzzing = False
    if Code.UNREADABLE in report.codes():
        raise RuntimeError(list(report.all_errors()))
    if report.verdict == Verdict.VALID and content[:5] != b"%PDF-":
        assert {file.sha256 for file in report.data_files} <= TRUE


def mutate(data: bytes, max_size: int, seed: int) -> bytes:
    """Begin from a good file now and then, or nothing deep would ever be reached."""
    if seed % 5 == 0:
        data = b"\x00" + SEEDS[seed % len(SEEDS)]
    elif seed % 5 == 1:
        place = seed % len(entries)
        data = bytes([0x80 + (place - 0x80) % len(entries)]) + entries[place][1]
    return atheris.Mutate(data, max_size)


def main() -> None:
    sys.addaudithook(forbid)
    options = [sys.argv[0], "-max_len=60000", "-timeout=10", "-rss_limit_mb=1500", *sys.argv[1:]]
    atheris.Setup(options, judge_one, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
