"""What rooms register with the ground floor, so that nothing below imports a room above.

Importing a room registers it; `load()` imports them in the order of the floors, which is also the
order in which reactions run and panels stand.
"""

import gc
import importlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from forum.base import fates, panels, telling

if TYPE_CHECKING:
    from datetime import datetime

    import typer

    from forum.base.auth import Actor
    from forum.base.db import Db
    from forum.base.events import Audience, Event, Stored
    from forum.base.tables import Table
    from forum.base.verify import Report

FLOORS = (
    ("forum", "members privacy drafts attachments stations"),
    ("forum", "notices followups consultations agenda arguments matters"),
    ("forum", "exchange outbox feeds replies push hooks"),
    ("voting", "methods formats boxes delegations polls papers procedures"),
    ("sessions", "meetings convening arrivals motions floor captions"),
    ("sessions", "duty reception workshop minutes exchange"),
    ("moderation", "reports sanctions audit oversight"),
    ("forum", "front"),
)
MODULES = tuple(
    "models events service queries rights options calendar notify personal routes cli".split()
)
Group = telling.Group
Notice = telling.Notice
Fate, Rows, Personal = fates.Fate, fates.Rows, fates.Personal
personal, personals = fates.personal, fates.personals
panel = panels.panel
on_erasure, carried, withheld = fates.on_erasure, fates.carried, fates.withheld
ROOT = Path(__file__).resolve().parents[2]


class Step(NamedTuple):
    """One visible thing of a chain: what it is called, where it stands, how it is doing."""

    ref: str
    kind: str
    title: str
    url: str
    state: str = ""


class Span(NamedTuple):
    """When a thing began, and when it ended or is to end; None: it is a moment."""

    start: "datetime"
    end: "datetime | None" = None


@dataclass(frozen=True)
class View:
    """A live page: its shared blocks, rendered once per language for all who may see it."""

    name: str
    stream: str
    audience: "Audience"
    template: str
    blocks: tuple[str, ...]
    data: Callable[["Db", int], Mapping[str, Any]]


class Sealed(NamedTuple):
    """Where the text lies whose digest an event carries."""

    model: type["Table"]
    id_field: str
    digest_field: str


Reaction = Callable[["Db", "Stored", Any], None]
Resolver = Callable[["Db", "Actor | None", Sequence[int]], dict[int, Step]]
Reader = Callable[["Db", "Actor | None", int], "Audience | None"]
Spans = Callable[["Db", Sequence[int]], dict[int, Span]]
Verifier = Callable[["Db", "Report"], None]
Context = Callable[["Db", "Actor"], Mapping[str, Any]]

events: dict[str, type["Event"]] = {}
notices: dict[str, Notice] = {}
silences: dict[str, str] = {}
sealeds: dict[str, Sealed] = {}
views: dict[tuple[str, str], View] = {}
resolvers: dict[str, Resolver] = {}
streams: dict[str, Reader] = {}
spans: dict[str, Spans] = {}
verifiers: dict[str, Verifier] = {}
commands: list[tuple[str, "typer.Typer"]] = []
first_doors: list[Callable[["Db"], str | None]] = []
contexts: list["Context"] = []
_reactions: dict[type, list[Reaction]] = defaultdict(list)


def _once(table: dict[Any, Any], key: Any, value: Any) -> None:
    if table.get(key, value) is not value:
        raise RuntimeError(f"{key!r} is registered twice")
    table[key] = value


def add_event(cls: type["Event"]) -> None:
    """Called by Event itself for each subclass."""
    kind = getattr(cls, "kind", "")
    if kind.count(":") != 2:
        raise RuntimeError(f"{cls.__name__}: a kind reads room:noun:verb, not {kind!r}")
    if kind in events and events[kind].__qualname__ != cls.__qualname__:
        raise RuntimeError(f"{kind} is registered twice")
    events[kind] = cls


def react(*classes: type["Event"]) -> Callable[[Reaction], Reaction]:
    """Act in the same transaction when one of these events (or of their subclasses) is recorded."""

    def add(reaction: Reaction) -> Reaction:
        for cls in classes:
            _reactions[cls].append(reaction)
        return reaction

    return add


def reactions(cls: type["Event"]) -> list[Reaction]:
    """The reactions to an event, in the order of the floors; those to every event come last."""
    return [reaction for base in cls.__mro__ for reaction in _reactions.get(base, ())]


