"""What a paper was made of cannot be emptied either: the rule of 0004, with comparisons that know NULL."""

from django.db import migrations

TABLE = "documents_paper"
FIXED = ("sha256", "template_version_id", "stored_file_id", "rendered_at")
WORDS = "a paper that was made never changes"


def conditions(vendor):
    """The rule of 0004, and the new one, as triggers say them."""
    differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    before = (
        "OLD.number IS NOT NULL AND NEW.number <> OLD.number"
        " OR OLD.rendered_at IS NOT NULL AND (NEW.sha256 <> OLD.sha256"
        " OR NEW.template_version_id <> OLD.template_version_id"
        " OR NEW.stored_file_id <> OLD.stored_file_id)"
    )
    made = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in FIXED)
    now = (
        f"OLD.number IS NOT NULL AND NEW.number {differs} OLD.number"
        f" OR OLD.rendered_at IS NOT NULL AND ({made})"
    )
    return before, now


def put(schema_editor, when):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_fixed ON {TABLE}")
        action = f"EXECUTE FUNCTION {TABLE}_refuse_update()"
    else:
        schema_editor.execute(f"DROP TRIGGER {TABLE}_fixed")
        action = f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    schema_editor.execute(
        f"CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN ({when}) {action}"
    )


def forwards(apps, schema_editor):
    put(schema_editor, conditions(schema_editor.connection.vendor)[1])


def backwards(apps, schema_editor):
    put(schema_editor, conditions(schema_editor.connection.vendor)[0])


class Migration(migrations.Migration):
    dependencies = [("documents", "0006_names_in_words")]
    operations = [migrations.RunPython(forwards, backwards)]
