"""Message catalogues without GNU gettext: one catalogue an app and language, by Babel.

python scripts/messages.py update [APP …]   put new strings into the catalogues
python scripts/messages.py compile          write the .mo files
python scripts/messages.py check            say what is missing, stale or not truly translated
"""

import argparse
import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("et", "ru")  # the strings in the code are English
APPS = (
    "servicedesk",
    "workspace",
    "documents",
    "tickets",
    "inquiries",
    "knowledge",
    "registry",
    "clients",
    "accounts",
    "common",
)
# Folders of templates/ that carry another name than the app they belong to.
FOLDERS = {"account": "accounts", "mfa": "accounts", "allauth": "accounts", "pdf": "documents"}
FUNCTIONS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
CYRILLIC = re.compile("[Ѐ-ӿ]")
WORD = re.compile(r"[A-Za-z]{2}")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
CHANGING_HEAD = re.compile(
    r'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team'
    r"|Report-Msgid-Bugs-To): .*\n"
)


def listed(name: str) -> set[str]:
    return set((Path(__file__).parent / name).read_text("utf-8").splitlines())


SAME_IN_ALL = listed("same_in_all_languages.txt")  # names, codes and marks
SAME_IN_ESTONIAN = listed("same_in_estonian.txt")  # Estonian words spelled as in English


def app_of(template: Path) -> str:
    first = template.relative_to(ROOT / "templates").parts[0]
    first = FOLDERS.get(first, first)
    return first if first in APPS else "servicedesk"


def sources(app: str) -> Iterator[Path]:
    for path in sorted((ROOT / app).rglob("*.py")):
        if not {"migrations", "seed"} & set(path.parts):
            yield path
    for template in sorted((ROOT / "templates").rglob("*.*")):
        if template.suffix in {".html", ".txt", ".xml"} and app_of(template) == app:
            yield template


def strings(path: Path) -> Iterator[tuple]:
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        # Django turns a template into something that reads like Python calls.
        text = templatize(text, origin=str(path))
        text = "\n".join(line.lstrip() for line in text.splitlines())
    yield from extract("python", io.BytesIO(text.encode()), keywords=FUNCTIONS)


def template_of(app: str) -> Catalog:
    found = Catalog(project="servicedesk", charset="utf-8", fuzzy=False)
    for path in sources(app):
        for _line, message, _comments, context in strings(path):
            found.add(message, context=context)
    return found


def catalogue_path(app: str, language: str) -> Path:
    return ROOT / app / "locale" / language / "LC_MESSAGES" / "django.po"


def read(app: str, language: str) -> Catalog:
    path = catalogue_path(app, language)
    if not path.exists():
        return Catalog(locale=language, project="servicedesk", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(apps: list[str]) -> None:
    for app in apps:
        template = template_of(app)
        if not len(template):
            continue
        for language in LANGUAGES:
            catalogue = read(app, language)
            catalogue.update(template, no_fuzzy_matching=True)
            catalogue.obsolete.clear()
            catalogue.fuzzy = False
            catalogue.header_comment = f"# {app}: {catalogue.locale.english_name}"
            out = io.BytesIO()
            write_po(out, catalogue, width=100, sort_output=True, no_location=True)
            path = catalogue_path(app, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(CHANGING_HEAD.sub("", out.getvalue().decode()), "utf-8")
            missing = [
                message for message in catalogue if message.id and not all(texts_of(message))
            ]
            print(f"{app} {language}: {len(catalogue)} strings, {len(missing)} to translate")


def ids_of(message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, tuple | list) else (message.id,)


def texts_of(message) -> tuple[str, ...]:
    text = message.string
    return tuple(text) if isinstance(text, tuple | list) else (text,)


def fault_of(message, text: str, language: str) -> str:
    """Return what is wrong with one translation, or nothing."""
    ids = ids_of(message)
    if not text:
        return "empty"
    if set(PLACEHOLDER.findall(text)) - set(PLACEHOLDER.findall(" ".join(ids))):
        return f"a placeholder that the English has not, in {text!r}"
    if ids[0] in SAME_IN_ALL or not WORD.search(PLACEHOLDER.sub("", ids[0])):
        return ""
    if text in ids and not (language == "et" and text in SAME_IN_ESTONIAN):
        return "same as the English"
    if language == "ru" and not CYRILLIC.search(text):
        return f"Russian without Cyrillic, {text!r}"
    return ""


def faults(app: str, language: str, template: Catalog) -> Iterator[str]:
    catalogue = read(app, language)
    known = {(ids_of(message)[0], message.context) for message in catalogue if message.id}
    wanted = {(ids_of(message)[0], message.context) for message in template if message.id}
    for text, _context in sorted(wanted - known, key=str):
        yield f"not in the catalogue: {text!r}"
    for text, _context in sorted(known - wanted, key=str):
        yield f"no longer in the code: {text!r}"
    for message in catalogue:
        if not message.id:
            continue
        if message.fuzzy:
            yield f"fuzzy: {ids_of(message)[0]!r}"
        for text in texts_of(message):
            if fault := fault_of(message, text, language):
                yield f"{fault}: {ids_of(message)[0]!r}"


def told_apart(language: str) -> list[str]:
    """All catalogues become one at run time: a string translated in two ways shows the wrong one."""
    found: dict[tuple[object, object], dict[str, str]] = {}
    for app in APPS:
        path = ROOT / app / "locale" / language / "LC_MESSAGES" / "django.po"
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if isinstance(message.id, str) and message.id:
                    ways = found.setdefault((message.context, message.id), {})
                    ways[app] = str(message.string)
    return [
        f"{language}: {message!r} differs: {ways}"
        for (_context, message), ways in found.items()
        if len(set(ways.values())) > 1
    ]


def check() -> int:
    found = [
        f"{app} {language}: {fault}"
        for app in APPS
        for template in [template_of(app)]
        for language in LANGUAGES
        for fault in faults(app, language, template)
    ]
    found += [fault for language in LANGUAGES for fault in told_apart(language)]
    print("\n".join(found) or "All strings are translated.")
    return 1 if found else 0


def compile_all() -> None:
    """Compile what has changed; another process never sees half a catalogue."""
    for path in sorted(ROOT.glob("*/locale/*/LC_MESSAGES/django.po")):
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns > path.stat().st_mtime_ns:
            continue
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parts[-3])
        half = compiled.with_suffix(f".{os.getpid()}")
        with half.open("wb") as file:
            write_mo(file, catalogue)
        half.replace(compiled)


def main() -> int:
    parser = argparse.ArgumentParser(description="Message catalogues by Babel")
    parser.add_argument("command", choices=["update", "compile", "check"])
    parser.add_argument("apps", nargs="*", default=[])
    arguments = parser.parse_args()
    settings.configure()
    if arguments.command == "update":
        update(arguments.apps or list(APPS))
    elif arguments.command == "compile":
        compile_all()
    return check() if arguments.command == "check" else 0


if __name__ == "__main__":
    sys.exit(main())
