from typing import Any

from django.core.management.base import BaseCommand

from common import actions


class Command(BaseCommand):
    help = "Write anew what texts are found by, where the word list or the analyser has changed."

    def handle(self, *args: Any, **options: Any) -> None:
        while not actions.renew_words():
            self.stdout.write(".", ending="")
            self.stdout.flush()
        self.stdout.write("The words of all texts are kept by the list of today.")
