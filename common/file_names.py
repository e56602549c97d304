import re
import unicodedata

from common.personal_codes import without_personal_codes

LONGEST = 120
# Names of devices on Windows, where our clients' files go back to.
DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
FORBIDDEN = re.compile(r'[<>:"|?*]')


def safe_name(given: str) -> str:
    """Return a harmless name that a person still recognises: no folders, no hidden or control characters.

    Names of files are shown, mailed and logged: a personal code in one stands as 39001xxxxxx.
    """
    name = given.replace("\\", "/").rpartition("/")[2]
    name = unicodedata.normalize("NFC", name)
    # Cc, Cf and the like would turn the reading direction round, so that «gpj.exe» reads as a picture.
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
    name = " ".join(FORBIDDEN.sub(" ", name).split()).strip(". ")
    name = without_personal_codes(name, "x")
    stem, dot, extension = name.rpartition(".")
    if not dot:
        stem, extension = name, ""
    stem = stem.strip(". ")
    if not stem or DEVICES.match(stem.partition(".")[0]):
        stem = f"_{stem}"
    return f"{stem[: LONGEST - len(extension) - 1]}{dot}{extension}"


def extension_of(name: str) -> str:
    """Return the extension in small letters; a tail that is no such word is a part of the name."""
    _, dot, extension = name.rpartition(".")
    return extension.lower() if dot and re.fullmatch(r"[A-Za-z]\w{0,7}", extension) else ""
