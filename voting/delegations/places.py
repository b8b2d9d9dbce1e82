"""For what votes can be given away, and who can: said by the room of votes, which lies above."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.refs import parse
from voting.delegations.models import Scope


class Place(NamedTuple):
    """A vote, an item or a consultation whose votes can be given to others; and whose they are."""

    ref: str
    scope: Scope
    title: str
    url: str
    consultation: int
    people: Collection[int]


Finder = Callable[[Db, Actor, int, bool], Place]
_finders: dict[str, Finder] = {}


def place(scope: Scope) -> Callable[[Finder], Finder]:
    """Find things of a kind for whoever sees them; NotFound, or Conflict where it is too late.

    Told to keep it, the finder holds what it found from closing until the transaction ends.
    """

    def add(find: Finder) -> Finder:
        _finders[scope.value] = find
        return find

    return add


def find(db: Db, actor: Actor, ref: str, *, keep: bool = False) -> Place:
    """What a reference names; NotFound where it is invisible, or no such thing."""
    missing = NotFound(_("There is no such page."))
    try:
        kind, ident = parse(ref)
    except ValueError:
        raise missing from None
    if kind not in _finders:
        raise missing
    return _finders[kind](db, actor, ident, keep)
