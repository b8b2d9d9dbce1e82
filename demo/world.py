"""The places and people of the demo, and the means to let things happen at their times."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from demo.threads import Persona, people
from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db, transaction
from forum.members import queries as members
from forum.members import service as accounts
from forum.members.models import Role, Verification
from forum.stations import service as stations
from forum.stations.models import Tier

T = TypeVar("T")
ROLES = {
    "moderator": Role.MODERATOR,
    "secretary": Role.SECRETARY,
    "representative": Role.REPRESENTATIVE,
    "handler": Role.HANDLER,
    "operator": Role.OPERATOR,
}
STATIONS = (
    ("street", Tier.ORGANISATION, "丁香街道 Lilac Subdistrict", "DXJD", None),
    ("committee", Tier.COMMITTEE, "丁香街道协商议事委员会 Lilac Committee", "DX-XS", "street"),
    ("centre", Tier.STATION, "丁香街道代表联络总站", "DX-00", "street"),
    ("lilac", Tier.STATION, "丁香苑代表联络站 Lilac Court", "DX-01", "centre"),
    ("osmanthus", Tier.STATION, "桂花里代表联络站 Osmanthus Lane", "DX-02", "centre"),
)


@dataclass
class World:
    """Who and what there is, by short names; `at` lets something happen at a past moment."""

    begun: datetime = field(default_factory=clock.now)
    actors: dict[str, Actor] = field(default_factory=dict)
    stations: dict[str, int] = field(default_factory=dict)
    personas: list[Persona] = field(default_factory=people)
    dice: Random = field(default_factory=lambda: Random(20260305))

    def __getitem__(self, login: str) -> Actor:
        return self.actors[login]

    def residents(self, station: str | None = None) -> list[str]:
        """The logins of those who live there (or anywhere)."""
        return [
            persona.login
            for persona in self.personas
            if persona.part != "outsider" and station in (None, persona.station)
        ]

    def ago(self, days: float, hour: int | None = None, minute: int = 0) -> datetime:
        """So many days before the demo was made, at an hour of the place's wall clock."""
        moment = self.begun - timedelta(days=days)
        if hour is None:
            return moment
        return moment.replace(hour=hour, minute=minute, second=0, microsecond=0) - timedelta(
            hours=8
        )

    @contextmanager
    def at(self, moment: datetime) -> Iterator[Db]:
        """A transaction at a moment of the demo's history."""
        with clock.at(moment), transaction() as tx:
            yield tx

    def do(self, moment: datetime, verb: Callable[..., T], *args: object, **more: object) -> T:
        """One verb in its own transaction at a moment: `do(when, service.post, actor, …)`."""
        with self.at(moment) as tx:
            return verb(tx, *args, **more)


def settle() -> World:
    """Make the stations and register everybody, three months ago."""
    world = World()
    with world.at(world.ago(100, 9)) as tx:
        for short, tier, name, code, above in STATIONS:
            details = stations.Details(
                tier,
                name,
                code,
                parent_id=world.stations[above] if above else None,
                address="丁香街道丁香路 8 号 · 8 Lilac Road" if tier is Tier.STATION else "",
                hours="每周三 14:00–17:00 · Wednesdays, 2–5 pm" if tier is Tier.STATION else "",
            )
            world.stations[short] = stations.create(tx, None, details)
        for persona in world.personas:
            ident = accounts.register(
                tx,
                login=persona.login,
                name=persona.name,
                password=None,
                lang=persona.lang,
                verified=Verification.STAFF,
            )
            world.actors[persona.login] = members.actor_of(tx, ident)
            _appoint(tx, world, persona, ident)
    return world


def _appoint(tx: Db, world: World, persona: Persona, ident: int) -> None:
    place = f"station:{world.stations[persona.station]}"
    if persona.part == "administrator":
        accounts.grant(tx, None, ident, Role.ADMINISTRATOR, "platform")
    elif persona.part in ROLES:
        accounts.grant(tx, None, ident, ROLES[persona.part], place)
    elif persona.part == "resident":
        accounts.grant(tx, None, ident, Role.RESIDENT, place)
