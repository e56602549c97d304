"""Signs by which a value says something: a moment, a browser, a system, a number, a quoted text."""

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from common.base_forms.estonian import CASES
from tickets.completeness.clauses import NOT_KNOWN
from tickets.completeness.words import bases_of, plain, rows

ENDINGS = frozenset(
    (
        *("", "i", "t", "d", "it", "is", "s", "a", "e"),
        *("у", "а", "е", "ы", "и", "ом", "ой", "ем"),
        *CASES,
        *(vowel + case for vowel in "aei" for case in CASES),
    )
)
# A figure, a quoted word, a name, an abbreviation: a letter that says nothing has none.
CONCRETE = re.compile(r"\d|[«„“\"']\w|[A-ZÕÄÖÜŠŽА-Я]{2,}|(?<=[\w,;] )[A-ZÕÄÖÜŠŽА-Я]\w")
SHORTEST_FUZZY, SHORTEST_BENT = 5, 3

ANSWER = re.compile(r"\d|\b(?:jah|jaa|kõik|mõlema\w+|да|все|оба|yes|all|both)\b")

# --- a moment
MONTH = (
    r"jaan\w*|veeb\w*|märts\w*|apr\w*|mai\w{0,3}|juun\w*|juul\w*|aug\w*|sept\w*|okt\w*|nov\w*|dets\w*"
    r"|янв\w*|фев\w*|март\w*|апр\w*|ма[йяе]|июн\w*|июл\w*|авг\w*|сен\w*|окт\w*|ноя\w*|дек\w*"
    r"|jan\w*|feb\w*|mar|march|may|june?|july?|oct\w*|dec\w*"
)
NO_MOMENT = re.compile(
    r"\b\d+\s*(?:x|×|kord\w*|korra\w*|раза?|times?|päeva|дн\w+|days|aasta\w*|год\w*|years?|kuud|месяц\w*|months?)(?!\s*(?:tagasi|назад|ago))\b"
    r"|\b(?:paar|mit[ut]\w*|mõn[ie]\w*|нескольк\w+|пар[ауы]|few|couple(?: of)?|several)\s+\w+(?!\s*(?:tagasi|назад|ago))\b"
    r"|\b(?:19|20)\d\d\b(?![-./]\d)",
    re.IGNORECASE,
)
CLOCK_OR_DATE = re.compile(
    r"\b\d{1,2}[.:]\d{2}\b|\b\d{1,2}\.\d{1,2}\.|\b20\d\d-\d\d-\d\d\b"
    rf"|\b(?:kell|kl)\s*\d|\b\d{{1,2}}\.?\s*(?:{MONTH})\b",
    re.IGNORECASE,
)
AGO = re.compile(
    r"\b(?:tund|tunni\w*|minut\w*|час\w*|минут\w*|hours?|minutes?)\b.*\b(?:tagasi|eest|назад|ago)\b"
    r"|только что|just now|right now",
    re.IGNORECASE,
)
SINCE = re.compile(
    rf"\b(?:alates|since|с|со|from)\s+(?:{MONTH})\b|\b(?:{MONTH})\s+(?:algus|lõp|kesk|saa[dt])\w*"
    rf"|\b(?:начал|конц|середин|beginning|end|middle)\w*\s+(?:of\s+)?(?:{MONTH})\b",
    re.IGNORECASE,
)

# --- numbers of permits and applications
NO_PERMIT_NUMBERS = re.compile(
    r"\b\d{5}:\d{3}:\d{4}\b"  # cadastral
    r"|\b[A-Z]{2}\d{14,}\b"  # account
    r"|\+\d[\d ]{6,}\d|\b(?:tel\w*|тел\w*|phone)\W{0,2}\d[\d ]{5,}\d|\b5\d{2,3} \d{4}\b"
    r"|\b\d{1,2}\.\d{1,2}\.(?:\d{2,4}\b)?"  # day
    r"|\b(?:kell|kl|at)\s*\d{1,2}[.:]\d\d|\b\d{1,2}:\d\d\b"
    r"|\b(?:19|20)\d\d\.?\s*(?:a\b|aasta\w*|год\w*|г\b)|\b(?:year|aasta\w*|in|год\w*)\s+(?:19|20)\d\d\b"
    r"|^\W*(?:19|20)\d\d\W*$"
    r"|\b(?:rg?[-. ]?k(?:ood\w*)?|reg\w*[-. ]{0,2}(?:kood\w*|code|nr|number|no)|рег\w*\.?\s?(?:код|номер)\w*|код\w*)\W{0,3}\d{8}\b"
    r"|\b\d+(?:[.,]\d+)?\s*(?:€|eur\w*|евро|%|m3|m2|t/|kg|mw|ha|км?|km|m)\b",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"(?<![\w.])[^\W\d_]*[.\w/-]*\d[.\w/-]*\d")
