"""What a record from elsewhere says happened, step by step: what an importer reads and plays.

Persons, items, polls and motions are numbers into the script's own lists. Nothing here knows of
a format, and nothing writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

TITLE_MOST = 200


def cut(text: str, most: int = TITLE_MOST) -> str:
    """A text as a title: one line, and not too long for one."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


@dataclass(frozen=True)
class Human:
    """Somebody in the record: a name as it is shown, whether they vote, and whether online."""

    name: str
    votes: bool = True
    online: bool = False


@dataclass(frozen=True)
class Item:
    """A topic, under another one if `parent` says so; `order` sorts the items of one parent."""

    title: str
    body: str = ""
    parent: int | None = None
    order: int = 0


@dataclass
class Voice:
    """How somebody voted; where a person stands there twice, the later one counts."""

    person: int
    choice: str
    reason: str = ""


class Stated(NamedTuple):
    """What a record says came of a vote, and with how many for and against."""

    carried: bool
    yes: int | None = None
    no: int | None = None


@dataclass
class Ballot:
    """A question that was put. `void`: why it decided nothing; empty where it did.

    `stated` is the record's own result, to be compared with what is counted; `where` says for
    warnings where it stands.
    """

    question: str
    item: int
    method: str
    rule: Mapping[str, str] = field(default_factory=dict)
    explanation: str = ""
    voices: list[Voice] = field(default_factory=list)
    void: str = ""
    stated: Stated | None = None
    where: str = ""


@dataclass(frozen=True)
class Motion:
    """Something moved: decided by its ballot, else (`carried`) since nobody objected.

    With neither it was taken back.
    """

    text: str
    mover: int
    seconder: int | None
    ballot: int | None = None
    carried: bool = False


@dataclass(frozen=True)
class Step:
    """Something that happened, and when."""

    at: datetime


@dataclass(frozen=True)
class Arrive(Step):
    """Somebody is there from now on."""

    person: int


@dataclass(frozen=True)
class Leave(Step):
    """Somebody is gone."""

    person: int


@dataclass(frozen=True)
class Call(Step):
    """An item is called up; the one before it is over."""

    item: int


@dataclass(frozen=True)
class Ask(Step):
    """Somebody wishes to speak."""

    person: int


@dataclass(frozen=True)
class Unask(Step):
    """Somebody takes that back."""

    person: int


@dataclass(frozen=True)
class Give(Step):
    """The chair gives somebody the floor."""

    person: int


@dataclass(frozen=True)
class End(Step):
    """Whoever speaks has spoken."""


@dataclass(frozen=True)
class Say(Step):
    """Words that were written down; of nobody in particular where `person` is None."""

    person: int | None
    text: str


@dataclass(frozen=True)
class Put(Step):
    """A question is put to the vote."""

    ballot: int


@dataclass(frozen=True)
class Close(Step):
    """The vote is over."""

    ballot: int


@dataclass(frozen=True)
class Deal(Step):
    """A motion is moved, seconded and dealt with."""

    motion: int


@dataclass(frozen=True)
class Resolve(Step):
    """Something is decided: by a vote, or by what the chair declares."""

    item: int
    text: str
    ballot: int | None


@dataclass(frozen=True)
class Assign(Step):
    """Somebody is to do something; `unit` where no person of the record is meant."""

    item: int
    text: str
    person: int | None
    unit: str = ""


@dataclass(frozen=True)
class Break(Step):
    """The meeting is interrupted until `until`."""

    until: datetime


@dataclass(frozen=True)
class Remark(Step):
    """Something that stands in the record and fits nowhere else: an entry of the minutes."""

    text: str


@dataclass
class Script:
    """A whole meeting."""

    title: str
    purpose: str
    zone: str
    quorum: str
    began_at: datetime
    ended_at: datetime
    people: list[Human] = field(default_factory=list)
    chair: int = 0
    secretaries: list[int] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    ballots: list[Ballot] = field(default_factory=list)
    motions: list[Motion] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    hall: str = ""
