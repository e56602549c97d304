import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_variable_that_settings_read_is_documented():
    settings = (ROOT / "servicedesk" / "settings.py").read_text()
    start = (ROOT / "scripts" / "start").read_text()
    read = set(re.findall(r'env(?:\.\w+)?\(\s*"(\w+)"', settings))
    read |= set(re.findall(r"\$\{([A-Z_]+):-", start)) - {"BIN", "BIND", "PORT", "LIVE_BIND_PORT"}

    documented = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))

    assert read - documented == set()
