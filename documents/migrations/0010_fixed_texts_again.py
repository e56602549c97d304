"""SQLite made the table of papers anew with 0009 and lost the rule that a made paper never changes."""

from django.db import migrations

TABLE = "documents_paper"
FIXED = ("sha256", "template_version_id", "stored_file_id", "rendered_at")
WORDS = "a paper that was made never changes"


def put(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        return
    made = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FIXED)
    when = (
        "OLD.number IS NOT NULL AND NEW.number IS NOT OLD.number"
        f" OR OLD.rendered_at IS NOT NULL AND ({made})"
    )
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_fixed")
    schema_editor.execute(
        f"CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN ({when})"
        f" BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    )


class Migration(migrations.Migration):
    dependencies = [("documents", "0009_case_to_access")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
