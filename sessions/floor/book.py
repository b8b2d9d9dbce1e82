"""The speaking rules that stand in `sessions/floor/rules/`, by the names of their files."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from forum.base.errors import Invalid
from forum.base.i18n import _
from sessions.floor import rules as folder
from sessions.floor.order import Rule

DEFAULT = "balanced"


@cache
def rules() -> dict[str, Rule]:
    """All rules by name; putting a file there is all that it takes to add one."""
    found: dict[str, Rule] = {}
    for module in iter_modules(folder.__path__):
        found[module.name] = import_module(f"{folder.__name__}.{module.name}").RULE
    return found


def rule(name: str) -> Rule:
    """The rule of this name; Invalid when there is none."""
    if name not in rules():
        raise Invalid(
            _("There is no such speaking rule."), fields={"rule": _("Please choose one.")}
        )
    return rules()[name]
