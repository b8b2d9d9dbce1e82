"""What is imposed and lifted; on the place's stream, for its moderators.

The person's own stream hears of it through `members:standing:changed`.
"""

from typing import ClassVar

from forum.base.events import Audience, Event
from forum.members.models import StandingKind
from moderation.reports.models import Rule


class SanctionImposed(Event):
    """Somebody may not speak, or enter, for a time."""

    kind: ClassVar[str] = "sanctions:sanction:imposed"
    audience: ClassVar[Audience] = Audience.MODERATOR

    sanction: int
    member: int
    place: str
    restriction: StandingKind
    rule: Rule
    until: str | None


class SanctionLifted(Event):
    """A restriction ended before its time."""

    kind: ClassVar[str] = "sanctions:sanction:lifted"
    audience: ClassVar[Audience] = Audience.MODERATOR

    sanction: int
    member: int
    place: str
