from django.db import migrations

GROUNDS = [
    (
        "misdirected",
        "Kiri ei ole mõeldud ametile",
        "The letter is not meant for the agency",
        "Письмо предназначено не ведомству",
    ),
    (
        "duplicate",
        "Sama pöördumine on juba registreeritud",
        "The same letter is registered already",
        "Это обращение уже зарегистрировано",
    ),
]


def add(apps, schema_editor):
    grounds = apps.get_model("inquiries", "UnansweredGround")
    for position, (code, et, en, ru) in enumerate(GROUNDS, start=20):
        names = {"name_et": et, "name_en": en, "name_ru": ru}
        grounds.objects.get_or_create(code=code, defaults={**names, "position": position})


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0016_callbacks_kept_and_diallings")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
