import csv
from pathlib import Path

from django.db import transaction

from accounts.models import Competence, Unit

SEED = Path(__file__).resolve().parent.parent / "seed"


def load_reference_data() -> None:
    """Put the agency's units and the kinds of decision in place; again does no harm.

    1. Units in the order of the file, which names a unit after the one it is part of.
    2. Competences by their code.
    """
    with transaction.atomic():
        units: dict[str, Unit] = {}
        for row in _rows("units.csv"):
            units[row["name_et"]], _created = Unit.objects.update_or_create(
                name_et=row["name_et"],
                defaults={
                    "name_en": row["name_en"],
                    "name_ru": row["name_ru"],
                    "parent": units[row["parent"]] if row["parent"] else None,
                    "counties": [county for county in row["counties"].split(";") if county],
                },
            )
        for order, row in enumerate(_rows("competences.csv"), start=1):
            Competence.objects.update_or_create(
                code=row["code"],
                defaults={
                    "name_et": row["name_et"],
                    "name_en": row["name_en"],
                    "name_ru": row["name_ru"],
                    "is_personal": row["is_personal"] == "yes",
                    "order": order,
                },
            )


def _rows(name: str) -> list[dict[str, str]]:
    with (SEED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
