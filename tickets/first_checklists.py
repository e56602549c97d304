"""What the three first groups go through with a ticket, and wordings to begin with: data, as the groups are."""

from collections.abc import Callable
from typing import Any

CHECKLISTS = {
    "LOAHALDUR": (
        ("Loa või taotluse kontroll", "Check of the permit or application",
         "Проверка разрешения или заявления"),
        [
            ("Luba või taotlus on süsteemis üles leitud", "Permit or application found in the system",
             "Разрешение или заявление найдено в системе"),
            ("Taotluse seis ja menetluse tähtaeg on vaadatud",
             "State of the application and term of the proceeding looked up",
             "Состояние заявления и срок производства проверены"),
            ("Puudused ja nende kõrvaldamise kord on kirjas",
             "What is lacking and how to put it right is written down",
             "Недостатки и порядок их устранения записаны"),
        ],
    ),
    "VALDKOND": (
        ("Valdkonna vastus", "Answer of the field", "Ответ специалиста"),
        [
            ("Koht või objekt on kaardilt üle vaadatud", "Place or object looked up on the map",
             "Место или объект проверены по карте"),
            ("Kehtiv nõue või õigusakti säte on nimetatud",
             "Rule in force, with its provision, is named",
             "Действующее требование и норма акта названы"),
            ("Kliendi edasine samm on kirjas", "Client's next step is written down",
             "Следующий шаг клиента записан"),
        ],
    ),
    "IT": (
        ("IT-tõrke läbivaatus", "Review of an IT fault", "Разбор ИТ-сбоя"),
        [
            ("Kasutaja roll portaalis on kontrollitud", "User's role checked in the portal",
             "Роль пользователя в портале проверена"),
            ("Viga on järele proovitud või logist leitud", "Fault reproduced or found in the log",
             "Ошибка воспроизведена или найдена в журнале"),
            ("Vaadatud, kas teisi sama murega pöördujaid on",
             "Looked whether others have the same trouble",
             "Проверено, есть ли другие обращения с той же проблемой"),
            ("Lahendus on kasutaja vaates järele proovitud", "Solution tried in the user's view",
             "Решение проверено в интерфейсе пользователя"),
        ],
    ),
}  # fmt: skip


def write_first_checklists(get_model: Callable[[str], Any]) -> None:
    """For those of the first groups that are there; a group with a checklist of its own keeps it alone."""
    for group in get_model("TicketGroup").objects.filter(code__in=CHECKLISTS, checklists=None):
        (et, en, ru), lines = CHECKLISTS[group.code]
        template = get_model("ChecklistTemplate").objects.create(
            group=group, name_et=et, name_en=en, name_ru=ru
        )
        for place, (text_et, text_en, text_ru) in enumerate(lines):
            get_model("ChecklistTemplateLine").objects.create(
                template=template, text_et=text_et, text_en=text_en, text_ru=text_ru,
                position=place,
            )  # fmt: skip