ABOUT_PERMIT = re.compile(
    r"\b(?:\w*lu[bv]\w*|\w*loa\w*|\w*taotlus\w*|\w*registreering\w*|разрешени\w*|заявлени\w*|ходатайств\w*|лицензи\w*"
    r"|permits?|applications?|applied|licen[cs]es?|taotle\w*|подава\w*|подал\w*|esita\w*)\b"
)
NO = re.compile(
    r"\b(?:ei|pole|ega|puudu\w*|ilma|нет|не|без|no|not|none|nothing|ничего|without|hasn't|haven't)\b"
)
YET = re.compile(r"\b(?:veel|alles|еще|пока|yet)\b")
NEW = re.compile(r"\b(?:uus|uue|uut|esime\w+|esimest|esma\w+|нов\w+|перв\w+|new|first)\b")
PLANNED = re.compile(
    r"\b(?:plaan\w*|kavats\w*|esitamata|taotlemata|планир\w+|собира\w+|plan\w*|intend\w*)\b"
)
NUMBER_WORD = re.compile(r"\b(?:loa|taotluse)?(?:number\w*|numbri\w*|nr|номер\w*)\b")
NOT_AT_HAND = re.compile(
    r"\b(?:leia\w*|leid\w*|käepärast|kaasas|saada\w*|нашл\w+|нашел|найти|найд\w+|находит\w*|рук\w+|с собой|пришл\w+|at hand|with (?:him|her|them)|to hand|find|found|sen[dt]\w*)\b"
)

# --- an error text
QUOTED = re.compile(r"[«»„“”\"‹›]\s*\S[^«»„“”\"]{2,}|(?<!\w)['‘’]\s*\w[^'‘’]{2,}['’]")
CODE = re.compile(
    r"\b[A-Z]{2,}[-_ ]?\d{2,}\b|\b[1-5]\d\d\b|\b[A-Z]\w+(?:Error|Exception)\b|\b0x\w+|\b\w+_\w+\b"
)
SYMPTOM = re.compile(
    r"midagi ei (?:juhtu|toimu|muutu)|ei (?:juhtu|toimu|muutu) (?:\w+ )?midagi|ничего не (?:происход\w+|измен\w+|случа\w+)|nothing happens|ei (?:avane|reageeri|lase|lae|liigu|salvesta\w*|kuva)"
    r"|\b(?!tea|vea|viga|vigu|midagi|klien|seda|sõnum|tekst|see\b|ta\b|kas\b|veel\b)\w{3,} (?:ei (?:ole|tule|teki|ilmu)|puudub)\b"
)

INDEFINITE = re.compile(r"\b(?:ming\w*|как\w+-то|некий|некая|some|a kind of)\b")

# A place in a system as people name it: "taotluse vormil", "lisade lehel", "на странице входа".
ON_SCREEN = re.compile(
    r"\w{3,} (?:lehel|vormil|vaates|aknas|menüüs|ekraanil|sakil|vahelehel|alajaotuses)\b|\bsamm(?:us|ul)? \d"
    r"|\b(?:на странице|на форме|в форме|в разделе|на вкладке|в меню|в окне) \w{3,}"
    r"|\b(?:on|in) the \w{3,} (?:page|form|tab|screen|window|menu|view)\b"
)

SAID_BY_SCREEN = re.compile(
    r"\b(?:tea[dt]e\w*|viga|vea\w*|ütle\w*|ilmu\w*|kuva\w*|ekraani\w*|ошибк\w*|сообщ\w*|пиш\w*|messages?|errors?|says|shows)\b"
)
A_MESSAGE = re.compile(r"\b(?:tea[dt]e\w*|sõnum\w*|сообщени\w*|надпис\w*|messages?)\b")

