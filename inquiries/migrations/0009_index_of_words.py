from django.db import migrations

from common.words import create_index, drop_index

TABLE = "inquiries_inquirywords"


def forwards(apps, schema_editor):
    create_index(schema_editor, TABLE, "inquiry_id")


def backwards(apps, schema_editor):
    drop_index(schema_editor, TABLE)


class Migration(migrations.Migration):
    """After the rows: an index over millions is quicker made than kept up."""

    dependencies = [("inquiries", "0008_words_of_inquiries")]

    operations = [migrations.RunPython(forwards, backwards)]
