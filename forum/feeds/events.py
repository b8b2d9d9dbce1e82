"""What happens to the link of somebody's calendar; on the person's own stream."""

from typing import ClassVar

from forum.base.events import Audience, Event


class CalendarLinked(Event):
    """A secret link shows somebody's calendar; an earlier link shows nothing any more."""

    kind: ClassVar[str] = "feeds:calendar:linked"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


class CalendarUnlinked(Event):
    """No link shows somebody's calendar any more."""

    kind: ClassVar[str] = "feeds:calendar:unlinked"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
