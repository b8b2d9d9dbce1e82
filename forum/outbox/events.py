"""What happens to somebody's letters; on the person's own stream."""

from typing import ClassVar

from forum.base.events import Audience, Event


class AddressRefused(Event):
    """Letters to an address come back for good; which address, is not in the log."""

    kind: ClassVar[str] = "outbox:address:refused"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    channel: str
