"""What happens to a meeting that goes on another day, or was opened by mistake."""

from datetime import datetime
from typing import ClassVar

from forum.base.events import Event


class MeetingSuspended(Event):
    """A sitting ended; the next one, of this number, is to begin then."""

    kind: ClassVar[str] = "meetings:meeting:suspended"
    sitting: int
    starts_at: datetime
    ends_at: datetime | None
    present: int


class MeetingContinued(Event):
    """The chair opened a further sitting."""

    kind: ClassVar[str] = "meetings:meeting:continued"
    sitting: int
    entitled: int
    present: int
    venues: dict[str, int]


class MeetingUnopened(Event):
    """The opening was a mistake: this sitting has not begun yet."""

    kind: ClassVar[str] = "meetings:meeting:unopened"
    sitting: int


class SittingDropped(Event):
    """The sitting that had been announced does not take place; the meeting ends without it."""

    kind: ClassVar[str] = "meetings:sitting:dropped"
    sitting: int
