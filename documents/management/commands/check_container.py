import datetime as dt
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from documents.signatures import ListUnreadable, Report, TrustList, read_trust_list
from documents.signatures.any_file import check_file
from documents.signatures.report_json import command_line_form

WRONG_USE = 2


class Command(BaseCommand):
    help = (
        "Judges signed containers and signed PDF by the trusted list that is given, which is "
        "believed as it is. Needs no database and no network; ends with 0 when every file was "
        "judged, whatever the verdict."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--trust-list", required=True, type=Path, metavar="LIST.xml")
        parser.add_argument("--at", type=moment, metavar="TIME", help="ISO 8601; now when left out")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args, files, trust_list, at, as_json, **options):
        trust = self._trust(trust_list)
        missing = [str(path) for path in files if not path.is_file()]
        if missing:
            raise CommandError(f"no such file: {', '.join(missing)}", returncode=WRONG_USE)
        at = at or dt.datetime.now(dt.UTC)
        reports = [(path, self._judge(path, trust, at)) for path in files]
        if as_json:
            forms = [command_line_form(str(path), report) for path, report in reports]
            self.stdout.write(json.dumps(forms, ensure_ascii=False, indent=2))
        else:
            for path, report in reports:
                self._tell(path, report)

    def _trust(self, path: Path) -> TrustList:
        try:
            return read_trust_list(path.read_bytes())
        except (ListUnreadable, OSError) as error:
            raise CommandError(f"{path}: {error}", returncode=WRONG_USE) from error

    def _judge(self, path: Path, trust: TrustList, at: dt.datetime) -> Report:
        return check_file(path.read_bytes(), name=path.name, trust=trust, at=at)

    def _tell(self, path: Path, report: Report) -> None:
        self.stdout.write(f"{report.verdict}  {path}")
        for finding in report.errors:
            self.stdout.write(f"    {finding.code} {finding.detail} ({finding.clause})")
        for signature in report.signatures:
            self.stdout.write(f"  {signature.verdict}  {signature.signer}  {signature.signed_at}")
            for finding in signature.errors:
                self.stdout.write(f"    {finding.code} {finding.detail} ({finding.clause})")


def moment(text: str) -> dt.datetime:
    """Return the moment; without a zone it is UTC. A ValueError becomes wrong use."""
    found = dt.datetime.fromisoformat(text)
    return found.replace(tzinfo=found.tzinfo or dt.UTC)
