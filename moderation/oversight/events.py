"""What moderators see and do; on the stream of the place, for its moderators."""

from typing import ClassVar

from forum.base.events import Audience, Event
from moderation.oversight.models import Act, AppealState


class FlagRaised(Event):
    """A screen saw something in a thing."""

    kind: ClassVar[str] = "oversight:flag:raised"
    audience: ClassVar[Audience] = Audience.MODERATOR

    flag: int
    about: str
    screen: str


class MeasureTaken(Event):
    """A moderator did something about a thing or its author."""

    kind: ClassVar[str] = "oversight:measure:imposed"
    audience: ClassVar[Audience] = Audience.MODERATOR

    measure: int
    about: str
    act: Act


class AppealFiled(Event):
    """The person concerned asked that somebody else look at a measure."""

    kind: ClassVar[str] = "oversight:appeal:filed"
    audience: ClassVar[Audience] = Audience.MODERATOR

    measure: int
    place: str


class AppealDecided(Event):
    """Somebody else looked at a measure: it stands, or is taken back."""

    kind: ClassVar[str] = "oversight:appeal:resolved"
    audience: ClassVar[Audience] = Audience.MODERATOR

    measure: int
    result: AppealState


class SettingsChanged(Event):
    """The place's screens or its words for the rules were changed."""

    kind: ClassVar[str] = "oversight:settings:changed"
    audience: ClassVar[Audience] = Audience.MODERATOR

    place: str
