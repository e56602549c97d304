from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common import actions


class Command(BaseCommand):
    help = "Encrypt anew, under the first of FIELD_ENCRYPTION_KEYS, what older keys encrypted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", type=int, default=500)
        parser.add_argument(
            "--check",
            action="store_true",
            help="Write nothing; fail if an old key is still needed.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        old = unreadable = 0
        for found in actions.rotate_encryption_keys(
            batch=options["batch"], only_count=options["check"]
        ):
            done = "to rotate" if options["check"] else "rotated"
            self.stdout.write(
                f"{found.column}: {found.rotated} {done}, {found.already} under the first key, "
                f"{found.unreadable} unreadable"
            )
            old += found.rotated
            unreadable += found.unreadable
        if unreadable:
            raise CommandError(f"{unreadable} values are under none of our keys")
        if options["check"] and old:
            raise CommandError(f"{old} values are still under an older key")
