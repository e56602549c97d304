"""Each template is used and each one named exists; each beat entry names a task."""

import re
from pathlib import Path

from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from servicedesk.celery import app as celery

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
# Found by Django or allauth under these names, without a line of ours that says so.
NAMED_ELSEWHERE = re.compile(
    r"^((400|403|403_csrf|404|429|500)\.html|(account|mfa|allauth|admin|django|registration)/.*)$"
)
WAITING = {
    "components/keyset.html": "lists that page by keyset are about to take it in",
    "components/stale_save.html": "so are the forms that refuse a stale save",
}
NAME = re.compile(r"""["']([\w./-]+\.(?:html|txt|xml))(?:#[\w-]+)?["']""")
FOLDERS = ("templates", *(name for name in settings.INSTALLED_APPS if "." not in name))


def sources():
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*.*"):
            if path.suffix in {".py", ".html", ".txt", ".xml"} and "migrations" not in path.parts:
                yield path.read_text("utf-8")


def named():
    return {name for text in sources() for name in NAME.findall(text)}


def templates():
    return {
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*.*")
        if path.suffix in {".html", ".txt", ".xml"}
    }


def test_each_template_is_used():
    unused = {name for name in templates() - named() if not NAMED_ELSEWHERE.match(name)}

    assert unused - set(WAITING) == set(), "no line of the code names these templates"


def test_each_template_that_a_line_names_exists():
    folders = {name.split("/")[0] for name in templates() if "/" in name}
    asked = {name for name in named() if "/" in name and name.split("/")[0] in folders}

    assert {name for name in asked if not can_be_found(name)} == set()


def can_be_found(name):
    try:
        return get_template(name) is not None
    except TemplateDoesNotExist:
        return False


def test_each_line_of_the_timetable_names_a_task():
    celery.loader.import_default_modules()

    named_tasks = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert named_tasks - set(celery.tasks) == set()
