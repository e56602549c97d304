"""By hand: `python -m tests.chaos --kills 20 --seed 7`; with DATABASE_URL on PostgreSQL and Redis."""

import argparse
import os
import random
import sys

from tests.chaos.launcher import run

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--kills", type=int, default=20)
parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
parser.add_argument("--limit", type=int, default=1200)
options = parser.parse_args()
stood, said = run(
    server=os.environ.get("DATABASE_URL", ""),
    kills=options.kills,
    seed=options.seed,
    limit=options.limit,
)
sys.stdout.write(said)
sys.exit(0 if stood else 1)
