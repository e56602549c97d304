from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from common.refusals import Refusal
from inquiries import actions
from inquiries.models import CallRecordProfile, PhoneLine
from registry.states import ImportState


class Command(BaseCommand):
    help = "Takes over files of call records of a telephone exchange, here and now."

    def add_arguments(self, parser):
        parser.add_argument("line", metavar="EXCHANGE", help="the name of the exchange")
        parser.add_argument("profile", metavar="PROFILE", help="the code of the profile")
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args, line, profile, files, **options):
        exchange, _is_new = PhoneLine.objects.get_or_create(name=line)
        layout = CallRecordProfile.objects.filter(code=profile).first()
        if layout is None:
            known = ", ".join(CallRecordProfile.objects.values_list("code", flat=True))
            raise CommandError(f"{profile}: no such profile; there are {known}")
        for path in files:
            try:
                asked = actions.request_call_import(
                    path=path,
                    line=exchange,
                    profile=layout,
                    by=None,
                    at=timezone.now(),
                    is_hurried=False,
                )
            except (Refusal, OSError) as refusal:
                raise CommandError(f"{path}: {refusal}") from refusal
            done = actions.import_call_records(import_id=asked.pk, clock=timezone.now)
            self.stdout.write(
                f"{path.name}: {done.added} rows, {done.new_calls} new calls, "
                f"{done.unchanged} known already, set aside {done.set_aside}"
            )
            if done.state != ImportState.DONE:
                raise CommandError(f"{path}: {done.state} {done.reason}")
