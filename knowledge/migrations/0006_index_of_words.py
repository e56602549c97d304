from django.db import migrations

from common.words import create_index, drop_index

TABLE = "knowledge_articlewords"


def forwards(apps, schema_editor):
    create_index(schema_editor, TABLE, "version_id")


def backwards(apps, schema_editor):
    drop_index(schema_editor, TABLE)


class Migration(migrations.Migration):
    """After the rows are there."""

    dependencies = [("knowledge", "0005_words_of_articles")]

    operations = [migrations.RunPython(forwards, backwards)]
