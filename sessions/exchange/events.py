"""What happens to archives; on the stream of the person who asked."""

from typing import ClassVar

from forum.base.events import Audience, Event


class ArchiveAsked(Event):
    """Somebody asked for a committee's minutes of a period as one file."""

    kind: ClassVar[str] = "exchange:archive:asked"
    audience: ClassVar[Audience] = Audience.MEMBER

    archive: int
    station: int
    first: str
    last: str


class ArchiveFinished(Event):
    """The file is there, with its SHA-256, for a week."""

    kind: ClassVar[str] = "exchange:archive:finished"
    audience: ClassVar[Audience] = Audience.MEMBER

    archive: int
    station: int
    digest: str
    size: int


class MeetingImported(Event):
    """A record of a meeting held elsewhere was played: from which kind of source, its digest."""

    kind: ClassVar[str] = "exchange:meeting:imported"

    meeting: int
    source: str
    digest: str
    people: int
    items: int
    polls: int
