from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from documents import actions
from documents.actions.keep_trusted_list import read_list
from documents.list_problems import ListProblem
from documents.list_signers import signers_in
from documents.models import TrustedList
from documents.trust_words import Store


class Command(BaseCommand):
    help = (
        "Takes trusted lists from files, where none can be fetched: the list of lists, verified by "
        "the configured certificates, and lists of countries, verified by those that it names. "
        "Several files may be given in any order. Ends with 1 when one was refused."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--store", choices=Store.values, help="default: the one that checks ask"
        )
        parser.add_argument(
            "--lotl-certificates",
            metavar="PATH",
            help="a file or a folder; default: the setting LOTL_CERTIFICATES",
        )
        parser.add_argument(
            "--as-it-is",
            metavar="REASON",
            help="DANGER: believe the file without a look at its signature. The reason is kept and "
            "shown wherever the list is. Whoever wrote the file decides whose signatures are valid.",
        )

    def handle(self, *args, files, store, lotl_certificates, as_it_is, **options):
        store = store or settings.TRUSTED_LIST_STORE
        if as_it_is is not None and not as_it_is.strip():
            raise CommandError("--as-it-is needs a reason")
        for path, content in self._lists_first(files):
            try:
                if as_it_is:
                    kept = actions.load_as_it_is(
                        content=content,
                        name=path.name,
                        store=store,
                        reason=as_it_is.strip(),
                        at=timezone.now(),
                    )
                else:
                    kept = actions.load_trusted_list(
                        content=content,
                        name=path.name,
                        store=store,
                        signers=signers_in(lotl_certificates or settings.LOTL_CERTIFICATES),
                        at=timezone.now(),
                    )
            except ListProblem as problem:
                raise CommandError(told(path, problem)) from None
            self._tell(path, kept)

    def _lists_first(self, files: list[Path]) -> list[tuple[Path, bytes]]:
        """The list of lists goes before the lists whose signers it names."""
        found = []
        for path in files:
            try:
                content = path.read_bytes()
                found.append((not read_list(content).is_list_of_lists, path, content))
            except OSError as error:
                raise CommandError(f"{path}: {error}") from error
            except ListProblem as problem:
                raise CommandError(told(path, problem)) from None
        return [(path, content) for _later, path, content in sorted(found, key=lambda one: one[0])]

    def _tell(self, path: Path, kept: TrustedList) -> None:
        day = f"{kept.next_update:%Y-%m-%d}" if kept.next_update else "no day"
        self.stdout.write(
            f"{path.name}: {kept.store} store, {kept.kind} of {kept.territory}, number "
            f"{kept.sequence}, to be renewed by {day}"
        )
        if kept.is_verified:
            by = (
                f"named by the list of lists {kept.named_by.sequence}" if kept.named_by else "given"
            )
            self.stdout.write(f"    signed by {kept.signer_name} ({by})")
        else:
            self.stderr.write(
                self.style.ERROR(f"    NOT VERIFIED, believed as it is: {kept.reason}")
            )
        if kept.is_out_of_date(timezone.now()):
            self.stderr.write(self.style.WARNING("    PAST ITS DATE OF RENEWAL"))
        if kept.store != settings.TRUSTED_LIST_STORE:
            self.stderr.write(
                self.style.WARNING(f"    checks ask the {settings.TRUSTED_LIST_STORE} store alone")
            )


def told(path: Path, problem: ListProblem) -> str:
    return f"{path}: {problem} ({' '.join(filter(None, [problem.code, problem.detail]))})"
