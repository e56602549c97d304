import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_variable_that_settings_read_is_documented():
    settings = (ROOT / "servicedesk" / "settings.py").read_text()
    start = (ROOT / "scripts" / "start").read_text()
    read = set(re.findall(r'env(?:\.\w+)?\(\s*"(\w+)"', settings))
    read |= set(re.findall(r"\$\{([A-Z_]+):-", start)) - {"BIN", "BIND", "LIVE_BIND_PORT"}

    documented = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))

    assert read - documented == set()


def test_only_the_proxy_of_the_containers_is_believed_when_it_tells_of_a_caller():
    compose = (ROOT / "docker-compose.yml").read_text()

    [address] = re.findall(r"ipv4_address: ([\d.]+)", compose)

    assert f"TRUSTED_PROXIES: {address},${{TRUSTED_PROXIES:-}}\n" in compose


def test_health_check_of_the_containers_is_answered_with_settings_as_documented():
    """It asks from within, by another name than people do; unanswered, the proxy never starts."""
    compose = (ROOT / "docker-compose.yml").read_text()
    hosts = set(re.findall(r"http://([\d.:]+)/health/", compose))
    example = dict(
        re.findall(r"^(SITE_URL|ALLOWED_HOSTS)=(.+)$", (ROOT / ".env.example").read_text(), re.M)
    )
    ask = (
        "import sys, django; django.setup(); from django.test import Client; "
        "print([Client().get('/health/live', headers={'host': h}).status_code for h in sys.argv[1:]])"
    )

    done = subprocess.run(
        [sys.executable, "-c", ask, *hosts],
        cwd=ROOT,
        env={**os.environ, **example, "LOG_LEVEL": "CRITICAL"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert len(hosts) == 3
    assert done.stdout.splitlines()[-1] == str([200] * 3)
