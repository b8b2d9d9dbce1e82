"""What happens in a meeting; all of it on the meeting's own stream, "meeting:<id>".

The minutes are a projection of these: each carries the numbers as they were at that moment.
"""

from datetime import datetime
from typing import ClassVar

from forum.base.events import Audience, Event
from forum.base.registry import sealed
from sessions.meetings.models import Link, MeetingNotice, Method, Mode, VenueKind
from voting.boxes.models import Channel


class MeetingDrafted(Event):
    """A meeting is in preparation; only those who run it see it."""

    kind: ClassVar[str] = "meetings:meeting:drafted"
    audience: ClassVar[Audience] = Audience.MODERATOR
    consultation: int
    starts_at: datetime


class MeetingChanged(Event):
    """Title, times or quorum are others; `moved` when people who were invited must know."""

    kind: ClassVar[str] = "meetings:meeting:changed"
    starts_at: datetime
    ends_at: datetime | None
    quorum: tuple[int, int, bool]
    moved: bool


class MeetingConvened(Event):
    """Everybody eligible is invited; the roll is drawn."""

    kind: ClassVar[str] = "meetings:meeting:convened"
    starts_at: datetime
    entitled: int


class MeetingCalledOff(Event):
    """A convened meeting does not take place as announced; it is in preparation again."""

    kind: ClassVar[str] = "meetings:meeting:called_off"
    consultation: str


class MeetingStarted(Event):
    """The chair opened the meeting."""

    kind: ClassVar[str] = "meetings:meeting:started"
    entitled: int
    present: int
    venues: dict[str, int]


class MeetingBroken(Event):
    """A recess began; `until` is when the chair means to go on."""

    kind: ClassVar[str] = "meetings:meeting:broken"
    until: datetime | None


class MeetingResumed(Event):
    """The recess is over."""

    kind: ClassVar[str] = "meetings:meeting:resumed"
    present: int


class MeetingAdjourned(Event):
    """The chair closed the meeting."""

    kind: ClassVar[str] = "meetings:meeting:adjourned"
    present: int


class MeetingReopened(Event):
    """A meeting closed by mistake goes on; `undone` is the further sitting that falls with that."""

    kind: ClassVar[str] = "meetings:meeting:reopened"
    present: int
    undone: int | None = None


class MeetingArchived(Event):
    """The meeting is laid down: nothing of it changes any more."""

    kind: ClassVar[str] = "meetings:meeting:archived"
    attended: int


class VenueSet(Event):
    """A venue was added, or is described otherwise."""

    kind: ClassVar[str] = "meetings:venue:set"
    venue: int
    place: VenueKind
    operator: int | None


class VenueDropped(Event):
    """A venue is no longer part of the meeting, or of the sittings that are to come."""

    kind: ClassVar[str] = "meetings:venue:dropped"
    venue: int


class LinkChanged(Event):
    """A venue's desk declared its connection to the main venue up or down."""

    kind: ClassVar[str] = "meetings:venue:linked"
    venue: int
    link: Link
    present: int


class RollChanged(Event):
    """Somebody was put on the roll of the meeting or taken off it."""

    kind: ClassVar[str] = "meetings:roll:changed"
    audience: ClassVar[Audience] = Audience.DESK
    meeting: str
    member: int
    entitled: bool


class AgendaSet(Event):
    """The order of the day is this one."""

    kind: ClassVar[str] = "meetings:agenda:set"
    items: list[int]


class ItemOpened(Event):
    """The chair called an item up; it is the current one."""

    kind: ClassVar[str] = "meetings:item:opened"
    item: int
    position: int
    present: int


class ItemClosed(Event):
    """The chair closed the current item; `how` is the state it was left in."""

    kind: ClassVar[str] = "meetings:item:closed"
    item: int
    how: str


class CheckedIn(Event):
    """Somebody is present at a venue from now on."""

    kind: ClassVar[str] = "meetings:attendance:checked_in"
    audience: ClassVar[Audience] = Audience.MEMBER
    coalesce: ClassVar[bool] = True
    attendance: int
    member: int
    venue: int
    mode: Mode
    method: Method


class Moved(Event):
    """Somebody present went from one venue to another."""

    kind: ClassVar[str] = "meetings:attendance:moved"
    audience: ClassVar[Audience] = Audience.MEMBER
    coalesce: ClassVar[bool] = True
    attendance: int
    member: int
    venue: int
    before: int
    mode: Mode
    method: Method


class CheckedOut(Event):
    """Somebody left, as they or a desk said; a lost connection is no departure."""

    kind: ClassVar[str] = "meetings:attendance:checked_out"
    audience: ClassVar[Audience] = Audience.MEMBER
    coalesce: ClassVar[bool] = True
    attendance: int
    member: int
    venue: int
    method: Method


class CheckInUndone(Event):
    """A check-in made by mistake does not count."""

    kind: ClassVar[str] = "meetings:attendance:undone"
    audience: ClassVar[Audience] = Audience.MEMBER
    attendance: int
    member: int
    venue: int


class AttendanceCounted(Event):
    """How many are present now, in all (of the roll), as guests, and by venue; it names nobody."""

    kind: ClassVar[str] = "meetings:attendance:counted"
    coalesce: ClassVar[bool] = True
    entitled: int
    present: int
    guests: int
    venues: dict[str, int]


class QuorumDeclared(Event):
    """The chair declared whether there is a quorum."""

    kind: ClassVar[str] = "meetings:quorum:declared"
    check: int
    entitled: int
    present: int
    quorum: tuple[int, int, bool]
    needed: int
    reached: bool
    represented: int = 0


class PollHeld(Event):
    """A poll belongs to this meeting and item; `channel` is how the people in the halls vote."""

    kind: ClassVar[str] = "meetings:poll:held"
    poll: int
    item: int
    channel: Channel


class NoticeShown(Event):
    """The chair shows everybody a sentence."""

    kind: ClassVar[str] = "meetings:notice:shown"
    notice: int
    text: str


class NoticeTaken(Event):
    """The sentence is no longer shown."""

    kind: ClassVar[str] = "meetings:notice:taken"
    notice: int


class PersonTouched(Event):
    """Something of the meeting concerns this person: their own page looks again."""

    kind: ClassVar[str] = "meetings:person:touched"
    audience: ClassVar[Audience] = Audience.MEMBER
    meeting: int


sealed(NoticeShown, MeetingNotice, id_field="notice")
