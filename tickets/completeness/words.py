"""Words that tell tier II nothing, in the three languages that tickets are written in."""

import re

# Instead of an answer: nobody can work with it.
PLACEHOLDERS = frozenset(
    part.strip()
    for part in """
    |ei|ei tea|ei ole|ei ole teada|ei oska öelda|ei öelnud|ei mäleta|ei osanud öelda|pole|pole teada|ei saanud teada
    |puudub|teadmata|tundmatu|vt eelmist|vt üles|vaata ülevalt|hiljem|lisan hiljem|täpsustan hiljem|küsida|küsi
    |kliendilt|küsi kliendilt|ei kohaldu|ükskõik|muu|test|sama|mingi|igasugune|tavaline|erinevad
    |не знаю|не знает|неизвестно|нет|нету|нет данных|не помнит|не сказал|не сказала|не указано|потом|отсутствует|любой|обычный
    |unknown|none|no|not known|not available|na|n a|nil|tbd|later|dont know|don't know|do not know|not sure|any|some
    |xxx|xx|x|test
    """.replace("\n", " ").split("|")
)
NOTHING_TRIED = re.compile(
    r"^(ei|pole)( midagi| veel)? (proovi\w*|teinud|tehtud|katseta\w*)( midagi| veel| veel midagi)?$"
    r"|^(midagi|veel) (ei|pole) \w+$"
    r"|^(ничего )?(пока |ещё |еще )?не (пробова\w*|делал\w*|пытал\w*)( ничего)?$"
    r"|^(nothing|not)( was| has been)?( yet)?( tried| done| attempted)?( yet)?$"
    r"|^(ei|mitte) midagi$|^ничего$",
)
# Beginnings of words by which it is said that something is wrong, urgent or asked for, but not what.
_STEMS = """
    tööta toimi katki viga veaga vead vigu probleem mure muret küsimus küsib küsis küsida abi aida palun kiire kiiresti jama jälle ikka uuesti midagi
    asi asja asju kõik mitte üldse klien kasutaja helista pöördu süsteem portaal keskkon leht lehe lehel veeb sait rakendus programm rikki väga tõsi pahane
    saa saab lahenda vaja soovi taha tahab rääki pikalt mitu korda korra meie meile poole alati öel ütle keegi võtab võtke võtma ühendus ajada lubasin edasta suuna
    õige inime tegele esime võimalus häiri tähtae käes trahv leiab peaks korda tegema teha tee uuri paranda oota vastus vastust õnnestu proovi igatepidi varem
    igasug lihtsalt temaga tema talle teile nõua nõu kurda kaeba ärritu närvi tänan tervi info selgita selgust täpsus pärast juba väheneda oleks olema pidi peab
    praegu täna eile luba loal loaga loa lubade taotlus aruan teema sama kahjuks kohe uus vana see selle need nüüd lootus

    работа ошибк проблем помо помощь срочно пожалуйста опять снова слома ничего клиент пользовател систем сайт портал вопрос что-то всё все очень нужно надо
    звони говори сказал просит проси хоче хотел обраща жалу недовол ждёт ждет ждать ответ решит решен решите переда перед свяж связ разобра разбер возможн
    быстр давно уже много раз никто кто-то наш вам вас ему ней него сегодня вчера разреш заявлен отчёт отчет информац

    work broke error problem issue help urgent asap please again still something wrong thing client customer user system portal site page website
    need want fix call rang talk said says asks angry upset wait answer reply solve forward pass contact soon possible quick already many times
    nobody someone somebody they matter issue permit application report information today yesterday
"""
VAGUE_STEMS = tuple(_STEMS.split())
STOP = frozenset(
    [
        "ja",
        "või",
        "et",
        "see",
        "seda",
        "selle",
        "tema",
        "ta",
        "ma",
        "me",
        "teie",
        "nad",
        "kui",
        "siis",
        "ka",
        "aga",
        "on",
        "oli",
        "ole",
        "olnud",
        "pole",
        "ei",
        "ega",
        "kas",
        "mis",
        "kes",
        "kus",
        "kuidas",
        "ning",
        "nii",
        "ainult",
        "veel",
        "enam",
        "sest",
        "oma",
        "ise",
        "end",
        "keda",
        "teda",
        "neid",
        "mille",
        "millega",
        "mida",
        "mind",
        "mul",
        "tal",
        "siin",
        "seal",
        "üle",
        "ilma",
        "koos",
        "selleks",
        "pärast",
        "juurde",
        "alles",
        "и",
        "или",
        "что",
        "это",
        "он",
        "она",
        "мы",
        "вы",
        "они",
        "если",
        "то",
        "же",
        "но",
        "на",
        "в",
        "с",
        "по",
        "у",
        "к",
        "за",
        "из",
        "для",
        "как",
        "где",
        "кто",
        "не",
        "ни",
        "бы",
        "был",
        "была",
        "было",
        "его",
        "её",
        "их",
        "им",
        "от",
        "до",
        "при",
        "ещё",
        "and",
        "or",
        "the",
        "a",
        "an",
        "that",
        "this",
        "he",
        "she",
        "we",
        "you",
        "they",
        "if",
        "then",
        "but",
        "on",
        "in",
        "with",
        "at",
        "to",
        "for",
        "of",
        "how",
        "where",
        "who",
        "was",
        "are",
        "be",
        "has",
        "have",
        "had",
        "is",
        "it",
        "its",
        "does",
        "do",
        "did",
        "doesn't",
        "doesnt",
        "isn't",
        "isnt",
        "not",
        "no",
        "nothing",
        "from",
        "by",
        "as",
        "so",
        "can",
        "cannot",
        "can't",
        "just",
        "very",
        "all",
        "my",
        "our",
        "his",
        "her",
        "their",
        "there",
        "when",
    ]
)
SYSTEMS = frozenset(
    [
        "kotkas",
        "kotka",
        "kotkases",
        "kotkast",
        "kotkasse",
        "pistrik",
        "pistriku",
        "pistrikus",
        "foka",
        "proto",
        "protos",
        "protok",
        "jvis",
        "metsaportaal",
        "metsaportaali",
        "metsaportaalis",
        "metsaregister",
        "metsaregistri",
        "eteenus",
        "e-teenus",
        "e-teenused",
        "eelis",
        "eelise",
        "eelises",
    ]
)
# Where something is, without a name or a number.
NOWHERE = frozenset(
    [
        "metsas",
        "metsa",
        "mets",
        "jõe",
        "jõel",
        "jõgi",
        "jões",
        "järve",
        "järvel",
        "järv",
        "merel",
        "mere",
        "rannas",
        "rand",
        "põllul",
        "põld",
        "maal",
        "külas",
        "küla",
        "linnas",
        "linn",
        "vallas",
        "vald",
        "aias",
        "õues",
        "kodus",
        "kodu",
        "juures",
        "lähedal",
        "kõrval",
        "ääres",
        "kuskil",
        "kusagil",
        "seal",
        "siin",
        "teel",
        "tee",
        "maja",
        "talu",
        "krundil",
        "krunt",
        "kinnistul",
        "kinnistu",
        "naabri",
        "naaber",
        "eesti",
        "eestis",
        "реке",
        "река",
        "реки",
        "озере",
        "озеро",
        "озера",
        "лесу",
        "лес",
        "море",
        "поле",
        "деревне",
        "городе",
        "доме",
        "дома",
        "рядом",
        "около",
        "возле",
        "где-то",
        "там",
        "здесь",
        "участке",
        "сосед",
        "у",
        "на",
        "в",
        "river",
        "lake",
        "sea",
        "forest",
        "field",
        "village",
        "town",
        "home",
        "near",
        "beside",
        "somewhere",
        "there",
        "here",
        "plot",
        "neighbour",
        "road",
    ]
)
BROWSERS = re.compile(
    r"chrom|firefox|mozilla|edge|safari|opera|brave|vivaldi|yandex|яндекс|хром|фаерфокс|эдж|сафари|опера|explorer|samsung|webview|äpp|app\b|"
    r"brauser|браузер|browser",
    re.IGNORECASE,
)
# What says when it was: a figure does, and these words.
TIMES = re.compile(
    r"\d|täna|eile|üleeile|hommiku|lõuna|õhtu|öösel|praegu|just|esmaspäev|teisipäev|kolmapäev|neljapäev|reede|laupäev|pühapäev|nädal|"
    r"сегодня|вчера|утр|вечер|днём|днем|ноч|сейчас|только что|понедельник|вторник|сред[ау]|четверг|пятниц|суббот|воскресень|недел|"
    r"today|yesterday|morning|noon|evening|night|now|just|monday|tuesday|wednesday|thursday|friday|saturday|sunday|week",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """The text without capitals, marks and doubled spaces, as it is compared."""
    kept = "".join(sign if sign.isalnum() or sign in "-'" else " " for sign in text.casefold())
    return " ".join(word.strip("-'") for word in kept.split() if word.strip("-'"))


def is_placeholder(text: str) -> bool:
    """Whether it stands there in place of an answer: nothing, a dash, "ei tea"."""
    return plain(text) in PLACEHOLDERS


def telling_words(text: str, beside: frozenset[str] = SYSTEMS) -> list[str]:
    """The words that say what the matter is; names of systems alone do not."""
    return [
        word
        for word in plain(text).split()
        if len(word) > 1
        and word not in STOP
        and word not in beside
        and not word.startswith(VAGUE_STEMS)
    ]
