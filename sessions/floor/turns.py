"""What becomes of a request to speak: pure transitions, limits, the clock of a speech."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from forum.base.errors import Conflict
from forum.base.i18n import _
from sessions.floor import words
from sessions.floor.models import Lane, SpeechState


class Act(StrEnum):
    """What is done to a speech."""

    RECOGNISE = "recognise"
    PAUSE = "pause"
    RESUME = "resume"
    FINISH = "finish"
    WITHDRAW = "withdraw"
    SKIP = "skip"
    RESTORE = "restore"
    CONTINUE = "continue"


S = SpeechState
STEPS: dict[tuple[SpeechState, Act], SpeechState] = {
    (S.WAITING, Act.RECOGNISE): S.SPEAKING,
    (S.SPEAKING, Act.PAUSE): S.PAUSED,
    (S.PAUSED, Act.RESUME): S.SPEAKING,
    (S.SPEAKING, Act.FINISH): S.FINISHED,
    (S.PAUSED, Act.FINISH): S.FINISHED,
    (S.WAITING, Act.WITHDRAW): S.WITHDRAWN,
    (S.WAITING, Act.SKIP): S.SKIPPED,
    (S.SKIPPED, Act.RESTORE): S.WAITING,
    (S.FINISHED, Act.CONTINUE): S.SPEAKING,
}
HOLDING = frozenset({S.SPEAKING, S.PAUSED})
_DEPTH = {Lane.ORDER: 0, Lane.QUESTION: 1}


class Bounds(NamedTuple):
    """How often and how long one person may speak; None: as they like."""

    times: int | None = None
    motion_times: int | None = None
    meeting_times: int | None = None
    item_seconds: int | None = None
    meeting_seconds: int | None = None


class Used(NamedTuple):
    """What somebody has spoken; those waiting or being held count among the times."""

    times: int = 0
    motion_times: int = 0
    meeting_times: int = 0
    ms: int = 0
    meeting_ms: int = 0


class Left(NamedTuple):
    """What is left to somebody: speeches, milliseconds. None: no limit."""

    times: int | None
    ms: int | None

    @property
    def nothing(self) -> bool:
        """Whether they can ask no more."""
        return self.times == 0 or self.ms == 0


def left_to(bounds: Bounds, used: Used, *, motion: bool = False) -> Left:
    """The narrowest limit decides; while a motion is pending its limit replaces the item's."""
    on_motion = motion and bounds.motion_times is not None
    times = [
        (bounds.motion_times, used.motion_times) if on_motion else (bounds.times, used.times),
        (bounds.meeting_times, used.meeting_times),
    ]
    spans = [(bounds.item_seconds, used.ms), (bounds.meeting_seconds, used.meeting_ms)]
    return Left(
        min((max(0, most - so_far) for most, so_far in times if most is not None), default=None),
        min((max(0, most * 1000 - ms) for most, ms in spans if most is not None), default=None),
    )


def interrupts(lane: Lane, holder: Lane) -> bool:
    """A point of order interrupts everything but its like, a question whatever else is said."""
    return depth(lane) < depth(holder)


def depth(lane: Lane) -> int:
    """How deep it lies: what is interrupted lies deeper than what interrupts it."""
    return _DEPTH.get(lane, 2)


def after(state: SpeechState, act: Act) -> SpeechState:
    """The state that an act leads to; a Conflict that names the present state where it does not."""
    if (state, act) not in STEPS:
        raise Conflict(
            _("That is not possible now. This request is: %(state)s.")
            % {"state": words.state(state)}
        )
    return STEPS[state, act]


def end_of(began: datetime, remaining_ms: int) -> datetime:
    """The moment at which a clock with so much left runs out."""
    return began + timedelta(milliseconds=remaining_ms)


def between(since: datetime, now: datetime) -> int:
    """Milliseconds from one moment to the other, never negative."""
    return max(0, int((now - since) / timedelta(milliseconds=1)))


def left(ends_at: datetime, now: datetime) -> int:
    """What is left on a clock; negative when the speaker is over time."""
    return int((ends_at - now) / timedelta(milliseconds=1))
