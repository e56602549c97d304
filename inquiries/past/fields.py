"""What a column of an old table may hold, and how people head such columns in three languages."""

from collections.abc import Sequence

from clients.folding import words_of

OF_INQUIRY = (
    "old_number", "started_at", "started_time", "ended_at", "channel", "language", "topic",
    "agent", "outcome", "question", "answer", "source_text", "county", "place",
)  # fmt: skip
OF_CLIENT = (
    "client_name", "first_name", "last_name", "personal_code", "registry_code", "phone", "email",
)  # fmt: skip
FIELDS = OF_INQUIRY + OF_CLIENT
# Their texts are ours to choose from, so they go through a table of values.
CHOICES = ("channel", "language", "topic", "agent", "outcome", "county")
CODES = frozenset({"personal_code"})

HEADINGS: dict[str, tuple[str, ...]] = {
    "old_number": (
        "nr", "number", "id", "jrk nr", "pöördumise number", "pöördumise nr", "pileti number",
        "pileti nr", "viit", "registreerimisnumber", "kliendi number", "ticket", "ticket id",
        "ticket number", "case number", "case id", "reference", "key", "номер", "номер обращения",
        "номер заявки", "заявка", "код обращения",
    ),
    "started_at": (
        "kuupäev", "kuupäev ja kellaaeg", "aeg", "algus", "algusaeg", "loodud", "saabunud",
        "saabumise aeg", "saabumise kuupäev", "registreeritud", "pöördumise aeg", "kõne algus",
        "date", "datetime", "date time", "created", "created at", "created on", "opened", "received",
        "start", "start time", "started", "дата", "дата и время", "дата обращения", "создано",
        "создан", "начало", "поступило", "получено", "дата создания",
    ),
    "started_time": ("kell", "kellaaeg", "kellaaeg algus", "time", "hour", "время", "время звонка"),
    "ended_at": (
        "lõpp", "lõpuaeg", "lõpetatud", "suletud", "vastatud", "lahendatud", "kõne lõpp", "closed",
        "closed at", "resolved", "resolved at", "end", "ended", "finished", "окончание", "конец",
        "закрыто", "закрыт", "завершено", "дата закрытия", "решено",
    ),
    "channel": (
        "kanal", "pöördumise viis", "viis", "saabumise viis", "suhtluskanal", "channel", "via",
        "contact method", "канал", "способ", "способ обращения", "канал связи",
    ),
    "language": (
        "keel", "suhtluskeel", "pöördumise keel", "language", "lang", "язык", "язык обращения",
    ),
    "topic": (
        "teema", "valdkond", "kategooria", "alateema", "teemavaldkond", "topic", "category",
        "subject area", "queue", "тема", "категория", "область", "тема обращения",
    ),
    "agent": (
        "teenindaja", "klienditeenindaja", "spetsialist", "vastaja", "töötaja", "ametnik",
        "vastutaja", "kes vastas", "agent", "assignee", "assigned to", "owner", "handled by",
        "operator", "оператор", "специалист", "сотрудник", "ответственный", "исполнитель",
    ),
    "outcome": (
        "tulemus", "staatus", "olek", "lahendi liik", "outcome", "result", "resolution", "status",
        "state", "результат", "статус", "состояние", "итог",
    ),
    "question": (
        "küsimus", "pöördumine", "sisu", "kirjeldus", "pöördumise sisu", "probleem", "mure",
        "question", "description", "message", "request", "inquiry", "details", "вопрос", "описание",
        "содержание", "сообщение", "обращение", "суть обращения",
    ),
    "answer": (
        "vastus", "lahendus", "antud vastus", "vastuse sisu", "answer", "reply", "response",
        "solution", "ответ", "решение",
    ),
    "source_text": ("alus", "vastuse alus", "seadus", "õigusakt", "law", "source", "legal basis", "основание", "источник", "закон"),
    "county": ("maakond", "county", "region", "уезд", "регион"),
    "place": ("koht", "asukoht", "aadress", "sündmuskoht", "place", "location", "address", "место", "адрес"),
    "client_name": (
        "klient", "nimi", "kliendi nimi", "pöörduja", "pöörduja nimi", "helistaja", "isik",
        "asutus", "ettevõte", "organisatsioon", "ees ja perekonnanimi", "client", "client name",
        "customer", "customer name", "name", "full name", "caller", "requester", "contact",
        "company", "organisation", "organization", "клиент", "имя", "фио", "имя клиента",
        "заявитель", "звонивший", "организация", "предприятие",
    ),
    "first_name": ("eesnimi", "first name", "given name", "имя и отчество"),
    "last_name": ("perekonnanimi", "perenimi", "last name", "surname", "family name", "фамилия"),
    "personal_code": (
        "isikukood", "ik", "kliendi isikukood", "personal code", "personal id", "id code",
        "identity code", "личный код", "исикукод", "персональный код",
    ),
    "registry_code": (
        "registrikood", "reg kood", "rg kood", "äriregistri kood", "registry code",
        "registration code", "company code", "регистрационный код", "код регистра", "рег код",
    ),
    "phone": (
        "telefon", "tel", "tel nr", "telefoninumber", "telefoni nr", "mobiil", "helistaja number",
        "kontakttelefon", "phone", "phone number", "telephone", "mobile", "caller id", "телефон",
        "тел", "номер телефона", "мобильный",
    ),
    "email": (
        "e post", "epost", "e posti aadress", "email", "e mail", "email address", "meil", "meiliaadress",
        "mail", "почта", "эл почта", "электронная почта", "емайл",
    ),
}  # fmt: skip

_KNOWN = {tuple(words_of(words)): field for field, many in HEADINGS.items() for words in many}


def guess_columns(headings: Sequence[str]) -> dict[int, str]:
    """Return field by the place of the column: whole headings before parts of them, the leftmost first."""
    found: dict[int, str] = {}
    folded = [tuple(words_of(heading)) for heading in headings]
    for place, words in enumerate(folded):
        _take(found, place, _KNOWN.get(words, ""))
    for place, words in enumerate(folded):
        if place not in found:
            _take(found, place, _by_part(words))
    return found


def _take(found: dict[int, str], place: int, field: str) -> None:
    if field and field not in found.values():
        found[place] = field


def _by_part(words: tuple[str, ...]) -> str:
    """«Kliendi telefon (mobiil)» holds «telefon»: the longest known heading within it."""
    parts = [
        (end - start, _KNOWN[words[start:end]])
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
        if words[start:end] in _KNOWN and len("".join(words[start:end])) > 3
    ]
    return max(parts, key=lambda part: part[0])[1] if parts else ""
