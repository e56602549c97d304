"""Draw docs/states.md from the tables of moves; with --check, say whether the paper is stale."""

import importlib
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
PAPER = ROOT / "docs" / "states.md"
TABLES = (
    "common.mail_states",
    "registry.states",
    "inquiries.states",
    "tickets.states",
    "documents.states",
)


def drawn() -> str:
    """Each module of TABLES lists its tables as `DIAGRAMS = {"Inquiry": MOVES, …}` and may add
    `tables() -> str`, Markdown that says more (such as outcome → state → who moves it on)."""
    parts = [
        "# States",
        "Drawn by `make states` from the tables of moves (`common/mail_states.py`, each app's `states.py`); `make check` fails when stale.",
    ]
    for name_of_module in TABLES:
        module = importlib.import_module(name_of_module)
        for name, moves in module.DIAGRAMS.items():
            parts.append(f"## {name}\n\n```mermaid\n{moves.mermaid()}\n```")
        if hasattr(module, "tables"):
            parts.append(module.tables())
    return "\n\n".join(parts) + "\n"


def main() -> int:
    django.setup()
    text = drawn()
    if "--check" in sys.argv:
        fresh = PAPER.exists() and PAPER.read_text("utf-8") == text
        print(
            "docs/states.md is fresh." if fresh else "docs/states.md is stale: run `make states`."
        )
        return 0 if fresh else 1
    PAPER.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
