"""The kinds of places in which roles are held: what lies around one, and which ones there are.

A room declares its kind of place (`declare("station", around=…, find=…)`), so that this room,
which lies below, can ask who is what there and offer places by name.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from forum.base import registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Forbidden, NotFound, SignInNeeded
from forum.base.events import Audience
from forum.base.i18n import _
from forum.base.refs import parse
from forum.base.registry import Step
from forum.members import queries, rules
from forum.members.models import PLATFORM, Role

Around = Callable[[Db, int], tuple[str, ...]]
# (db, actor, words in the name, places that they lie in, how many at most) → those that are seen
Find = Callable[[Db, Actor | None, str, Sequence[str], int], list[Step]]
OFFERED = 60
# Who gives any role at all in a place.
GIVING = tuple(r for r in Role if any(rules.may_grant((r,), role, "station:0") for role in Role))


class Kind(NamedTuple):
    """A kind of place."""

    around: Around
    find: Find


class Ground(NamedTuple):
    """A place as one reader stands in it."""

    place: str
    kind: str
    name: str
    url: str
    roles: frozenset[Role]
    around: tuple[str, ...]

    @property
    def grantable(self) -> list[Role]:
        """The roles that the reader may give and take here."""
        return [role for role in Role if rules.may_grant(self.roles, role, self.place)]

    @property
    def namable(self) -> list[Role]:
        """Those that the reader may give to somebody who has an account."""
        return [role for role in Role if rules.may_name(self.roles, role, self.place)]


kinds: dict[str, Kind] = {}


def declare(kind: str, *, around: Around, find: Find) -> None:
    """Make a kind of place known; `around` names the place itself and all above it."""
    if kind in kinds:
        raise RuntimeError(f"{kind!r} is declared twice")
    kinds[kind] = Kind(around, find)


def kind_of(place: str) -> str:
    """What kind of place this is; raises NotFound for what is none."""
    try:
        kind = place if place == PLATFORM else parse(place)[0]
    except ValueError:
        kind = ""
    if kind != PLATFORM and kind not in kinds:
        raise NotFound(_("There is no such place."))
    return kind


def around(db: Db, place: str) -> tuple[str, ...]:
    """The places whose roles count in this one, itself first."""
    if place == PLATFORM:
        return (PLATFORM,)
    return kinds[kind_of(place)].around(db, parse(place)[1])


def ground(db: Db, actor: Actor | None, place: str) -> Ground:
    """A place by its reference; NotFound where the reader must not know of it."""
    kind = kind_of(place)
    found = queries.place_names(db, actor, [place])
    if place not in found:
        raise NotFound(_("There is no such place."))
    held_in = around(db, place)
    roles = queries.roles(db, actor, held_in)
    return Ground(place, kind, found[place].title, found[place].url, roles, held_in)


def led(db: Db, actor: Actor | None, place: str) -> Ground:
    """The same for somebody who gives roles there; others are refused, or find nothing at all."""
    found = ground(db, actor, place)
    if found.grantable:
        return found
    if place == PLATFORM:
        raise NotFound(_("There is no such page."))
    if actor is None:
        raise SignInNeeded(_("Please sign in first."))
    raise Forbidden(_("Only those who lead this place see its people."))


def ruled(db: Db, actor: Actor | None, place: str) -> Ground:
    """The same for an administrator of the place."""
    found = ground(db, actor, place)
    if rules.administers(found.roles):
        return found
    if place == PLATFORM:
        raise NotFound(_("There is no such page."))
    if actor is None:
        raise SignInNeeded(_("Please sign in first."))
    raise Forbidden(_("Only an administrator of this place may do this."))


def offered(db: Db, actor: Actor | None, text: str = "") -> list[Step]:
    """The places, by name, in which somebody gives roles; as many as a list can show."""
    held = queries.places_of(db, actor, GIVING)
    found: list[Step] = []
    if rules.administers(queries.roles(db, actor, ())):
        found = list(queries.place_names(db, actor, [PLATFORM]).values())
    for kind in kinds.values() if held else ():
        found += kind.find(db, actor, text, held, OFFERED)
    return [step for step in found if text.casefold() in step.title.casefold()][:OFFERED]


def within(db: Db, actor: Actor | None, here: Ground, text: str) -> Ground:
    """The one place in another that bears this name or reference; NotFound for none or several."""
    try:
        found = ground(db, actor, text)
        if here.place in found.around:
            return found
    except NotFound:
        pass
    named = [
        step.ref
        for kind in kinds.values()
        for step in kind.find(db, actor, text, (here.place,), OFFERED)
        if step.title == text
    ]
    if len(named) != 1:
        raise NotFound(_("There is no such place."))
    return ground(db, actor, named[0])


@registry.stream(PLATFORM)
def _stream(db: Db, actor: Actor | None, _number: int) -> Audience | None:
    """What concerns the platform itself is read by those who administrate it."""
    return Audience.MODERATOR if queries.administrates(db, actor) else None
