"""What becomes of a request to speak: pure transitions, limits, the clock of a speech."""

from datetime import datetime, timedelta
from enum import StrEnum

from forum.base.errors import Conflict
from forum.base.i18n import _
from sessions.floor import words
from sessions.floor.models import SpeechState


class Act(StrEnum):
    """What is done to a speech."""

    RECOGNISE = "recognise"
    PAUSE = "pause"
    RESUME = "resume"
    FINISH = "finish"
    WITHDRAW = "withdraw"
    SKIP = "skip"
    RESTORE = "restore"


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
}
HOLDING = frozenset({S.SPEAKING, S.PAUSED})


def after(state: SpeechState, act: Act) -> SpeechState:
    """The state that an act leads to; a Conflict that names the present state where it does not."""
    if (state, act) not in STEPS:
        raise Conflict(
            _("That is not possible now. This request is: %(state)s.")
            % {"state": words.state(state)}
        )
    return STEPS[state, act]


def spoken_out(held: int, times: int | None) -> bool:
    """Whether somebody has used up their speeches on an item."""
    return times is not None and held >= times


def end_of(began: datetime, remaining_ms: int) -> datetime:
    """The moment at which a clock with so much left runs out."""
    return began + timedelta(milliseconds=remaining_ms)


def between(since: datetime, now: datetime) -> int:
    """Milliseconds from one moment to the other, never negative."""
    return max(0, int((now - since) / timedelta(milliseconds=1)))


def left(ends_at: datetime, now: datetime) -> int:
    """What is left on a clock; negative when the speaker is over time."""
    return int((ends_at - now) / timedelta(milliseconds=1))
