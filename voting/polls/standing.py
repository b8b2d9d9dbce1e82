"""Who stands in for whom in a poll of a meeting, and what each may still cast for others."""

from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.i18n import _
from forum.members import queries as members
from voting.boxes import queries as boxes
from voting.boxes.models import Channel
from voting.polls import marking, page
from voting.polls.models import Entitlement, PollState
from voting.polls.queries import PollRow, Right


class Stand(StrEnum):
    """How it stands with the vote of somebody represented, for whoever stands in for them."""

    OPEN = "open"
    CHANGE = "change"
    OWN = "own"  # they voted themselves
    CAST = "cast"  # a ballot is in the box, by one of the two
    VENUE = "venue"
    MISSED = "missed"


class StoodFor(NamedTuple):
    """Somebody represented, and what was cast for them where that is known to the reader."""

    id: int
    name: str
    stand: Stand
    said: str = ""

    @property
    def castable(self) -> bool:
        """Whether something can be cast for them now."""
        return self.stand in (Stand.OPEN, Stand.CHANGE)


def represented(db: Db, poll: int) -> int:
    """How many stand on the roll by proxy."""
    mine = (col(Entitlement.poll_id) == poll, col(Entitlement.holder_id).is_not(None))
    return int(db.execute(select(func.count()).where(*mine)).scalar_one())


def stood_for(db: Db, row: PollRow, holder: int) -> list[StoodFor]:
    """For whom somebody stands in, and how it stands with the votes of these."""
    found = db.execute(
        select(col(Entitlement.member_id), col(Entitlement.channel)).where(
            col(Entitlement.poll_id) == row.id, col(Entitlement.holder_id) == holder
        )
    )
    channels = {member: Channel(channel) for member, channel in found}
    if not channels:
        return []
    pairs = [(row.id, member) for member in channels]
    live = row.state is PollState.STARTED
    used = boxes.parts(db, pairs, live=live)
    cast = {} if row.secret else boxes.choices(db, pairs)
    casting = page.open_now(row, clock.now())
    names = members.names(db, list(channels))

    def stand(member: int) -> tuple[Stand, str]:
        if channels[member] is not Channel.ONLINE:
            return Stand.VENUE, ""
        choice, through = cast.get((row.id, member), ("", None))
        if (row.id, member) not in used:
            return (Stand.OPEN if casting else Stand.MISSED), ""
        if row.secret:
            return Stand.CAST, ""
        if through != holder:
            return Stand.OWN, ""
        said = marking.words(row.way, row.rule, choice)
        return (Stand.CHANGE if casting else Stand.CAST), said

    shown = [StoodFor(one, names[one], *stand(one)) for one in channels]
    return sorted(shown, key=lambda one: (one.name, one.id))


def part(
    db: Db, actor: Actor | None, row: PollRow, mine: str, right: Right | None
) -> dict[str, Any]:
    """The reader as one who stands in, or for whom another does: `voices` are the votes to cast."""
    stood = stood_for(db, row, actor.id) if actor and row.meeting else []
    voices = [(str(one.id), one.name) for one in stood if one.castable]
    if voices and actor and mine in (page.Mine.VOTE, page.Mine.CHANGE):
        voices.insert(0, (str(actor.id), _("For myself")))
    holder = right.holder_id if right else None
    return {
        "stood_for": stood,
        "voices": voices,
        "stands_in": members.names(db, [holder]).get(holder, "") if holder else "",
        "by_proxy": represented(db, row.id) if row.meeting and row.present else 0,
    }
