"""Who writes a transcript, when, and where a line belongs: pure."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from forum.base.events import Audience
from forum.members.models import Role
from sessions.meetings import rules
from sessions.meetings.models import MeetingState

S = MeetingState
# Lines are written while people gather and for as long as the record is open.
OPEN = rules.ATTENDED | {S.ADJOURNED}
MOST_WORDS = 500  # that a clerk types at once
MOST_OF_A_LINE = 2_000  # however it came
MOST_LINES = 10_000
MOST_BYTES = 10_000_000


def types(audience: Audience) -> bool:
    """Who keeps the transcript: the chair, the secretary, whoever keeps a desk."""
    return audience >= Audience.DESK


def types_as(roles: Collection[Role]) -> bool:
    """The same for roles held in a place; the operator of a single venue comes on top."""
    return rules.assists(roles)


class Stretch(NamedTuple):
    """From when to when something had the floor of the meeting; no end: it still has it."""

    ident: int
    start: datetime
    end: datetime | None
    member: int | None = None

    def holds(self, at: datetime) -> bool:
        """Whether a moment lies in it; it begins with its start and ends before its end."""
        return self.start <= at and (self.end is None or at < self.end)


class Place(NamedTuple):
    """Where in the meeting something was said."""

    speech: int | None
    item: int | None


def place(
    at: datetime,
    member: int | None,
    speeches: Sequence[Stretch],
    items: Sequence[Stretch],
    *,
    named: bool = True,
) -> Place:
    """The speech and the item that a line belongs to.

    Who calls out during another one's speech does not speak in it; where nobody is `named`, the
    line is taken for part of the speech.
    """
    of_item = next((one.ident for one in reversed(items) if one.holds(at)), None)
    speech = next((one for one in reversed(speeches) if one.holds(at)), None)
    if speech is not None and named and speech.member != member:
        speech = None
    return Place(speech.ident if speech else None, of_item)
