"""What one person sees of themselves in a meeting: where they are, whether they may speak, vote."""

from typing import Any, NamedTuple

from forum.base.auth import Actor
from forum.base.db import Db
from sessions.floor import queries, turns
from sessions.floor.models import Lane, SpeechState
from sessions.floor.queries import SpeechRow
from sessions.floor.situation import Situation
from sessions.meetings import presence, rules
from sessions.meetings.models import MeetingState, VenueKind
from sessions.meetings.presence import Interval
from sessions.meetings.queries import MeetingAccess
from voting.polls import page
from voting.polls import queries as polls
from voting.polls.models import PollState


class Mine(NamedTuple):
    """One's own state."""

    signed_in: bool = False
    may_check_in: bool = False
    here: Interval | None = None
    venue: str = ""
    online: bool = False
    entitled: bool = False
    may_ask: bool = False
    left: int | None = None
    waiting: SpeechRow | None = None
    holding: SpeechRow | None = None
    point: SpeechRow | None = None
    may_raise: bool = False
    vote: str = "none"
    choice: str = ""


def mine(db: Db, access: MeetingAccess, now: Situation) -> Mine:
    """One's own state; a guest has none."""
    meeting, actor = access.meeting, access.actor
    if actor is None:
        return Mine()
    here = presence.here(db, meeting.id, [actor.id]).get(actor.id)
    venue = access.venue(here.venue_id) if here else None
    own = queries.own(db, meeting, actor.id)
    speeches = [row for row in own if row.lane is Lane.SPEECH]
    entitled = presence.entitled(db, meeting.id, [actor.id]).get(actor.id, False)
    has_online = any(one.kind is VenueKind.ONLINE for one in access.venues)
    heard = here is not None and (entitled or access.chairs) and not access.access.standing.muted
    return Mine(
        signed_in=True,
        may_check_in=has_online and here is None and meeting.state in rules.ATTENDED,
        here=here,
        venue=venue.name if venue else "",
        online=venue is not None and venue.kind is VenueKind.ONLINE,
        entitled=entitled,
        waiting=next((row for row in speeches if row.state is SpeechState.WAITING), None),
        holding=next((row for row in own if row.state in turns.HOLDING), None),
        point=next((row for row in own if row.lane is Lane.ORDER and row.open), None),
        **_asking(now, own, actor) if heard else {},
        **_voting(db, actor, now),
    )


def _asking(now: Situation, own: list[SpeechRow], actor: Actor) -> dict[str, Any]:
    floor = now.speakers
    if not floor.open or now.meeting.state is not MeetingState.IN_SESSION:
        return {}
    taken = queries.taken(own, actor.id)
    left = None if floor.times is None else max(0, floor.times - taken)
    return {"may_ask": not floor.closed and left != 0, "may_raise": True, "left": left}


def _voting(db: Db, actor: Actor, now: Situation) -> dict[str, Any]:
    if now.poll is None or now.poll.state is not PollState.STARTED:
        return {}
    part = page.mine(db, actor, polls.poll_access(db, actor, now.poll.id).poll)
    own = part["own"]
    return {"vote": part["mine"].value, "choice": own["vote"] if own else ""}
