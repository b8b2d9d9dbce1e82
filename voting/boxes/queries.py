"""Reading sealed boxes: unique counts, leaves, proofs, and whether somebody took part."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlmodel import col

from forum.base.among import among
from forum.base.db import Db
from voting.boxes import ballots, tree
from voting.boxes.models import (
    Ballot,
    Channel,
    Closing,
    NamedBallot,
    Participation,
    SealedBallot,
    SealedParticipation,
)
from voting.boxes.tree import Proof

CHUNK = 10_000


class ClosingRow(NamedTuple):
    """A closing record with its signature."""

    number: int
    poll_id: int
    record: str
    signature: str

    @property
    def facts(self) -> dict[str, Any]:
        """What was signed."""
        loaded: dict[str, Any] = json.loads(self.record)
        return loaded


class NamedRow(NamedTuple):
    """A vote of an open poll."""

    voter_id: int
    choice: str
    weight: int
    reason: str
    through_id: int | None = None
    share: int | None = None

    @property
    def ballot(self) -> dict[str, str]:
        """What the voter said."""
        return choice_of(self.choice, self.reason)


def choice_of(value: str, reason: str) -> dict[str, str]:
    """A choice as it stands in a ballot."""
    return {"vote": value, "reason": reason} if reason else {"vote": value}


def part(db: Db, poll: int, voter: int) -> Channel | None:
    """Through which channel somebody used their right to vote; None where they have not."""
    for model in (Participation, SealedParticipation):
        found = db.execute(
            select(col(model.channel)).where(
                col(model.poll_id) == poll, col(model.voter_id) == voter
            )
        ).scalar_one_or_none()
        if found is not None:
            return Channel(found)
    return None


def turnout(db: Db, poll: int) -> int:
    """How many have voted online, while the poll is open or after."""
    total = 0
    for model in (Participation, SealedParticipation):
        mine = (col(model.poll_id) == poll, col(model.channel) == Channel.ONLINE)
        total += db.execute(select(func.count()).where(*mine)).scalar_one()
    return total


def participants(db: Db, poll: int, *, limit: int) -> list[tuple[int, Channel]]:
    """Who took part in a closed poll, and how."""
    found = db.execute(
        select(col(SealedParticipation.voter_id), col(SealedParticipation.channel))
        .where(col(SealedParticipation.poll_id) == poll)
        .order_by(col(SealedParticipation.voter_id))
        .limit(limit)
    )
    return [(voter, Channel(channel)) for voter, channel in found]


def reasons(db: Db, poll: int) -> list[dict[str, str]]:
    """What was said for a reason in a closed secret poll: equal ballots once."""
    said = col(SealedBallot.canonical).startswith('{"choice":{"reason":', autoescape=True)
    query = select(col(SealedBallot.canonical)).where(col(SealedBallot.poll_id) == poll, said)
    found = (json.loads(text)["choice"] for text in db.execute(query).scalars())
    return list({(one["vote"], one["reason"]): one for one in found}.values())


_NAMED = tuple(col(getattr(NamedBallot, name)) for name in NamedRow._fields)


def named(db: Db, poll: int, *, limit: int | None = None) -> list[NamedRow]:
    """The votes of an open poll, by voter."""
    found = db.execute(
        select(*_NAMED)
        .where(col(NamedBallot.poll_id) == poll)
        .order_by(col(NamedBallot.voter_id))
        .limit(limit)
    )
    return [NamedRow(*row) for row in found]


def own_vote(db: Db, poll: int, voter: int) -> NamedRow | None:
    """Somebody's vote in an open poll, by themselves or through another."""
    found = db.execute(
        select(*_NAMED).where(col(NamedBallot.poll_id) == poll, col(NamedBallot.voter_id) == voter)
    ).one_or_none()
    return NamedRow(*found) if found else None


def sealed(db: Db, poll: int) -> Iterator[tuple[str, str]]:
    """(commit, canonical) of a closed secret poll, in the order of the commits."""
    found = db.execute(
        select(col(SealedBallot.commitment), col(SealedBallot.canonical))
        .where(col(SealedBallot.poll_id) == poll)
        .order_by(col(SealedBallot.commitment))
        .execution_options(yield_per=CHUNK)
    )
    yield from ((commit, text) for commit, text in found)


def named_leaves(rows: Sequence[NamedRow], poll: int, method: str) -> list[tuple[str, str]]:
    """(commit, canonical) of an open poll's votes, in the order of the commits."""
    texts = [
        ballots.named_ballot(
            poll, method, row.ballot, row.voter_id, row.weight, row.through_id, row.share
        )
        for row in rows
    ]
    return sorted((ballots.commitment(text), text.decode()) for text in texts)


