from django.db import migrations

from common.words_table import WordsTable


def write(apps, schema_editor):
    """In batches, each kept at once: a killed migration is run again and writes the same."""
    WordsTable(
        words=apps.get_model("knowledge", "ArticleWords"),
        of=apps.get_model("knowledge", "ArticleVersion"),
        fields=("title", "body", "law_reference"),
    ).write_all()


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("knowledge", "0004_article_words")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
