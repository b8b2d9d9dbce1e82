"""What one person sees of themselves in a meeting: where they are, whether they may speak, vote."""

from typing import Any, NamedTuple

from forum.base.auth import Actor
from forum.base.db import Db
from sessions.floor import queries, turns
from sessions.floor.ballots import current_poll
from sessions.floor.models import Lane, SpeechState
from sessions.floor.queries import SpeechRow
from sessions.meetings import presence, rules
from sessions.meetings.models import VenueKind
from sessions.meetings.presence import Interval
from sessions.meetings.queries import MeetingAccess
from voting.polls import page


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


def mine(db: Db, actor: Actor | None, access: MeetingAccess) -> Mine:
    """One's own state; a guest has none."""
    meeting = access.meeting
    if actor is None:
        return Mine()
    here = presence.here(db, meeting.id, [actor.id]).get(actor.id)
    venue = access.venue(here.venue_id) if here else None
    own = queries.own(db, meeting, actor.id)
    speeches = [row for row in own if row.lane is Lane.SPEECH]
    entitled = presence.entitled(db, meeting.id, [actor.id]).get(actor.id, False)
    has_online = any(one.kind is VenueKind.ONLINE for one in access.venues)
    return Mine(
        signed_in=True,
        may_check_in=has_online and here is None and meeting.state in rules.ATTENDED,
        here=here,
        venue=venue.name if venue else "",
        online=venue is not None and venue.kind is VenueKind.ONLINE,
        entitled=entitled,
        waiting=next((row for row in speeches if row.state is SpeechState.WAITING), None),
        holding=next((row for row in own if row.state in turns.HOLDING), None),
        point=next((row for row in own if row.lane is Lane.ORDER), None),
        **_asking(db, actor, access, present=here is not None and (entitled or access.chairs)),
        **_voting(db, actor, access),
    )


def _asking(db: Db, actor: Actor, access: MeetingAccess, *, present: bool) -> dict[str, Any]:
    meeting = access.meeting
    item = meeting.current_item_id
    listed = queries.speaking_list(db, meeting.id, item) if item is not None else None
    heard = not access.access.standing.muted and meeting.state == rules.S.IN_SESSION
    if listed is None or not (present and heard):
        return {}
    taken = queries.taken(queries.speeches(db, meeting.id, listed.item_id), actor.id)
    left = None if listed.times is None else max(0, listed.times - taken)
    return {"may_ask": not listed.closed and left != 0, "may_raise": True, "left": left}


def _voting(db: Db, actor: Actor, access: MeetingAccess) -> dict[str, Any]:
    found = current_poll(db, access.meeting)
    if found is None:
        return {}
    part = page.mine(db, actor, found[0])
    own = part["own"]
    return {"vote": part["mine"].value, "choice": own["vote"] if own else ""}
