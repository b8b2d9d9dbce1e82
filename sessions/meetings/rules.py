"""What a meeting does when, what a quorum is, who may do what: pure."""

from collections.abc import Collection
from enum import StrEnum
from fractions import Fraction

from forum.base.errors import Conflict
from forum.base.i18n import _
from forum.members.models import Role
from sessions.meetings import words
from sessions.meetings.models import MeetingState
from voting.methods.majority import Threshold, threshold


class Act(StrEnum):
    """What is done to a meeting as a whole."""

    CONVENE = "convene"
    CALL_OFF = "call_off"
    START = "start"
    BREAK = "break"
    RESUME = "resume"
    ADJOURN = "adjourn"
    REOPEN = "reopen"
    ARCHIVE = "archive"


S = MeetingState
# In the order in which the console offers them: the first is the likeliest next one.
STEPS: dict[tuple[MeetingState, Act], MeetingState] = {
    (S.DRAFT, Act.CONVENE): S.CONVENED,
    (S.CONVENED, Act.START): S.IN_SESSION,
    (S.CONVENED, Act.CALL_OFF): S.DRAFT,
    (S.IN_SESSION, Act.ADJOURN): S.ADJOURNED,
    (S.IN_SESSION, Act.BREAK): S.RECESS,
    (S.RECESS, Act.RESUME): S.IN_SESSION,
    (S.RECESS, Act.ADJOURN): S.ADJOURNED,
    (S.ADJOURNED, Act.ARCHIVE): S.ARCHIVED,
    (S.ADJOURNED, Act.REOPEN): S.IN_SESSION,
}

SITTING = frozenset({S.IN_SESSION, S.RECESS})
PREPARING = frozenset({S.DRAFT, S.CONVENED})
# People arrive before the meeting starts.
ATTENDED = frozenset({S.CONVENED, S.IN_SESSION, S.RECESS})


def after(state: MeetingState, act: Act) -> MeetingState:
    """The state that an act leads to; a Conflict that names the present state where it does not."""
    if (state, act) not in STEPS:
        raise Conflict(
            _("That is not possible now. The meeting is: %(state)s.")
            % {"state": words.state(state)}
        )
    return STEPS[state, act]


def offered(state: MeetingState) -> list[Act]:
    """What can be done to a meeting in this state, the likeliest first."""
    return [act for before, act in STEPS if before is state]


def chairs(roles: Collection[Role]) -> bool:
    """Whether these roles run the meeting."""
    return Role.MODERATOR in roles or Role.ADMINISTRATOR in roles


def assists(roles: Collection[Role]) -> bool:
    """Whether these roles, held in the consultation or its station, work at every desk."""
    return chairs(roles) or Role.SECRETARY in roles or Role.OPERATOR in roles


def shifted(order: list[int], thing: int, by: int) -> list[int]:
    """The order with a thing some places earlier or later; it stops at either end."""
    at = order.index(thing)
    rest = order[:at] + order[at + 1 :]
    to = min(max(at + by, 0), len(rest))
    return [*rest[:to], thing, *rest[to:]]


NO_QUORUM = ">=0/1"  # a reception or a report goes on with whoever comes


def share(quorum: str) -> Threshold:
    """A quorum as a share to be reached; raises ValueError for what is none."""
    return Threshold(Fraction(0), strict=False) if quorum == NO_QUORUM else threshold(quorum)


def exact(quorum: str) -> tuple[int, int, bool]:
    """A quorum as an event carries it: numerator, denominator, whether it must be exceeded."""
    asked = share(quorum)
    return (asked.share.numerator, asked.share.denominator, asked.strict)
