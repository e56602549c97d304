"""An article version that stands is never rewritten: answers point at it."""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION knowledge_refuse_version_update() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'article versions are never changed';
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER knowledge_articleversion_immutable
BEFORE UPDATE ON knowledge_articleversion
FOR EACH ROW EXECUTE FUNCTION knowledge_refuse_version_update();
"""
POSTGRESQL_BACK = """
DROP TRIGGER knowledge_articleversion_immutable ON knowledge_articleversion;
DROP FUNCTION knowledge_refuse_version_update();
"""
SQLITE = """
CREATE TRIGGER knowledge_articleversion_immutable
BEFORE UPDATE ON knowledge_articleversion
BEGIN SELECT RAISE(ABORT, 'article versions are never changed'); END;
"""
SQLITE_BACK = "DROP TRIGGER knowledge_articleversion_immutable;"


def forwards(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRESQL if is_postgresql else SQLITE)


def backwards(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRESQL_BACK if is_postgresql else SQLITE_BACK)


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
