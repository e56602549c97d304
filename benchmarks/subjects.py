"""All that is measured inside the process, in the order in which it is measured."""

from benchmarks import calls_written, inquiries, lookups, pages, papers, signed_files, tickets
from benchmarks.subject import Subject

GROUPS = (lookups, calls_written, inquiries, pages, papers, signed_files, tickets)


def subjects() -> list[Subject]:
    return [subject for group in GROUPS for subject in group.subjects()]
