"""What happens to papers. Nothing here says what stands on one."""

from dataclasses import field
from typing import ClassVar

from forum.base.events import Audience, Event
from forum.base.registry import sealed
from voting.polls.models import PollNote


class BatchOpened(Event):
    """A box is set up, to take papers of a vote."""

    kind: ClassVar[str] = "papers:box:opened"
    poll: int
    box: int


class PaperIssued(Event):
    """Somebody took a paper, and votes on it and not online."""

    kind: ClassVar[str] = "papers:paper:issued"
    audience: ClassVar[Audience] = Audience.DESK
    poll: int
    box: int
    member: int


class PaperReturned(Event):
    """A paper came back unused; whoever had it may vote online again."""

    kind: ClassVar[str] = "papers:paper:returned"
    audience: ClassVar[Audience] = Audience.DESK
    poll: int
    box: int
    member: int


class BatchBegun(Event):
    """A box was emptied and its papers counted; from here on they are entered."""

    kind: ClassVar[str] = "papers:box:begun"
    audience: ClassVar[Audience] = Audience.DESK
    poll: int
    box: int
    found: int


class BatchRestarted(Event):
    """What was entered of a box is forgotten; it is counted from the start."""

    kind: ClassVar[str] = "papers:box:restarted"
    audience: ClassVar[Audience] = Audience.DESK
    poll: int
    box: int


class BatchMerged(Event):
    """The papers of a small box were mixed into another's."""

    kind: ClassVar[str] = "papers:box:merged"
    poll: int
    box: int
    into: int


class BatchConfirmed(Event):
    """Two clerks read every paper of a box alike, and what was given out is accounted for.

    `note` says why papers did not come back, or why (not `whole`) it does not add up.
    """

    kind: ClassVar[str] = "papers:box:confirmed"
    poll: int
    box: int
    issued: int
    unreturned: int = 0
    whole: bool = True
    note: int = 0
    text: str = ""


class BatchRejected(Event):
    """Papers came when it was too late to count them, and why."""

    kind: ClassVar[str] = "papers:box:rejected"
    poll: int
    box: int
    papers: int
    note: int
    text: str


class ScanKept(Event):
    """A picture of a box's papers was kept; `digest` is the SHA-256 of the file."""

    kind: ClassVar[str] = "papers:scan:kept"
    poll: int
    box: int
    digest: str


class ChannelsTold(Event):
    """With the result: how many papers of each box were given out, and what became of them."""

    kind: ClassVar[str] = "papers:channels:told"
    poll: int
    item: int
    boxes: list[dict[str, int | str]] = field(default_factory=list)


sealed(BatchConfirmed, PollNote, id_field="note")
sealed(BatchRejected, PollNote, id_field="note")
