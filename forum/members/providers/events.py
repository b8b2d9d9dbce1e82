"""What happens to the ties between accounts and sign-in services; on the person's own stream."""

from typing import ClassVar

from forum.base.events import Audience, Event


class ProviderLinked(Event):
    """A sign-in service opens the account from now on; whom it knows is not in the log."""

    kind: ClassVar[str] = "members:provider:linked"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    provider: str
    first: bool


class ProviderUnlinked(Event):
    """A sign-in service no longer opens the account."""

    kind: ClassVar[str] = "members:provider:unlinked"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    provider: str
