"""The scripts that stand in `sessions/workshop/scripts/`, by the names of their files."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple

from forum.base.errors import Invalid
from forum.base.i18n import N_, _
from sessions.workshop import scripts as folder
from sessions.workshop.models import Form, Gives


class Step(NamedTuple):
    """A step of a script: what participants are asked, and what helps whoever leads."""

    name: str
    minutes: int
    prompt: str
    hint: str
    form: Form = Form.PLENARY
    gives: Gives = Gives.NOTHING


class Script(NamedTuple):
    """A way through a session, in timed steps; its words are marked with N_."""

    title: str
    about: str
    steps: Sequence[Step]

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return sum(step.minutes for step in self.steps)


GONE = Script(N_("Facilitated session"), "", ())


@cache
def scripts() -> dict[str, Script]:
    """All scripts by name; putting a file there is all that it takes to add one."""
    return {
        module.name: import_module(f"{folder.__name__}.{module.name}").SCRIPT
        for module in iter_modules(folder.__path__)
    }


def known(name: str) -> Script:
    """The script of a session; one whose file is gone still has a name."""
    return scripts().get(name, GONE)


def chosen(name: str) -> Script:
    """The script that a form names; Invalid where there is none."""
    if name not in scripts():
        words = _("There is no such script.")
        raise Invalid(words, fields={"script": words})
    return scripts()[name]