# --- the user's role
ROLE = re.compile(
    r"peakasutaja|tavakasutaja|tavaline kasutaja|(?:kõik|täis)\s?õigus|обычн\w+ пользоват|главн\w+ пользоват|основн\w+ пользоват|все права|полные права"
    r"|main user|ordinary user|regular user|normal user|standard user|full rights|all rights|admin|sisse logimata|гост[ья]|külaline|guest",
)
COORDINATES = re.compile(r"\b\d{6,7}\b.{1,6}\b\d{6}\b|\b\d{2}[.,]\d{3,}\D{1,4}\d{2}[.,]\d{3,}")
HOUSE = re.compile(
    r"[A-ZÕÄÖÜŠŽА-Я][^\W\d_]+\s+(?:[^\W\d_]{2,4}\.?\s+)?\d{1,3}[a-zа-я]?\b(?!\s*(?:m|km|ha|м|км)\b)"
)
MEASURE = re.compile(
    r"\b\d+(?:[.,]\d+)?\s*(?:m2?|km|ha|meet\w+|kilomeet\w+|метр\w*|км|м|metres?|meters?|x|korda|tk|раза?|times)(?![\w])"
)
ADDRESS = re.compile(r"\b(?:https?://|www\.)|\b[\w-]+\.(?:ee|eu|com|org)\b")


@lru_cache(maxsize=1)
def names() -> dict[str, frozenset[str]]:
    """Known names by kind; of days their base forms too."""
    return {row["kind"]: frozenset(plain(row["words"]).split()) for row in rows("names")}


@lru_cache(maxsize=4)
def _bases(kind: str) -> frozenset[str]:
    return frozenset().union(*(bases_of(word) | {word} for word in names()[kind]))


@lru_cache(maxsize=20_000)
def _is_name(word: str, kind: str) -> bool:
    known = names()[kind]
    if word in known:
        return True
    for name in known:
        if len(name) >= SHORTEST_BENT and word.startswith(name):
            rest = word[len(name) :].lstrip("'-")
            if rest in ENDINGS or rest.isdigit():
                return True
    return len(word) >= SHORTEST_FUZZY and any(
        len(name) >= SHORTEST_FUZZY and OSA.distance(word, name, score_cutoff=1) <= 1
        for name in known
    )


def _parts(text: str) -> Iterable[str]:
    for word in plain(text).split():
        yield word
        if "-" in word or "'" in word:
            yield from re.split(r"[-']", word)


def has_name(text: str, kind: str) -> bool:
    """Whether a known name of this kind stands there, bent or misspelled by one letter too."""
    return any(_is_name(word, kind) for word in _parts(text))


def has_moment(text: str) -> bool:
    """A clock, a date, a day of the week, today, a part of the day."""
    rest = NO_MOMENT.sub(" ", text)
    return any(sign.isdigit() for sign in rest) or names_a_moment(rest)


def names_a_moment(text: str) -> bool:
    """The same where other figures stand too: not any figure will do."""
    rest = NO_MOMENT.sub(" ", text)
    if any(sign.search(rest) for sign in (CLOCK_OR_DATE, AGO, SINCE)):
        return True
    days = _bases("day") | _bases("weekday")
    return any(word in days or bases_of(word) & days for word in _parts(rest) if len(word) > 2)


def has_permit_number(text: str) -> bool:
    """A number that is none of a company, a day, a telephone, a parcel, an account."""
    return bool(NUMBERED.search(NO_PERMIT_NUMBERS.sub(" ", text)))


def says_there_is_none_yet(text: str) -> bool:
    """No permit yet, nothing applied for: not the same as not knowing its number."""
    told = plain(text)
    if NOT_KNOWN.search(told) or NOT_AT_HAND.search(told):
        return False
    is_about = ABOUT_PERMIT.search(told) is not None
    if PLANNED.search(told) or (NEW.search(told) and is_about):
        return True
    if not NO.search(told):
        return False
    return YET.search(told) is not None or (is_about and not NUMBER_WORD.search(told))


def is_indefinite(text: str) -> bool:
    """Some message or other: "mingi teade", "a message popped up"; not that there was none."""
    told = plain(text)
    is_message = A_MESSAGE.search(told) is not None and not NO.search(told)
    return is_message or INDEFINITE.search(told) is not None
