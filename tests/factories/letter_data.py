"""The law and the wordings of letters, for tests that commit: what they empty, migrations had put there."""

from importlib import import_module

from django.apps import apps


def letter_data():
    """Terms, grounds and wordings as the migrations write them; again changes nothing."""
    import_module("inquiries.migrations.0002_legal_terms").add_terms(apps, None)
    import_module("inquiries.migrations.0012_letter_wordings").add(apps, None)
