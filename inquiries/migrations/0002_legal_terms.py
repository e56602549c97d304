"""The terms that stand in the law, with the day each counts from; kept up by the administrator."""

import datetime as dt

from django.db import migrations

LONG_AGO = dt.date(2000, 1, 1)
# The day on which fifteen days took the place of thirty is our reading of RT I, 18.12.2024, 2 and
# has to be confirmed; it is data so that it can be mended without a release.
SWITCH = dt.date(2025, 1, 1)

TERMS = [
    ("explanation", 30, "calendar", LONG_AGO, "MSVS § 6"),
    ("explanation", 15, "calendar", SWITCH, "MSVS § 6 (RT I, 18.12.2024, 2)"),
    ("memorandum", 30, "calendar", LONG_AGO, "MSVS § 6"),
    ("memorandum", 15, "calendar", SWITCH, "MSVS § 6 (RT I, 18.12.2024, 2)"),
    ("complaint", 30, "calendar", LONG_AGO, "MSVS § 6"),
    ("complaint", 15, "calendar", SWITCH, "MSVS § 6 (RT I, 18.12.2024, 2)"),
    ("information", 5, "working", LONG_AGO, "AvTS § 18 lg 1"),
    ("challenge", 10, "calendar", LONG_AGO, "HMS § 84 lg 1"),
]


def add_terms(apps, schema_editor):
    model = apps.get_model("inquiries", "LegalTerm")
    for kind, days, counted_in, valid_from, basis in TERMS:
        model.objects.get_or_create(
            kind=kind,
            valid_from=valid_from,
            defaults={"days": days, "counted_in": counted_in, "basis": basis},
        )


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0001_initial")]
    operations = [migrations.RunPython(add_terms, migrations.RunPython.noop)]
