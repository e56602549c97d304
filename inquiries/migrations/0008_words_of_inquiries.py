from django.db import migrations

from common.words_table import WordsTable


def write(apps, schema_editor):
    """In batches, each kept at once: a killed migration is run again and writes the same."""
    WordsTable(
        words=apps.get_model("inquiries", "InquiryWords"),
        of=apps.get_model("inquiries", "Inquiry"),
        fields=("question", "answer", "place", "object_reference", "source_text"),
    ).write_all()


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("inquiries", "0007_inquiry_words")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
