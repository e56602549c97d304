"""Parts of a sentence that take back what they name: what is not known, and what was not done."""

import re
from collections.abc import Iterator

from tickets.completeness.words import plain

ENDS = re.compile(
    r"[;!?\n()–—]|[.,:](?=\s|$)|\s-\s|\b(?:aga|kuid|sest|но|зато|потому что|but|because)\b",
    re.IGNORECASE,
)
_GAP = r"(?:\s\S+){0,3}?\s"
NOT_KNOWN = re.compile(
    rf"\b(?:ei|pole|polnud){_GAP}(?:tea\w*|mäleta\w*|oska\w*|osanud|öelnud|ütle\w*|öelda|maini\w*|täpsusta\w*|selg\w+|kindel|meenu\w*|kirjelda\w*|seleta\w*|kirja|lugeda|lugenud|jälginud|pannud|kirjutanud|küsinud|vaadanud|märganud|näinud)\b"
    r"|\bteadmata\b|\bunusta\w+|\bununes\w*"
    rf"|\bне{_GAP}(?:зна\w+|помн\w+|сказа\w+|говор\w+|уточн\w+|указ\w+|назва\w+|запомн\w+|увер\w+|объясн\w+|опис\w+|запис\w+|прочит\w+|прочесть|замети\w+|успе\w+)\b"
    r"|\bне(?:известно|понятно|ясно)\b|\bзабыл\w*|\bзатрудн\w+"
    rf"|(?:\bnot|\bnever|\bcannot|n't|\bdont|\bdidnt|\bcouldnt|\bdoesnt){_GAP}(?:know|remember|recall|say|tell|told|said|sure|specif\w+|mention\w*|describe|explain|note|noted|notice|read|write|catch)\b"
    r"|\bunknown\b|\bunsure\b|\bforgot\w*|\bno idea\b",
)
ASKING = re.compile(
    r"\b(?:kas|või|mis|kes|milli\w+|ли|или|как\w+|кто|что|whether|if|or|which|what|who)\b"
)
NAMED = re.compile(r"\d|[^\W\d_]\W+(?=[^\W\d_])(?-i:[A-ZÕÄÖÜŠŽА-Я])")
NOT_DONE = re.compile(
    rf"\b(?:ei|pole|polnud|mitte){_GAP}(?:proovi\w*|tei?nud|tehtud|katseta\w*|kontrollinud|kontrollitud|kontrollida|uurida|proovida|vaadata|uurinud|vaadanud|vaadatud|jõudnud|jõutud|jõudsin)\b"
    r"|\b(?:ei|pole)\b.{0,60}\bmidagi\b|\bmidagi\b.{0,60}\b(?:ei|pole)\b|\bничего\b|\bnothing\b"
    r"|\b(?:proovimata|tegemata|kontrollimata)\b"
    rf"|\bне{_GAP}(?:пробова\w+|дела\w+|пыта\w+|успе\w+|проверя\w+|смотре\w+|предприним\w+|предпринят\w+)\b"
    rf"|(?:\bnot|\bnever|\bnothing|n't|\bdidnt|\bhavent|\bhasnt){_GAP}(?:try|tried|done|do|attempt\w*|check\w*|look\w*)\b"
    r"|\b(?:küsin|uurin|vaatan|kontrollin|helistan|kirjutan|saadan|annan|proovin|teen|täpsustan|edastan|suunan|lisan)\b"
    r"|\b(?:küsime|uurime|vaatame|kontrollime|helistame|saadame|anname|proovime|teeme|täpsustame|edastame|suuname)\b"
    r"|\b(?:проверю|посмотрю|спрошу|уточню|передам|попробую|перезвоню|позвоню|напишу|узнаю|отправлю)\b"
    r"|\b(?:проверим|посмотрим|спросим|уточним|передадим|попробуем|перезвоним|позвоним|напишем|узнаем|отправим)\b"
    r"|\b(?:will|going to|gonna)\b|\buntried\b",
)


def clauses(text: str) -> Iterator[str]:
    """The parts of a text between its stops, plain."""
    for part in ENDS.split(text):
        if plain(part):
            yield plain(part)


def done(text: str) -> list[str]:
    """What is left without the parts that say that something was not done, or will be."""
    return [part for part in clauses(text) if not NOT_DONE.search(part)]


def affirmed(text: str, *, is_strict: bool = False) -> str:
    """What is left without what somebody does not know: "ei tea, kas Chrome või Edge".

    Strictly, all that is said not to be known goes, unless a name or a figure stands in it.
    """
    kept, is_in_doubt = [], False
    for part in ENDS.split(text):
        told = plain(part)
        is_asking = bool(ASKING.search(told))
        was_in_doubt, is_in_doubt = is_in_doubt, bool(NOT_KNOWN.search(told))
        is_denied = is_strict and is_in_doubt and not NAMED.search(part)
        if not is_denied and not (is_asking and (is_in_doubt or was_in_doubt)):
            kept.append(part)
    return ", ".join(kept)
