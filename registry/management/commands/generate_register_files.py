from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone

from registry.open_data.generate import write_files


class Command(BaseCommand):
    help = "Writes files of open data in their true form, of invented organisations."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--count", type=int, default=5000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--plain", action="store_true", help="do not zip")

    def handle(self, *args, folder, count, seed, plain, **options):
        made = timezone.now()
        for path in write_files(folder, count, seed=seed, zipped=not plain, made=made):
            self.stdout.write(f"{path} {path.stat().st_size} bytes")
