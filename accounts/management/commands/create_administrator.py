from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.actions import load_reference_data
from accounts.models import RoleAssignment, User


class Command(BaseCommand):
    """The first administrator of a fresh installation; everybody else is made under /admin/."""

    help = "Make an account with the role of administrator, asking for its password."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username, **options):
        password = getpass("Password: ")
        user = User(username=username)
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if User.objects.filter(username=username).exists():
            raise CommandError(f"{username} exists already")
        with transaction.atomic():
            load_reference_data()
            user.set_password(password)
            user.save()
            RoleAssignment.objects.create(user=user, role="administrator")
        self.stdout.write(f"{username} may sign in as administrator")
