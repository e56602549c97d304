"""The three groups of duty 3.1.7, what each has to know, and how soon each is to answer: data to begin with.

An administrator changes them in the admin; this is what an empty house starts from.
"""

from collections.abc import Callable
from typing import Any

GROUPS = [
    ("LOAHALDUR", "Loahaldurid", "Permit administrators", "Администраторы разрешений"),
    ("VALDKOND", "Valdkonna spetsialistid", "Field specialists", "Специалисты по направлениям"),
    ("IT", "IT-tugi", "IT support", "ИТ-поддержка"),
]
FACTS = [
    ("system", "text", "Süsteem", "System", "Система", "KOTKAS", "KOTKAS", "KOTKAS"),
    ("screen", "text", "Vaade või vorm", "Screen or form", "Экран или форма",
     "Aruanded > IV kvartal", "Reports > 4th quarter", "Отчёты > IV квартал"),
    ("happened", "text", "Millal see juhtus", "When it happened", "Когда это случилось",
     "täna kell 10.15", "today at 10:15", "сегодня в 10:15"),
    ("error_text", "long", "Veateade sõna-sõnalt", "Error text, word by word", "Текст ошибки дословно",
     "„Kirje on lukustatud“; kui teadet ei ole, mida ekraan näitab",
     "“Record is locked”; without a message, what the screen shows",
     "«Запись заблокирована»; если сообщения нет, что видно на экране"),
    ("browser", "text", "Brauser", "Browser", "Браузер", "Chrome 131, Windows 11",
     "Chrome 131, Windows 11", "Chrome 131, Windows 11"),
    ("user_role", "text", "Kasutaja roll süsteemis", "User's role in the system", "Роль пользователя в системе",
     "peakasutaja", "main user", "главный пользователь"),
    ("permit_number", "text", "Loa või taotluse number", "Number of the permit or application",
     "Номер разрешения или заявления", "KL-512345", "KL-512345", "KL-512345"),
    ("place", "text", "Koht või objekt", "Place or object", "Место или объект",
     "Kose vald, Ravila, 33701:002:0135", "Kose parish, Ravila, 33701:002:0135",
     "волость Косе, Равила, 33701:002:0135"),
]  # fmt: skip
NEEDS = {
    "LOAHALDUR": [("permit_number", True), ("place", False)],
    "VALDKOND": [("place", True), ("permit_number", False)],
    "IT": [
        (code, True)
        for code in ("system", "screen", "happened", "error_text", "browser", "user_role")
    ],
}
# Business hours: first sign of work, word in between, solution; and ours, until the client is told.
TARGETS = {
    "": {"reaction": 4, "update": 24, "solution": 40, "delivery": 8},
    "high": {"reaction": 2, "update": 8, "solution": 16},
    "critical": {"reaction": 1, "update": 4, "solution": 8, "delivery": 4},
}
STEPS = [
    ("reaction", 100, "tell_responsible"),
    ("update", 100, "tell_responsible"),
    ("solution", 80, "tell_responsible"),
    ("solution", 100, "tell_coordinator"),
    ("delivery", 100, "tell_coordinator"),
]


def write_first_groups(get_model: Callable[[str], Any]) -> None:
    """Write the data into empty tables; `get_model` gives the model of a name, as a migration knows it."""
    group_of, fact_of = {}, {}
    for place, (code, et, en, ru) in enumerate(GROUPS):
        group_of[code] = get_model("TicketGroup").objects.create(
            code=code, name_et=et, name_en=en, name_ru=ru, position=place
        )
    for place, (code, kind, et, en, ru, help_et, help_en, help_ru) in enumerate(FACTS):
        fact_of[code] = get_model("TicketFact").objects.create(
            code=code, kind=kind, name_et=et, name_en=en, name_ru=ru,
            help_et=help_et, help_en=help_en, help_ru=help_ru, position=place,
        )  # fmt: skip
    for code, needs in NEEDS.items():
        for fact, is_required in needs:
            get_model("FactNeed").objects.create(
                group=group_of[code], fact=fact_of[fact], is_required=is_required
            )
    for group in group_of.values():
        for urgency, hours in TARGETS.items():
            for clock, count in hours.items():
                get_model("ClockTarget").objects.create(
                    group=group, urgency=urgency, clock=clock, hours=count
                )
    for clock, percent, what in STEPS:
        get_model("EscalationStep").objects.create(clock=clock, percent=percent, what=what)
