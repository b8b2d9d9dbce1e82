"""The data folder of a simulated burst of ballots: who may vote, in which poll, and for what."""

import random
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect

from forum.agenda import service as agenda
from forum.agenda.models import ItemKind
from forum.base import auth, db, migrate, registry, settings
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Invalid
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from forum.members import service as members
from forum.members.models import Role
from voting.methods.common import marks
from voting.methods.common.election import GradeElection, names
from voting.methods.method import Form, Method, Option, Rule, method
from voting.polls import service as polls
from voting.polls.models import Poll, Secrecy
from voting.polls.rules import RollEntry

OPTIONS = tuple(
    Option(f"o{at}", name, str(100 * at))
    for at, name in enumerate(("Osmanthus", "Plane", "Plum", "Maple", "Ginkgo"), 1)
)


@dataclass(frozen=True)
class Voter:
    """Somebody on the roll with a way in, what they will vote, and their random number."""

    id: int
    token: str
    mark: str
    nonce: str


@dataclass(frozen=True)
class Electorate:
    """An open secret poll and everybody who may vote in it."""

    poll: int
    method: str
    method_id: str
    rule: Rule
    chair: str
    voters: list[Voter]


def empty(data: Path) -> bool:
    """Whether there is nothing yet in the database that the settings name for this folder."""
    settings.configure(data=data)
    with db.reading() as tx:
        found = inspect(tx.connection()).get_table_names()
    db.close()
    return not found


def made(data: Path, people: int, way: str, dice: random.Random) -> Electorate:
    """Make the folder: a consultation, an item, a secret poll that is open to so many people."""
    config = settings.configure(data=data)
    registry.load()
    migrate.upgrade(config)
    with db.transaction() as tx:
        electorate = _settle(tx, people, method(way), dice)
    db.close()
    return electorate


def _settle(tx: Db, people: int, way: Method, dice: random.Random) -> Electorate:
    chair = members.register(tx, login="chair", name="Chair", password=None, lang="en")
    members.grant(tx, None, chair, Role.ADMINISTRATOR, "platform")
    leads = Actor(chair, "Chair")
    terms = (Visibility.PUBLIC, Eligibility.OPEN, "Asia/Shanghai")
    draft = consultations.Draft("Trees", "Trees for the court", "Trees", *terms)
    place = consultations.create(tx, leads, draft, station=None, stage=Stage.DELIBERATING)
    item = agenda.create(tx, leads, place, agenda.Draft("Trees?", "", ItemKind.DECISION))
    among = () if way.choices_fixed else OPTIONS
    typed = {"budget": "400"} if way.costs else {}
    asked = polls.Draft(
        "Shall there be trees?",
        method=way.name,
        rule=typed,
        secrecy=Secrecy.SECRET,
        options=among if way.costs else tuple(one._replace(cost="") for one in among),
        lot="3 5 1",
    )
    poll = polls.create(tx, leads, item, asked)
    row = tx.get_one(Poll, poll)
    voters = []
    for at in range(people):
        ident = members.register(
            tx, login=f"voter{at}", name=f"Voter {at}", password=None, lang="en"
        )
        token = auth.sign_in(tx, ident, label="simulation")
        nonce = f"{dice.getrandbits(128):032x}"
        voters.append(Voter(ident, token, mark(way, row.rule, dice), nonce))
    polls.open(tx, leads, poll, roll=[RollEntry(one.id) for one in voters])
    token = auth.sign_in(tx, chair, label="simulation")
    return Electorate(poll, way.name, f"{row.method}/{row.version}", row.rule, token, voters)


def mark(way: Method, rule: Rule, dice: random.Random) -> str:
    """What somebody says, in the form of the method's ballot, and as it takes it."""
    while True:
        said = _drawn(way, rule, dice)
        try:
            return way.ballot(rule, said)["vote"]
        except Invalid:  # over a budget, say: they think again
            continue


def _drawn(way: Method, rule: Rule, dice: random.Random) -> str:
    if way.form is Form.CHOICE:
        return dice.choice([one.value for one in way.choices(rule) if not one.reason])
    options = list(names(rule))
    order = dice.sample(options, len(options))
    few = order[: dice.randint(1, len(order))]
    if way.form is Form.PICKS:
        return marks.write_picks(set(few))
    if isinstance(way, GradeElection):
        lowest = way.grades(rule)[0]
        wanted = order if way.every else few
        return marks.write_grades({one: lowest + dice.randint(0, 2) for one in wanted})
    return marks.write_ranks([one] for one in few)
