"""What pages name must exist: icons in the sprite, and every file under its hashed name."""

import gzip
import re
from pathlib import Path

from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]


def test_every_icon_that_a_template_names_is_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static" / "icons.svg").read_text()))

    named = {
        (name, path.name)
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'{% icon "([^"]+)"', path.read_text())
    }

    assert {(name, path) for name, path in named if name not in sprite} == set()


def test_static_files_are_collected_under_hashed_names_that_know_each_other(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "servicedesk.storage.HashedStaticFiles"},
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    (theme,) = (path for path in (tmp_path / "js").glob("theme.*.js"))
    assert re.search(r'from "\./requests\.[0-9a-f]{12}\.js"', theme.read_text())


def test_all_our_scripts_together_stay_small():
    scripts = [*(ROOT / "static" / "js").glob("*.js"), *(ROOT / "static/vendor").rglob("*.js")]

    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in scripts) < 60 * 1024
