"""Prepare a house of its own and let the driver loose in it, in a process of its own.

The driver has Django set up for that house, not for the database of the tests.
"""

import subprocess
import sys

from tests.chaos.engines import ROOT, prepared

DRIVER = "import django; django.setup(); from tests.chaos import driver; driver.main()"


def run(*, server, kills, seed, limit):
    """Return whether all stood, and what the driver said."""
    words = ["--kills", str(kills), "--seed", str(seed), "--limit", str(limit)]
    with prepared(server) as variables:
        driver = subprocess.Popen(
            [sys.executable, "-c", DRIVER, *words],
            cwd=ROOT,
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            said, _nothing = driver.communicate(timeout=limit + 60)
        except BaseException:
            driver.terminate()  # it takes what it has started down with it
            driver.wait(20)
            raise
    return driver.returncode == 0, said