def find(db: Db, poll: int, code: str) -> str:
    """The commitment of a sealed ballot, by it or by the ballot's random number; else empty."""
    match = col(SealedBallot.commitment) == code
    if ballots.is_nonce(code):
        match = col(SealedBallot.canonical).contains(f'"nonce":"{code}"')
    query = select(col(SealedBallot.commitment)).where(col(SealedBallot.poll_id) == poll, match)
    return db.execute(query).scalars().first() or ""


def prove(db: Db, poll: int, commit: str) -> Proof | None:
    """The proof that a ballot stands in a closed secret poll's tree; None where it does not."""
    commits = list(
        db.execute(
            select(col(SealedBallot.commitment))
            .where(col(SealedBallot.poll_id) == poll)
            .order_by(col(SealedBallot.commitment))
        ).scalars()
    )
    return tree.prove(commits, commits.index(commit)) if commit in commits else None


def _which(model: type[Any], key: str) -> Select[*tuple[Any, ...]]:
    """The statement for the keys that a box has: each batch of ballots asks it, so it is kept."""
    table = model.__table__.c
    return select(table.poll_id, table[key]).where(
        among(table.poll_id, "polls"), among(table[key], "keys")
    )


_BOXED = {True: _which(Ballot, "commitment"), False: _which(SealedBallot, "commitment")}
_PARTS = {
    True: _which(Participation, "voter_id"),
    False: _which(SealedParticipation, "voter_id"),
}


def boxed(db: Db, keys: Sequence[tuple[int, str]], *, live: bool) -> set[tuple[int, str]]:
    """Which of these (poll, commit) lie in the live box, or in the sealed one."""
    if not keys:
        return set()
    wanted = {"polls": {poll for poll, _commit in keys}, "keys": [commit for _, commit in keys]}
    return {(poll, commit) for poll, commit in db.execute(_BOXED[live], wanted).all()}


def parts(db: Db, pairs: Sequence[tuple[int, int]], *, live: bool) -> set[tuple[int, int]]:
    """Which of these (poll, voter) have used their right."""
    if not pairs:
        return set()
    wanted = {"polls": {poll for poll, _voter in pairs}, "keys": [voter for _, voter in pairs]}
    return {(poll, voter) for poll, voter in db.execute(_PARTS[live], wanted).all()}


def choices(
    db: Db, pairs: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], tuple[str, int | None]]:
    """What these (poll, voter) have chosen in open polls, and who cast it for them."""
    if not pairs:
        return {}
    polls, voters = zip(*pairs, strict=True)
    columns = ("poll_id", "voter_id", "choice", "through_id")
    query = select(*(col(getattr(NamedBallot, name)) for name in columns))
    wanted = (col(NamedBallot.poll_id).in_(set(polls)), col(NamedBallot.voter_id).in_(voters))
    found = db.execute(query.where(*wanted))
    return {(poll, voter): (choice, through) for poll, voter, choice, through in found}


def own(db: Db, pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Which of these (poll, voter) have voted themselves in open polls."""
    if not pairs:
        return set()
    polls, voters = zip(*pairs, strict=True)
    query = select(col(NamedBallot.poll_id), col(NamedBallot.voter_id)).where(
        col(NamedBallot.poll_id).in_(set(polls)),
        col(NamedBallot.voter_id).in_(voters),
        col(NamedBallot.through_id).is_(None),
    )
    return {(poll, voter) for poll, voter in db.execute(query)}


def at_venues(db: Db, poll: int) -> set[int]:
    """Who uses their right by hand or on paper in a poll that is open."""
    mine = (col(Participation.poll_id) == poll, col(Participation.channel) != Channel.ONLINE)
    return set(db.execute(select(col(Participation.voter_id)).where(*mine)).scalars())


def closing(db: Db, poll: int) -> ClosingRow | None:
    """The signed record of a closed poll."""
    found = closings(db, poll=poll)
    return found[0] if found else None


def closings(db: Db, *, poll: int | None = None) -> list[ClosingRow]:
    """The chain of closing records, or that of one poll."""
    query = select(
        col(Closing.number), col(Closing.poll_id), col(Closing.record), col(Closing.signature)
    )
    if poll is not None:
        query = query.where(col(Closing.poll_id) == poll)
    return [ClosingRow(*row) for row in db.execute(query.order_by(col(Closing.number)))]
