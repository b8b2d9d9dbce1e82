"""What happens to the receivers of a place's news; for those who run the place."""

from typing import ClassVar

from forum.base.events import Audience, Event


class HookMade(Event):
    """The public news of the place go to one more receiver; where it is, is not in the log."""

    kind: ClassVar[str] = "hooks:hook:made"
    audience: ClassVar[Audience] = Audience.MODERATOR

    hook: int
    dialect: str
    feeds: list[str]


class HookRemoved(Event):
    """A receiver gets nothing more."""

    kind: ClassVar[str] = "hooks:hook:removed"
    audience: ClassVar[Audience] = Audience.MODERATOR

    hook: int
