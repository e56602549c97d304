"""What the apps above let a person set for themselves: panels of the page of own settings.

An app registers in its AppConfig.ready(): `own_settings.register(permission, template, shown)`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Shown = Callable[[Any], Any]  # the person -> what the template calls `shown`


@dataclass(frozen=True)
class Panel:
    template: str
    shown: Any


_PANELS: dict[str, tuple[str, Shown]] = {}


def register(permission: str, template: str, shown: Shown) -> None:
    _PANELS[template] = (permission, shown)


def panels_for(user: Any) -> list[Panel]:
    return [
        Panel(template, shown(user))
        for template, (permission, shown) in _PANELS.items()
        if user.has_perm(permission)
    ]
