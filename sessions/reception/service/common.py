"""What the verbs of this room share: the locked meeting, whose visitor it is, what is told."""

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, NotFound
from forum.base.events import Event, record
from forum.base.i18n import _
from forum.base.refs import ref
from sessions.meetings.models import MeetingState
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.service.common import hold
from sessions.reception import queries, rules
from sessions.reception.events import VenueCounted
from sessions.reception.models import Receiver, Visitor, Word
from sessions.reception.queries import Counter


def at_counter(tx: Db, actor: Actor, meeting: int) -> Counter:
    """The register, with its meeting locked: two desks write one after the other."""
    hold(tx, actor, meeting)
    return queries.counter(tx, actor, meeting)


def require(access: MeetingAccess, states: frozenset[MeetingState]) -> None:
    """A Conflict unless the meeting is in one of these states."""
    if access.meeting.state not in states:
        if access.meeting.state is MeetingState.DRAFT:
            raise Conflict(_("One is received once the meeting is convened."))
        raise Conflict(_("The reception is over; its record stays as it is."))


def take(tx: Db, actor: Actor, meeting: int, visitor: int) -> tuple[Counter, Visitor]:
    """A visitor of this reception, for those who keep the register there or receive them."""
    found = at_counter(tx, actor, meeting)
    return found, _theirs(tx, actor, found, visitor)


def _theirs(tx: Db, actor: Actor, found: Counter, visitor: int) -> Visitor:
    row = tx.get(Visitor, visitor, populate_existing=True)
    if row is None or row.meeting_id != found.access.meeting.id:
        raise NotFound(_("This reception has no such visitor."))
    receives = found.receives and tx.get(Receiver, (visitor, actor.id)) is not None
    if not (found.keeps(row.venue_id) or receives):
        raise Forbidden(_("Only the desk of this venue and whoever receives them may do this."))
    return row


def take_word(tx: Db, actor: Actor, meeting: int, word: int) -> tuple[Counter, Visitor, Word]:
    """A word that stands, for the same people, while it may be put in order.

    It is read behind the lock: what the desk before has written is what is judged.
    """
    found = at_counter(tx, actor, meeting)
    row = tx.get(Word, word, populate_existing=True)
    if row is None or row.meeting_id != meeting:
        raise NotFound(_("This reception has no such word."))
    visitor = _theirs(tx, actor, found, row.visitor_id)
    require(found.access, rules.WRITTEN)
    if row.struck:
        raise Conflict(_("This word was struck: record it again if it was right."))
    return found, visitor, row


def tell(tx: Db, actor: Actor | None, meeting: int, event: Event, *, subject: str) -> None:
    """Record an event on the meeting's stream."""
    record(tx, actor, event, stream=ref("meeting", meeting), subject=subject)


def count(tx: Db, meeting: int, venue: int) -> None:
    """Tell everybody how a venue stands; nobody's name is with it, not even the clerk's."""
    here = next(one for one in queries.tally(tx, meeting).venues if one.id == venue)
    event = VenueCounted(venue, list(here.serving), here.waiting, here.received, here.words)
    record(tx, None, event, stream=ref("meeting", meeting), subject=ref("venue", venue))
