"""Where a vote goes that was given to another, for its giver; and how many somebody carries.

Before the closing by names alone, never by how anybody voted. After the publication what it became.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.i18n import N_, _
from forum.members import queries as members
from voting.boxes import queries as boxes
from voting.delegations import queries as delegations
from voting.delegations import rules as walking
from voting.delegations.models import Fate
from voting.delegations.queries import Row
from voting.polls import marking, passing, queries
from voting.polls.models import PollState
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
        given = _given(db, actor, row) if row.state is PollState.STARTED and right else None
        return Passed(ignored=given) if given else None
    if row.state is PollState.PUBLISHED:
        return _after(db, actor, row)
    ahead = row.state is PollState.CREATED and eligible
    if ahead or (row.state is PollState.STARTED and right is not None):
        return _before(db, actor, row)
    return None


def _before(db: Db, actor: Actor, row: PollRow) -> Passed:
    mine = delegations.here(db, actor.id, scopes(row))
    if not mine:
        return Passed(can_give=True)
    given = walking.specific(delegations.words(db, scopes(row)))
    if row.state is PollState.STARTED:
        on_roll = set(queries.on_roll(db, row.id))
        given = {one: to for one, to in given.items() if one in on_roll}
    voted = boxes.voters(db, row.id)
    walk = walking.chain(given, voted, actor.id, NAMES_MOST)
    names = members.names(db, walk)
    way = Way(
        [names[one] for one in walk],
        foremost(mine, actor, scopes(row)),
        bool(walk) and not voted.intersection(walk),
        bool(walk) and (walk[-1] == actor.id or walk[-1] in walk[:-1]),
        actor.id in voted,
    )
    if_i_vote = dict.fromkeys(voted | {actor.id}, True)
    aside = boxes.at_venues(db, row.id)
    ways = walking.resolve(given, if_i_vote, passing.cap(row.rule), aside=aside)
    carries = sum(one.holder == actor.id for one in ways.values())
    held = sum(to == actor.id for to in given.values())
    return Passed(True, way, carries, held)


def _given(db: Db, actor: Actor, row: PollRow) -> Row | None:
    return foremost(delegations.here(db, actor.id, scopes(row)), actor, scopes(row))


def foremost(rows: Sequence[Row], actor: Actor, places: Sequence[str]) -> Row | None:
    """What somebody gave that counts, of what holds in these places: the most specific first."""
    by_place = {each.place: each for each in rows if each.giver_id == actor.id}
    return next((by_place[place] for place in places if place in by_place), None)


def _after(db: Db, actor: Actor, row: PollRow) -> Passed | None:
    kept = delegations.kept(db, row.id)
    carries = sum(one.holder_id == actor.id for one in kept.values())
    mine = kept.get(actor.id)
    if mine is None:
        return Passed(carries=carries) if carries else None
    walk = [mine.delegate_id]
    while walk[-1] != mine.holder_id and walk[-1] in kept and len(walk) < NAMES_MOST:
        walk.append(kept[walk[-1]].delegate_id)
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
    rows = delegations.here(db, actor.id, places)
    held = {row.giver_id for row in rows if row.giver_id != actor.id}
    return {"given": foremost(rows, actor, places), "held": len(held)}
