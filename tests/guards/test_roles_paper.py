"""docs/roles.md and accounts/roles.py say the same, read in both directions."""

import re
from pathlib import Path

from accounts.roles import PERMISSIONS_OF

PAPER = Path(__file__).parents[2] / "docs" / "roles.md"
ACTS = {"see", "change", "decide"}
NOTHING = "–"


def rows():
    for line in PAPER.read_text("utf-8").splitlines():
        if line.startswith("|") and not re.match(r"\|[-:| ]+\|$", line):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def said_on_paper():
    """(permission, role) -> own, unit or all, and the acts that stand beside the permissions."""
    said, acts = {}, {}
    roles = []
    for _thing, act, permission, *scopes in rows():
        if permission == "Permission":
            roles = [cell.strip("`") for cell in scopes]
            continue
        name = permission.strip("`")
        assert name not in acts, f"docs/roles.md names {name} twice"
        acts[name] = act
        assert len(scopes) == len(roles), f"docs/roles.md: {name} does not speak of every role"
        said |= {
            (name, role): scope
            for role, scope in zip(roles, scopes, strict=True)
            if scope != NOTHING
        }
    return said, acts, roles


def said_in_code():
    return {
        (name, role): scope.name.lower()
        for role, permissions in PERMISSIONS_OF.items()
        for name, scope in permissions.items()
    }


def test_paper_says_what_the_code_allows():
    paper, _acts, _roles = said_on_paper()
    code = said_in_code()

    differences = [
        f"{name} for {role}: accounts/roles.py says {code.get((name, role), NOTHING)}, "
        f"docs/roles.md says {paper.get((name, role), NOTHING)}"
        for name, role in sorted(paper.keys() | code.keys())
        if paper.get((name, role)) != code.get((name, role))
    ]

    assert differences == [], "put the row right in docs/roles.md, or the role in accounts/roles.py"


def test_paper_speaks_of_all_ten_roles_and_only_of_them():
    _paper, _acts, roles = said_on_paper()

    assert sorted(roles) == sorted(PERMISSIONS_OF)


def test_each_permission_is_to_see_to_change_or_to_decide():
    _paper, acts, _roles = said_on_paper()

    assert {name: act for name, act in acts.items() if act not in ACTS} == {}
