"""Reading a closed box whole: once through, in portions, to unique ballots and the tree's root.

Each portion is a query of its own, so that a count outside the closing need not keep one snapshot:
a snapshot that lasts keeps SQLite's log full of what was removed, and PostgreSQL's boxes locked.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from forum.base.db import Db
from voting.boxes import ballots, queries
from voting.boxes.models import NamedBallot, SealedBallot
from voting.boxes.queries import NamedRow
from voting.boxes.tree import Growing

PORTION = 20_000

Source = Callable[[], AbstractContextManager[Db]]
Leaves = Sequence[tuple[str, str]]  # (commitment, canonical text)
Commits = Callable[[Leaves], list[str]]
_FIELDS = tuple(col(getattr(NamedBallot, name)) for name in NamedRow._fields)


class Counted(NamedTuple):
    """Equal ballots counted together: what they say, their votes, and how many there are.

    `shares` is what they weigh where the poll counts that as well.
    """

    choice: Mapping[str, str]
    votes: int
    ballots: int
    shares: int = 0


@dataclass
class Box:
    """What was read out of a box: unique ballots, how many in all, and the root over them."""

    size: int = 0
    root: str = ""
    through: int = 0  # of an open poll: cast by another
    heads: Counter[str] = field(default_factory=Counter)  # of a secret one: equal beginnings
    said: Counter[tuple[str, str]] = field(default_factory=Counter)
    votes: Counter[tuple[str, str]] = field(default_factory=Counter)
    shares: Counter[tuple[str, str]] = field(default_factory=Counter)

    def equal(self) -> Iterator[Counted]:
        """Equal ballots together."""
        for head, number in self.heads.items():
            yield Counted(_choice(head), number, number)
        for one, number in self.said.items():
            yield Counted(queries.choice_of(*one), self.votes[one], number, self.shares[one])


def _choice(head: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(head.removesuffix(",") + "}")["choice"]
    return found


def as_kept(leaves: Leaves) -> list[str]:
    """The commitments under which ballots lie in the box."""
    return [commit for commit, _text in leaves]


def inside(tx: Db) -> Source:
    """Portions from a session that is open: within a closing, or for who looks at one snapshot."""
    return lambda: nullcontext(tx)


def size(db: Db, poll: int, *, secret: bool) -> int:
    """How many ballots lie in a closed box."""
    column = col(SealedBallot.poll_id) if secret else col(NamedBallot.poll_id)
    return int(db.execute(select(func.count()).where(column == poll)).scalar_one())


def more_than(db: Db, poll: int, number: int, *, secret: bool) -> bool:
    """Whether so many and more lie in it, without counting a large one."""
    column = col(SealedBallot.poll_id) if secret else col(NamedBallot.poll_id)
    found = db.execute(select(column).where(column == poll).limit(1).offset(number)).first()
    return found is not None


def read(
    source: Source,
    poll: int,
    method: str,
    *,
    secret: bool,
    commits: Commits = as_kept,
    tell: Callable[[int], None] | None = None,
) -> Box:
    """Read every ballot once; `tell` hears how many were read.

    `commits` says by what a portion of leaves stands in the tree, where that is not believed.
    """
    box, tree = Box(), Growing()
    unsorted: list[str] = []
    for leaves in _secret(source, poll, box) if secret else _named(source, poll, method, box):
        if secret:  # they come in the order of the tree
            tree.add(commits(leaves))
        else:
            unsorted += commits(leaves)
        box.size += len(leaves)
        if tell:
            tell(box.size)
    tree.add(sorted(unsorted))
    box.root = tree.root()
    return box


def _secret(source: Source, poll: int, box: Box) -> Iterator[Leaves]:
    """In canonical bytes all that differs between equal ballots is the nonce, near the end."""
    cut = len('"nonce":"' + ballots.fresh_nonce() + ballots.blank(poll, "", {}).after)
    key, said = col(SealedBallot.commitment), col(SealedBallot.canonical)
    query = select(key, said).where(col(SealedBallot.poll_id) == poll).order_by(key).limit(PORTION)
    last = ""
    while True:
        with source() as db:
            rows = [(commit, text) for commit, text in db.execute(query.where(key > last))]
        if not rows:
            return
        last = rows[-1][0]
        box.heads.update([text[:-cut] for _commit, text in rows])
        yield rows


def _named(source: Source, poll: int, method: str, box: Box) -> Iterator[Leaves]:
    query = select(*_FIELDS).where(col(NamedBallot.poll_id) == poll)
    query = query.order_by(col(NamedBallot.voter_id)).limit(PORTION)
    last = -1
    while True:
        with source() as db:
            found = db.execute(query.where(col(NamedBallot.voter_id) > last)).all()
        if not found:
            return
        rows = [NamedRow(*row) for row in found]
        last = rows[-1].voter_id
        for row in rows:
            said = (row.choice, row.reason)
            box.said[said] += 1
            box.votes[said] += row.weight
            box.shares[said] += row.share or 0
        box.through += sum(row.through_id is not None for row in rows)
        yield queries.named_leaves(rows, poll, method)
