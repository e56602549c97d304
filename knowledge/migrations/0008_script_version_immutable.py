"""A script version that stands is never rewritten: inquiries keep paths through it."""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION knowledge_refuse_script_update() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'script versions are never changed';
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER knowledge_scriptversion_immutable
BEFORE UPDATE ON knowledge_scriptversion
FOR EACH ROW EXECUTE FUNCTION knowledge_refuse_script_update();
"""
POSTGRESQL_BACK = """
DROP TRIGGER knowledge_scriptversion_immutable ON knowledge_scriptversion;
DROP FUNCTION knowledge_refuse_script_update();
"""
SQLITE = """
CREATE TRIGGER knowledge_scriptversion_immutable
BEFORE UPDATE ON knowledge_scriptversion
BEGIN SELECT RAISE(ABORT, 'script versions are never changed'); END;
"""
SQLITE_BACK = "DROP TRIGGER knowledge_scriptversion_immutable;"


def forwards(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRESQL if is_postgresql else SQLITE)


def backwards(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRESQL_BACK if is_postgresql else SQLITE_BACK)


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0007_scripts")]

    operations = [migrations.RunPython(forwards, backwards)]
