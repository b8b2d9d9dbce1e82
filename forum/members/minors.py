"""What the log says when somebody is under 14."""

from typing import ClassVar

from forum.base.events import Audience, Event


class MinorDeclared(Event):
    """Somebody is under 14, by their own word or a clerk's; no age and no birthday is kept."""

    kind: ClassVar[str] = "members:minor:declared"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
