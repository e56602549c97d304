import datetime as dt
import random
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.db import connection, transaction
from django.utils import timezone

from accounts.demo import DEMO_PASSWORD, create_staff
from accounts.models import User
from accounts.roles import ROLES
from clients.demo import create_clients
from documents.demo import create_cases
from inquiries.demo import create_history
from inquiries.demo_callbacks import promise_callbacks
from inquiries.demo_letters import create_letters
from inquiries.demo_phone import create_phone_calls
from inquiries.words import WORDS
from knowledge.demo import create_knowledge
from registry.demo import create_register
from registry.models import Organisation
from tickets.demo import create_tickets

SEED = 20260101


def in_register() -> list[tuple[str, str]]:
    """Organisations of the register, those of the access cases first: a client of the demo that has
    a registry code is called there as it is called here."""
    living = Organisation.objects.filter(status="R").order_by("pk")
    return list(living.values_list("name", "registry_code"))


class Command(BaseCommand):
    help = "Fill the database with demo data counted from today: staff, knowledge, register, clients, inquiries, tickets, cases."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="only where nobody is staff yet"
        )
        parser.add_argument(
            "--reset", action="store_true", help="empty the embedded database first"
        )
        parser.add_argument("--inquiries", type=int, default=60_000)
        parser.add_argument("--clients", type=int, default=6_000)
        parser.add_argument("--logins", action="store_true", help="only print the demo logins")

    def handle(self, **options):
        if options["logins"]:
            self.print_logins()
            return
        if options["reset"]:
            self.empty()
        if User.objects.exists():
            if not options["if_empty"]:
                self.stderr.write(
                    "There is staff already: `make demo` empties the embedded database first."
                )
            return
        self.fill(timezone.now(), options)

    @transaction.atomic
    def fill(self, at: dt.datetime, options) -> None:
        """All of it or nothing: half a demo, left behind by Ctrl-C, would be taken for a whole one."""
        rng = random.Random(SEED)  # noqa: S311  # the same demo everywhere, no secret
        for words, make in (
            ("staff, units and roles", lambda: create_staff(at=at)),
            ("topics, articles, phrases, bodies", lambda: create_knowledge(at=at)),
            ("business register", lambda: create_register(at=at, rng=rng)),
            (
                "clients",
                lambda: create_clients(
                    count=options["clients"], at=at, rng=rng, organisations=in_register()
                ),
            ),
            (
                f"{options['inquiries']:,} inquiries of two years",
                lambda: create_history(count=options["inquiries"], until=at, rng=rng),
            ),
            ("promised callbacks", lambda: promise_callbacks(at=at)),
            ("letters", lambda: create_letters(until=at, rng=rng)),
            ("what inquiries are found by", WORDS.write_all),
            ("tickets to tier II", lambda: create_tickets(at=at, rng=rng)),
            ("access cases", lambda: create_cases(at=at, rng=rng)),
            ("a week of phone calls", lambda: create_phone_calls(at=at, rng=rng)),
        ):
            began = timezone.now()
            make()
            seconds = (timezone.now() - began).total_seconds()
            self.stdout.write(f"» demo data: {words} ({seconds:.1f} s)")
            self.stdout.flush()

    def empty(self) -> None:
        """Throw the embedded database away; a server's database is never emptied by this."""
        if connection.vendor != "sqlite":
            self.stderr.write(
                "Only the embedded database is emptied; make an empty one on your server."
            )
            raise SystemExit(1)
        connection.close()
        name = settings.DATABASES["default"]["NAME"]
        for suffix in ("", "-wal", "-shm"):
            Path(f"{name}{suffix}").unlink(missing_ok=True)
        call_command("migrate", verbosity=0)

    def print_logins(self) -> None:
        """The demo's people, a line each, where the demo's own password still opens."""
        people = list(User.objects.filter(is_active=True).order_by("pk"))
        if not people or not people[0].check_password(DEMO_PASSWORD):
            return
        self.stdout.write(f"  Demo logins, password {DEMO_PASSWORD}:")
        for person in people:
            roles = ", ".join(str(ROLES[role].label) for role in person.own_roles)
            self.stdout.write(f"    {person.username:<22}{person}, {roles}")
        self.stdout.write("")
