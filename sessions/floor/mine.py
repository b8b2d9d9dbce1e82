"""What one person sees of themselves in a meeting: where they are, whether they may speak, vote."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from forum.base.auth import Actor
from forum.base.db import Db
from sessions.convening.queries import replies
from sessions.floor import cards, queries, turns
from sessions.floor.models import Card, Lane, SpeechState
from sessions.floor.queries import SpeechRow
from sessions.floor.situation import Situation
from sessions.floor.speakers import Line
from sessions.floor.turns import Left
from sessions.meetings import presence, rules
from sessions.meetings.models import MeetingState, VenueKind
from sessions.meetings.presence import Interval
from sessions.meetings.queries import MeetingAccess
from sessions.motions.queries import NOTHING, Own, own_part
from voting.polls import page, standing
from voting.polls import queries as polls
from voting.polls.models import PollState

# What else of a meeting goes on for whoever takes part: an address and its words, by rooms above.
Way = Callable[[Db, MeetingAccess], tuple[str, str] | None]
_ways: list[Way] = []


def elsewhere(way: Way) -> Way:
    """Lead from everybody's own part of a meeting to something that goes on in it."""
    _ways.append(way)
    return way


class Mine(NamedTuple):
    """One's own state."""

    signed_in: bool = False
    id: int = 0
    may_check_in: bool = False
    here: Interval | None = None
    venue: str = ""
    online: bool = False
    entitled: bool = False
    reply: str = ""  # whether a reply is asked, or was given
    may_ask: bool = False
    left: int | None = None
    left_ms: int | None = None
    cards: frozenset[Card] = frozenset()
    may_show: bool = False
    interjecting: frozenset[Lane] = frozenset()
    asked: Sequence[SpeechRow] = ()
    questions: Sequence[Line] = ()
    group: str = ""
    may_appeal: bool = False
    waiting: SpeechRow | None = None
    holding: SpeechRow | None = None
    point: SpeechRow | None = None
    may_raise: bool = False
    motions: Own = NOTHING
    vote: str = "none"
    choice: str = ""
    voices: Sequence[str] = ()  # for whom a vote can be cast besides
    elsewhere: Sequence[tuple[str, str]] = ()


def mine(db: Db, access: MeetingAccess, now: Situation) -> Mine:
    """One's own state; a guest has none."""
    meeting, actor = access.meeting, access.actor
    ways = [found for way in _ways if (found := way(db, access))]
    if actor is None:
        return Mine(elsewhere=ways)
    here = presence.here(db, meeting.id, [actor.id]).get(actor.id)
    venue = access.venue(here.venue_id) if here else None
    own = queries.own(db, meeting, actor.id)
    speeches = [row for row in own if row.lane is Lane.SPEECH]
    holding = next((row for row in own if row.state in turns.HOLDING), None)
    entitled = presence.entitled(db, meeting.id, [actor.id]).get(actor.id, False)
    has_online = any(one.kind is VenueKind.ONLINE for one in access.venues)
    heard = here is not None and (entitled or access.chairs) and not access.access.standing.muted
    return Mine(
        signed_in=True,
        id=actor.id,
        may_check_in=has_online and here is None and meeting.receives,
        here=here,
        venue=venue.name if venue else "",
        online=venue is not None and venue.kind is VenueKind.ONLINE,
        entitled=entitled,
        reply=replies.asked(db, meeting.id, actor.id)
        if entitled and meeting.state in rules.AHEAD
        else "",
        waiting=next((row for row in speeches if row.state is SpeechState.WAITING), None),
        holding=holding,
        questions=_questions(now, holding),
        group=queries.groups(db, meeting.id).of.get(actor.id, "") if now.speakers.grouped else "",
        interjecting=frozenset(row.lane for row in own if row.open),
        asked=[
            row
            for row in own
            if row.state is SpeechState.WAITING and row.lane in (Lane.QUESTION, Lane.INTERVENTION)
        ],
        point=next((row for row in own if row.lane is Lane.ORDER and row.open), None),
        **_asking(db, now, actor) if heard else {},
        **_showing(db, access, now) if here is not None else {},
        motions=own_part(db, access, now.motions),
        **_voting(db, actor, now),
        elsewhere=ways,
    )


def _questions(now: Situation, holding: SpeechRow | None) -> list[Line]:
    """The questions that wait for my answer: all of them are put to whoever speaks."""
    if holding is None or holding.lane is Lane.ORDER:
        return []
    return [
        line
        for line in now.speakers.waiting
        if line.lane is Lane.QUESTION and line.accepted is None
    ]


def _asking(db: Db, now: Situation, actor: Actor) -> dict[str, Any]:
    floor, meeting = now.speakers, now.meeting
    if meeting.current_item_id is None or meeting.state is not MeetingState.IN_SESSION:
        return {}
    listed = queries.speaking_list(db, meeting.id, meeting.current_item_id)
    if listed is None:
        return {}
    left = queries.left(db, listed, meeting.id, [actor.id]).get(actor.id, Left(None, None))
    return {
        "may_ask": not floor.closed and not left.nothing,
        "may_raise": True,
        "may_appeal": presence.entitled(db, meeting.id, [actor.id]).get(actor.id, False),
        "left": left.times,
        "left_ms": left.ms,
    }


def _showing(db: Db, access: MeetingAccess, now: Situation) -> dict[str, Any]:
    """Whoever is here holds up cards while an item is open."""
    sitting = now.meeting.state is MeetingState.IN_SESSION and now.current is not None
    if access.actor is None or not sitting or access.access.standing.muted:
        return {}
    held = cards.own(db, access.meeting.id, access.actor.id)
    return {"cards": held, "may_show": True}


def _voting(db: Db, actor: Actor, now: Situation) -> dict[str, Any]:
    if now.poll is None or now.poll.state is not PollState.STARTED:
        return {}
    row = polls.poll_access(db, actor, now.poll.id).poll
    part = page.mine(db, actor, row)
    own = part["own"]
    waiting = [one.name for one in standing.stood_for(db, row, actor.id) if one.castable]
    return {"vote": part["mine"].value, "choice": own["vote"] if own else "", "voices": waiting}
