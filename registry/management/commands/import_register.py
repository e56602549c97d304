from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from common.refusals import Refusal
from registry import actions
from registry.models import FileKind
from registry.states import ImportState


class Command(BaseCommand):
    help = "Takes over files of the business register's open data, here and now; a later run goes on where one was stopped."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args, files, **options):
        asked = [self._ask_for(path) for path in files]
        # A card of an organisation that is not known yet writes it once more.
        for one in sorted(asked, key=lambda one: one.kind != FileKind.BASIC):
            done = actions.import_register_file(
                import_id=one.pk, clock=timezone.now, told=self._tell
            )
            self._tell(done)
            if done.state != ImportState.DONE:
                raise CommandError(f"{done.path}: {done.state} {done.reason}")

    def _ask_for(self, path):
        try:
            return actions.find_or_request_import(path=path, at=timezone.now())
        except Refusal as refusal:
            raise CommandError(f"{path}: {refusal}") from refusal

    def _tell(self, register_import):
        self.stdout.write(
            f"{register_import.file_name}: {register_import.per_cent} %, "
            f"added {register_import.added}, changed {register_import.changed}, "
            f"unchanged {register_import.unchanged}, set aside {register_import.set_aside}, "
            f"missing {register_import.missing}"
        )