def resolver(kind: str) -> Callable[[Resolver], Resolver]:
    """Say what things of a kind are called; those invisible to the reader are left out."""

    def add(resolve: Resolver) -> Resolver:
        _once(resolvers, kind, resolve)
        return resolve

    return add


def span(kind: str) -> Callable[[Spans], Spans]:
    """Say when things of a kind were; asked only for such as the reader sees."""

    def add(find: Spans) -> Spans:
        _once(spans, kind, find)
        return find

    return add


def stream(kind: str) -> Callable[[Reader], Reader]:
    """Say which class a reader of a kind of stream (or place) belongs to; None: invisible."""

    def add(reader: Reader) -> Reader:
        _once(streams, kind, reader)
        return reader

    return add


def view(
    name: str, *, stream: str, audience: "Audience", template: str, blocks: Sequence[str]
) -> Callable[[Callable[["Db", int], Mapping[str, Any]]], Callable[["Db", int], Mapping[str, Any]]]:
    """Make a page live: its blocks, rendered from shared data only, are pushed as they change."""

    def add(data: Callable[["Db", int], Mapping[str, Any]]) -> Any:
        made = View(name, stream, audience, template, tuple(blocks), data)
        _once(views, (stream, name), made)
        return data

    return add


def notify(
    cls: type["Event"],
    *,
    who: Callable[["Db", "Stored"], Iterable[int]],
    words: str,
    about: str = "subject",
    because: str = "",
    group: Group | None = None,
    others: str = "",
    many: str = "",
    many_others: str = "",
    worth: Callable[["Stored"], bool] = lambda _stored: True,
    enclosed: Callable[["Db", str], Sequence[str]] | None = None,
) -> None:
    """Tell people of an event; `about` is "subject" or the payload field that holds a reference.

    `because` is the sentence that says why it is they who are told, `group` what it is to them
    (by default a duty if it is on their own stream, else news). `others` are the words for those
    who follow the thing: without them they are not told, nor where `worth` says no. `many` and
    `many_others` are the words for several in a letter: %(count)s and the %(title)s above them.
    `enclosed` is what a letter says in full of that thing.
    """
    made = Notice(who, words, about, because, group, others, many, many_others, worth, enclosed)
    _once(notices, cls.kind, made)


def silent(cls: type["Event"], *, because: str) -> None:
    """Nobody is told of this event, for a reason."""
    _once(silences, cls.kind, because)


def sealed(
    cls: type["Event"], model: type["Table"], *, id_field: str, digest_field: str = "text"
) -> None:
    """Let `verify` compare texts (columns `body`, `salt`) with the digests in these events."""
    _once(sealeds, cls.kind, Sealed(model, id_field, digest_field))


def verifier(name: str) -> Callable[[Verifier], Verifier]:
    """Add a check to `run.py verify`."""

    def add(check: Verifier) -> Verifier:
        _once(verifiers, name, check)
        return check

    return add


def context(add: Context) -> Context:
    """Add to what every page of a signed-in member knows (the count of unread words, say)."""
    contexts.append(add)
    return add


def command(app: "typer.Typer", name: str) -> None:
    """Add a room's commands to run.py."""
    commands.append((name, app))


def first_door(make: Callable[["Db"], str | None]) -> Callable[["Db"], str | None]:
    """Make the path of a one-use way in while nobody runs the place; printed when it starts."""
    first_doors.append(make)
    return make


def rooms() -> list[str]:
    """The packages of the rooms that stand, from the ground up."""
    names = [f"{top}.{room}" for top, line in FLOORS for room in line.split()]
    return [name for name in names if (ROOT / name.replace(".", "/") / "__init__.py").exists()]


@cache
def load() -> None:
    """Import the ground floor's own pieces and every room, which registers them."""
    # All of it stays: looking through it for garbage again and again is a sixth of the start.
    collecting = gc.isenabled()
    gc.disable()
    try:
        for name in ("forum.base", *rooms()):
            folder = ROOT / name.replace(".", "/")
            importlib.import_module(name)
            there = {entry.name for entry in folder.iterdir()}
            for module in MODULES:
                if f"{module}.py" in there or module in there:
                    importlib.import_module(f"{name}.{module}")
    finally:
        gc.freeze()
        if collecting:
            gc.enable()
