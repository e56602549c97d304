"""A stand-in for Jira, over a real socket: Data Center (v2) and Cloud (v2 and v3).

`start(CLOUD)` returns a server; its `site` holds what this Jira holds, and tests act on it as tier
II does: `site.comment`, `set_status`, `assign`, `move`, `delete`. `site.faults` says what goes
wrong, `site.hooks` sends webhooks. By hand: `python -m tests.standins.jira --port 8095 --cloud`.
"""

from tests.standins.jira.server import start
from tests.standins.jira.world import CLOUD, DATA_CENTER

__all__ = ["CLOUD", "DATA_CENTER", "start"]
