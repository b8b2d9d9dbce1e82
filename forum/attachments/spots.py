"""Where files can be attached: rooms above name their kinds of things, one function each.

@spots.spot("task", page="followups:task")
def task_files(db, actor, ident) -> Spot: …      # raises NotFound where the reader sees no such
"""

from collections.abc import Callable
from typing import NamedTuple

from forum.base import files, refs, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.events import Audience
from forum.base.i18n import _
from forum.base.web import Request


class Spot(NamedTuple):
    """One thing with files, and what the reader is to it."""

    title: str
    url: str
    stream: str
    sees: Audience  # the class of this reader
    audience: Audience  # from which class on what is attached is seen
    may: bool  # attach
    leads: bool  # remove and describe others' files
    most: int = 200  # how many files lie there
    # Who hears in the log that a file lies there, where it is not yet for all who may see it.
    told: Audience | None = None


Find = Callable[[Db, Actor | None, int], Spot]
_spots: dict[str, Find] = {}


def spot(kind: str, *, page: str = "") -> Callable[[Find], Find]:
    """Let files be attached to a kind of thing, and shown on its page (the panel's subject).

    Things without a page of their own show their files themselves.
    """

    def add(find: Find) -> Find:
        _spots[kind] = find

        @files.reader(kind)
        def reader(db: Db, actor: Actor | None, ident: int) -> Audience | None:
            try:
                return find(db, actor, ident).sees
            except NotFound:
                return None

        if page:
            registry.panel(page, order=30, given=files.OF_SUBJECT, offered=_attaches)(_panel)
        return find

    return add


def _attaches(db: Db, request: Request, subject: str) -> bool:
    return find(db, request.actor, subject).may


def _panel(db: Db, request: Request, subject: str) -> str | None:
    """The files of a thing on its page, and the way to attach one."""
    found = find(db, request.actor, subject)
    rows = files.of_place(db, [subject], audience=found.sees)[subject]
    if not rows and not found.may:
        return None
    name = "attachments/files.html"
    return request.fragment(db, name, _spot=found, _files=rows, _place=subject)


def find(db: Db, actor: Actor | None, place: str) -> Spot:
    """The thing of a reference, as this reader may see it."""
    kind, ident = refs.parse(place) if place.partition(":")[2].isdigit() else ("", 0)
    if kind not in _spots:
        raise NotFound(_("Nothing can be attached here."))
    return _spots[kind](db, actor, ident)
