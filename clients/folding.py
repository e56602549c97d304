"""Words as they are searched: small Latin letters without diacritics, Cyrillic in Estonian spelling.

So "Õunapuu", "ounapuu" and "ÕUNAPUU" are one word, and "Елена Щербакова" is found by "Jelena".
"""

import re
import unicodedata

# The Estonian rules of transcription, already without diacritics (ж is ž, so z).
CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "jo", "ж": "z",
    "з": "z", "и": "i", "і": "i", "ї": "ji", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts",
    "ч": "ts", "ш": "s", "щ": "sts", "ъ": "", "ы": "o", "ь": "", "э": "e", "є": "je", "ю": "ju",
    "я": "ja", "ў": "u",
}  # fmt: skip
HARD_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})  # fmt: skip
VOWELS = "аеёиіоуыэюя"
# Е at the start of a word and after a vowel is heard, and written, as je.
SOUNDED_E = re.compile(rf"(?<![^\W\d_])е|(?<=[{VOWELS}ьъ])е")
SILENT_ENDING = re.compile(r"(?<=[иы])й(?![^\W\d_])")  # Юрий is Juri
LEGAL_FORMS = {"as", "fie", "ky", "mtu", "ou", "sa", "tu", "uu"}
DOUBLED_S = re.compile(r"s{2,}")  # Васильев is Vassiljev in Estonian, Vasiljev in a passport
WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    text = SILENT_ENDING.sub("", SOUNDED_E.sub("je", text)).replace("ия", "иa")  # Юлия is Julia
    text = "".join(CYRILLIC.get(letter, letter) for letter in text)
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(letter)
    )
    return DOUBLED_S.sub("s", bare.casefold().translate(HARD_LETTERS))


def words_of(text: str) -> list[str]:
    """Return the folded words in their order: letters and digits, all else parts them."""
    return WORD.findall(fold(text))


def name_key(name: str) -> str:
    """Return what namesakes share: the same words, whatever their order, spelling and legal form."""
    words = words_of(name)
    return " ".join(sorted(word for word in words if word not in LEGAL_FORMS) or words)[:200]
