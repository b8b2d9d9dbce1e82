"""Where a vote goes that was given to another, for its giver; and how many somebody carries.

Before the closing by names alone, never by how anybody voted. After the publication what it became.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, true
from sqlmodel import col

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.i18n import N_, _
from forum.members import queries as members
from voting.boxes import queries as boxes
from voting.boxes.models import Channel, NamedBallot, Participation
from voting.delegations import queries as delegations
from voting.delegations import walks
from voting.delegations.models import Fate
from voting.delegations.queries import Row
from voting.polls import marking, passing, queries
from voting.polls.models import Entitlement, PollState
from voting.polls.queries import PollRow

NAMES_MOST = 8
FATES = {
    Fate.CAST: N_("%(name)s voted for you: %(answer)s."),
    Fate.ABSTAINED: N_(
        "Nobody on the way took a side. %(name)s abstained, and so your vote is counted as well: "
        "%(answer)s."
    ),
    Fate.CYCLE: N_("Your vote came back to where it had been, and nobody there voted."),
    Fate.NOBODY: N_("Nobody to whom your vote came had voted."),
    Fate.TOO_MANY: N_(
        "More votes came to one person than one may carry: those that came the longest way, yours "
        "among them, could not be cast."
    ),
}


class Way(NamedTuple):
    """Where the reader's vote goes: to whom in turn, and what they themselves did about it."""

    names: Sequence[str] = ()
    given: Row | None = None
    waits: bool = False  # nobody on the way has voted yet
    again: bool = False  # it comes back to where it has been
    own: bool = False  # the reader voted


class Passed(NamedTuple):
    """A reader's part in the votes that were given to others in a poll."""

    can_give: bool = False
    way: Way = Way()
    carries: int = 0
    held: int = 0  # how many gave theirs to the reader in person
    fate: str = ""
    represented: bool = False
    names: Sequence[str] = ()
    ignored: Row | None = None  # what the reader gave, in a poll that does not follow it


def scopes(row: PollRow) -> tuple[str, str, str]:
    """Within what a vote in this poll may have been given away."""
    return passing.scopes(row.id, row.item_id, row.consultation_id)


def part(
    db: Db, actor: Actor | None, row: PollRow, right: queries.Right | None, *, eligible: bool
) -> Passed | None:
    """The reader's part; None where the reader has none. `eligible` until there is a roll."""
    if actor is None:
        return None
    if not passing.followed(row.rule):
        open_to = row.state is PollState.STARTED and right is not None
        given = foremost(db, actor, scopes(row)) if open_to else None
        return Passed(ignored=given) if given else None
    if row.state is PollState.PUBLISHED:
        return _after(db, actor, row)
    ahead = row.state is PollState.CREATED and eligible
    if ahead or (row.state is PollState.STARTED and right is not None):
        return _before(db, actor, row)
    return None


def _before(db: Db, actor: Actor, row: PollRow) -> Passed:
    field = _field(row)
    given = foremost(db, actor, field.places)
    held = walks.held(db, field, actor.id)
    if not given and not held:
        return Passed(can_give=True)
    way = _way(db, actor, row, field, given) if given else Way()
    carries = walks.carried(db, field, actor.id, passing.cap(row.rule)) if held else 0
    return Passed(True, way, carries, held)


def _way(db: Db, actor: Actor, row: PollRow, field: walks.Field, given: Row) -> Way:
    stops = walks.chain(db, field, actor.id, NAMES_MOST)
    walk = [one.member for one in stops]
    names = members.names(db, walk)
    return Way(
        [names[one] for one in walk],
        given,
        bool(walk) and not any(one.voted for one in stops),
        bool(walk) and (walk[-1] == actor.id or walk[-1] in walk[:-1]),
        boxes.own_vote(db, row.id, actor.id) is not None,
    )


def _field(row: PollRow) -> walks.Field:
    """How everybody stands in a poll that is ahead or open; ahead of it there is no roll."""

    def counts(member: walks.Person) -> ColumnElement[bool]:
        if row.state is not PollState.STARTED:
            return true()
        line = (col(Entitlement.poll_id) == row.id, col(Entitlement.member_id) == member)
        return exists().where(*line)

    def voted(member: walks.Person) -> ColumnElement[bool]:
        cast = (col(NamedBallot.poll_id) == row.id, col(NamedBallot.voter_id) == member)
        return exists().where(*cast)

    def aside(member: walks.Person) -> ColumnElement[bool]:
        part = (col(Participation.poll_id) == row.id, col(Participation.voter_id) == member)
        return exists().where(*part, col(Participation.channel) != Channel.ONLINE)

    return walks.Field(scopes(row), counts, voted, aside)


def foremost(db: Db, actor: Actor, places: Sequence[str]) -> Row | None:
    """What somebody gave that counts, of what holds in these places: the most specific first."""
    by_place = {each.place: each for each in delegations.given(db, actor.id, places)}
    return next((by_place[place] for place in places if place in by_place), None)


def _after(db: Db, actor: Actor, row: PollRow) -> Passed | None:
    carries = delegations.carried(db, row.id, actor.id)
    mine = delegations.kept_of(db, row.id, actor.id)
    if mine is None:
        return Passed(carries=carries) if carries else None
    walk = walks.kept_way(db, row.id, actor.id, NAMES_MOST)
    names = members.names(db, {*walk, mine.holder_id or mine.delegate_id})
    own = boxes.own_vote(db, row.id, actor.id)
    facts = {
        "name": names.get(mine.holder_id or 0, ""),
        "answer": marking.words(row.way, row.rule, own.choice) if own else "",
    }
    return Passed(
        carries=carries,
        fate=_(FATES[mine.fate]) % facts,
        represented=mine.holder_id is not None,
        names=[names[one] for one in walk],
    )


def panel(db: Db, actor: Actor, places: Sequence[str]) -> dict[str, Any]:
    """What somebody gave that counts there, the most specific of `places` first; what they hold."""
    held = delegations.givers(db, actor.id, places)
    return {"given": foremost(db, actor, places), "held": held}
