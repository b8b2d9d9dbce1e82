"""The cast: the same people and places in every test."""

import json
from dataclasses import asdict, dataclass

from forum.agenda import service as agenda
from forum.agenda.models import ItemKind, ItemState
from forum.base.auth import Actor
from forum.base.db import Db
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from forum.members import queries as members
from forum.members import service as accounts
from forum.members.models import Role, StandingKind
from forum.stations import service as stations
from forum.stations.models import Tier

PASSWORD = "a long enough word"
PEOPLE = {
    "alice": "Alice the chair",
    "bob": "Bob",
    "charlie": "Charlie from elsewhere",
    "dana": "Dana, muted",
    "rong": "Rong the representative",
    "hui": "Hui the handler",
    "shu": "Shu the secretary",
    "clerk": "The clerk",
    "admin": "The administrator",
}


@dataclass(frozen=True)
class Cast:
    """Ids and actors; `cast.bob` and `cast["bob"]` are the same Actor."""

    people: dict[str, int]
    station: int
    consultation: int
    item: int

    def __getitem__(self, name: str) -> Actor:
        return Actor(self.people[name], PEOPLE[name], "en")

    def __getattr__(self, name: str) -> Actor:
        if name not in PEOPLE:
            raise AttributeError(name)
        return self[name]

    @property
    def place(self) -> str:
        """The consultation as a place and stream."""
        return f"consultation:{self.consultation}"

    def dump(self) -> str:
        """As JSON, to lie beside the prepared database."""
        return json.dumps(asdict(self))

    @classmethod
    def load(cls, text: str) -> "Cast":
        """What `dump` wrote."""
        return cls(**json.loads(text))


def assemble(tx: Db) -> Cast:
    """Register everybody and open one public consultation, deliberating, with one item.

    Its eligible people are listed (everybody but charlie), so that an outsider is one.
    """
    people = {
        name: accounts.register(tx, login=name, name=shown, password=None, lang="en")
        for name, shown in PEOPLE.items()
    }
    accounts.grant(tx, None, people["admin"], Role.ADMINISTRATOR, "platform")
    admin = members.actor_of(tx, people["admin"])
    details = stations.Details(Tier.STATION, "Lilac Court station", "LILAC")
    station = stations.create(tx, admin, details)
    place = f"station:{station}"
    accounts.grant(tx, None, people["clerk"], Role.OPERATOR, place)
    accounts.grant(tx, None, people["alice"], Role.MODERATOR, place)
    alice = members.actor_of(tx, people["alice"])
    draft = consultations.Draft(
        title="A lift for block 7",
        summary="Shall block 7 get a lift, and who pays?",
        purpose="To decide together on a **lift**.",
        visibility=Visibility.PUBLIC,
        eligibility=Eligibility.LISTED,
        zone="Asia/Shanghai",
    )
    consultation = consultations.create(tx, alice, draft, station=station, stage=Stage.DELIBERATING)
    for name, role in (
        ("rong", Role.REPRESENTATIVE),
        ("hui", Role.HANDLER),
        ("shu", Role.SECRETARY),
    ):
        accounts.grant(tx, None, people[name], role, f"consultation:{consultation}")
    for name in ("alice", "bob", "dana", "rong", "hui", "shu", "clerk"):
        consultations.enlist(tx, alice, consultation, people[name])
    accounts.set_standing(
        tx,
        alice,
        people["dana"],
        f"consultation:{consultation}",
        StandingKind.MUTED,
        until=None,
        reason="Shouting at others",
        within=(place,),
    )
    item = agenda.create(
        tx,
        alice,
        consultation,
        agenda.Draft("Which kind of lift?", "Two offers are on the table.", ItemKind.DECISION, 20),
    )
    agenda.change_state(tx, alice, item, ItemState.OPEN)
    return Cast(people, station, consultation, item)
