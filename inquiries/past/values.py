"""What another system's words for channel, language, outcome and county mean here."""

from clients.folding import words_of

LONGEST_VALUE = 120
WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "channel": {
        "phone": ("telefon", "kõne", "telefonikõne", "tel", "phone", "call", "phone call", "inbound call", "incoming call", "voice", "телефон", "звонок", "тел"),
        "email": ("e post", "epost", "email", "e mail", "mail", "meil", "kiri e postiga", "почта", "эл почта", "электронная почта", "письмо по эл почте"),
        "counter": ("kohapeal", "külastus", "vastuvõtt", "teenindussaal", "kontor", "visit", "counter", "in person", "walk in", "office", "лично", "приём", "визит"),
        "post": ("post", "kiri", "paberkiri", "tavapost", "letter", "paper", "письмо", "бумажное письмо"),
        "web": ("veeb", "veebivorm", "koduleht", "vorm", "veebileht", "web", "web form", "website", "form", "portal", "chat", "сайт", "веб", "форма"),
        "callback": ("tagasihelistamine", "tagasihelistus", "callback", "call back", "обратный звонок"),
        "voicemail": ("kõnepost", "voicemail", "voice mail", "голосовая почта", "автоответчик"),
    },
    "language": {
        "et": ("et", "est", "ee", "eesti", "eesti keel", "estonian", "эстонский", "эст"),
        "ru": ("ru", "rus", "vene", "vene keel", "russian", "русский", "рус"),
        "en": ("en", "eng", "inglise", "inglise keel", "english", "английский", "англ"),
    },
    "outcome": {
        "solved": ("lahendatud", "vastatud", "suletud", "lõpetatud", "korras", "tehtud", "solved", "resolved", "closed", "answered", "done", "completed", "решено", "решён", "закрыто", "закрыт", "отвечено", "выполнено"),
        "referred_out": ("suunatud", "suunatud mujale", "edastatud teisele asutusele", "mitte meie pädevus", "referred", "other authority", "перенаправлено", "направлено в другое учреждение"),
        "with_unit": ("edastatud", "edastatud osakonnale", "edasi antud", "forwarded", "escalated", "transferred", "передано", "передано в отдел"),
        "callback": ("tagasi helistada", "helistada tagasi", "callback", "call back", "перезвонить"),
        "access_papers": ("volitus", "ligipääs", "õigused", "access", "access rights", "доступ"),
        "wrong_number": ("vale number", "valeühendus", "wrong number", "не туда", "ошиблись номером"),
        "silent": ("vaikus", "tühi kõne", "silent", "no voice", "тишина", "молчание"),
        "abusive": ("ropendamine", "solvav", "abusive", "оскорбление"),
    },
    "county": {
        "Harju": ("harju", "harjumaa", "tallinn", "харьюмаа", "таллин"),
        "Hiiu": ("hiiu", "hiiumaa", "хийумаа"),
        "Ida-Viru": ("ida viru", "ida virumaa", "narva", "ида вирумаа", "нарва"),
        "Jõgeva": ("jõgeva", "jõgevamaa", "йыгевамаа"),
        "Järva": ("järva", "järvamaa", "ярвамаа"),
        "Lääne": ("lääne", "läänemaa", "ляэнемаа"),
        "Lääne-Viru": ("lääne viru", "lääne virumaa", "ляэне вирумаа"),
        "Põlva": ("põlva", "põlvamaa", "пылвамаа"),
        "Pärnu": ("pärnu", "pärnumaa", "пярнумаа"),
        "Rapla": ("rapla", "raplamaa", "рапламаа"),
        "Saare": ("saare", "saaremaa", "сааремаа"),
        "Tartu": ("tartu", "tartumaa", "тартумаа"),
        "Valga": ("valga", "valgamaa", "валгамаа"),
        "Viljandi": ("viljandi", "viljandimaa", "вильяндимаа"),
        "Võru": ("võru", "võrumaa", "вырумаа"),
    },
}  # fmt: skip
FILLERS = frozenset({"maakond", "county", "maakonnad", "uezd"})


def value_key(text: str) -> str:
    """Fold a value, so that «E-post», «e-post » and «E-POST» are one."""
    return " ".join(words_of(text))[:LONGEST_VALUE] or text.strip()[:LONGEST_VALUE]


_OURS = {
    field: {value_key(word): ours for ours, words in choices.items() for word in words}
    for field, choices in WORDS.items()
}


def guess_value(field: str, text: str) -> str:
    """Return our word for theirs, or an empty text."""
    known = _OURS.get(field, {})
    key = value_key(text)
    without = " ".join(word for word in key.split() if word not in FILLERS)
    return known.get(key) or known.get(without, "")
