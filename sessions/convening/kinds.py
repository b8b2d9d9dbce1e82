"""The types of meetings: what each demands before it is convened, and what it begins with.

A file in `types/` registers one by being there (`kind(key=…, …)`, its texts marked with N_).
"""

import importlib
import pkgutil
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from forum.base.errors import Invalid
from forum.base.i18n import N_, _
from forum.consultations.patterns import Point

PACKAGE = "sessions.convening.types"
FIRST = "consultation"  # the plainest stands first


class Part(StrEnum):
    """What may have to be there before a meeting is convened."""

    AGENDA = "agenda"
    VENUE = "venue"
    BRIEFING = "briefing"


class Kind(NamedTuple):
    """A type of meeting. `lead` days lie between notice and meeting, working days if it says so.

    `title` is a pattern with %(about)s, `rule` the name of a speaking rule, `proxies` how many one
    person may hold; `counted` says whether who is represented counts for the quorum.
    """

    key: str
    name: str
    about: str
    title: str
    quorum: str = ">1/2"
    rule: str = "balanced"
    lead: int = 3
    working: bool = False
    required: Sequence[Part] = (Part.AGENDA, Part.VENUE)
    minutes: int = 120
    items: Sequence[Point] = ()
    asks: bool = True
    proxies: int = 3
    counted: bool = False


OTHER = Kind(
    key="",
    name=N_("Another meeting"),
    about=N_("Nothing is demanded beforehand but a place."),
    title="%(about)s",
    lead=0,
    required=(Part.VENUE,),
)
_kinds: dict[str, Kind] = {}


def kind(**facts: Any) -> Kind:
    """Register a type; called once by its file."""
    made = Kind(**facts)
    if made.key in _kinds:
        raise RuntimeError(f"{made.key!r} is registered twice")
    _kinds[made.key] = made
    return made


@cache
def _discover() -> None:
    package = importlib.import_module(PACKAGE)
    for found in pkgutil.iter_modules(package.__path__, f"{PACKAGE}."):
        importlib.import_module(found.name)


def kinds() -> list[Kind]:
    """All types, the plainest first."""
    _discover()
    return sorted(_kinds.values(), key=lambda each: (each.key != FIRST, each.key))


def known(key: str) -> Kind:
    """The type of a meeting as it is stored; one that is not there any more demands nothing."""
    _discover()
    return _kinds.get(key, OTHER)


def chosen(key: str) -> Kind:
    """The type that a form names; Invalid where there is none."""
    _discover()
    if key and key not in _kinds:
        words = _("There is no such type of meeting.")
        raise Invalid(words, fields={"type": words})
    return known(key)
