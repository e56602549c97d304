"""Real SIGKILL of worker, web and both while people work, and the broker taken away: nothing lost,
nothing doubled. By hand: `python -m tests.chaos --kills 20`."""

import ctypes.util
import os
import random
from importlib.util import find_spec

import pytest

from tests.chaos.launcher import run

pytestmark = pytest.mark.skipif(
    find_spec("weasyprint") is None or ctypes.util.find_library("pango-1.0") is None,
    reason="drafting needs WeasyPrint and Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0",
)


def survives(*, kills, limit):
    seed = int(os.environ.get("CHAOS_SEED", "0")) or random.SystemRandom().randrange(10**6)
    stood, said = run(
        server=os.environ.get("DATABASE_URL", ""), kills=kills, seed=seed, limit=limit
    )
    assert stood, said


@pytest.mark.timeout(420)  # about 45 s; machines that do much else take longer
def test_three_kills_lose_and_double_nothing():
    survives(kills=3, limit=300)


@pytest.mark.long
@pytest.mark.timeout(1500)
def test_twenty_kills_lose_and_double_nothing():
    survives(kills=20, limit=1200)
