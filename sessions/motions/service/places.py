"""Where a motion can be sent: a later meeting of the consultation, a committee or station."""

from forum.base import links
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Invalid, NotFound
from forum.base.i18n import _
from forum.base.links import Relation, link
from forum.base.refs import parse, ref
from sessions.meetings import queries as meetings
from sessions.meetings import rules as meeting_rules
from sessions.meetings.queries import MeetingAccess
from sessions.motions.models import Motion


def later_meeting(tx: Db, actor: Actor, access: MeetingAccess, to: int | None) -> int | None:
    """A meeting of the same consultation that has not begun; Invalid for any other."""
    if to is None:
        return None
    sentence = _("Choose a meeting of this consultation that is still to come.")
    try:
        row = meetings.meeting_access(tx, actor, to).meeting
    except NotFound:
        raise Invalid(sentence, fields={"to": sentence}) from None
    same = row.consultation_id == access.meeting.consultation_id
    if not same or row.state not in meeting_rules.PREPARING:
        raise Invalid(sentence, fields={"to": sentence})
    return row.id


def place_of(tx: Db, actor: Actor, place: str) -> str | None:
    """A committee or station by its reference; Invalid where there is none."""
    if not place:
        return None
    try:
        kind, _ident = parse(place)
    except ValueError:
        kind = ""
    if kind != "station" or not links.steps(tx, actor, [place]):
        sentence = _("There is no such committee or station.")
        raise Invalid(sentence, fields={"place": sentence})
    return place


def tie(tx: Db, row: Motion) -> None:
    """Tie a motion to where it was sent, so that it is found there."""
    here = ref("motion", row.id)
    if row.to_meeting_id is not None:
        link(tx, here, Relation.HELD_IN, ref("meeting", row.to_meeting_id))
    if row.referred_to:
        link(tx, here, Relation.REFERRED_TO, row.referred_to)
