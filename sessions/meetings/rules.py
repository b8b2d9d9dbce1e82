"""What a meeting does when, what a quorum is, who may do what: pure."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
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
    UNDO_START = "undo_start"
    BREAK = "break"
    RESUME = "resume"
    SUSPEND = "suspend"
    ADJOURN = "adjourn"
    DROP = "drop"
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
    (S.IN_SESSION, Act.SUSPEND): S.SUSPENDED,
    (S.IN_SESSION, Act.UNDO_START): S.CONVENED,
    (S.RECESS, Act.RESUME): S.IN_SESSION,
    (S.RECESS, Act.ADJOURN): S.ADJOURNED,
    (S.RECESS, Act.SUSPEND): S.SUSPENDED,
    (S.SUSPENDED, Act.START): S.IN_SESSION,
    (S.SUSPENDED, Act.REOPEN): S.IN_SESSION,
    (S.SUSPENDED, Act.DROP): S.ADJOURNED,
    (S.ADJOURNED, Act.ARCHIVE): S.ARCHIVED,
    (S.ADJOURNED, Act.REOPEN): S.IN_SESSION,
}

SITTING = frozenset({S.IN_SESSION, S.RECESS})
PREPARING = frozenset({S.DRAFT, S.CONVENED})
# Convened for a day to come: for the first time, or again.
AHEAD = frozenset({S.CONVENED, S.SUSPENDED})
UNFINISHED = PREPARING | AHEAD | SITTING
# People arrive before the meeting starts.
ATTENDED = AHEAD | SITTING
# Between two sittings, from this long before the next one: who is there counts in it.
DOORS = timedelta(hours=6)
# What may lie between an opening and its being taken back: people come, the chair counts them.
# Of anything else it is written that it happened in the meeting.
PRELUDE = (
    "meetings:attendance:",
    "meetings:roll:",
    "meetings:quorum:",
    "meetings:venue:",
    "meetings:notice:",
    "arrivals:",
    "convening:",
    "minutes:minutes:begun",
    "workshop:clock:",
    "workshop:seat:",
)


def after(state: MeetingState, act: Act, *, sitting: int = 1) -> MeetingState:
    """The state that an act leads to; a Conflict that names the present state where it does not.

    A further sitting that was opened by mistake is ahead again, as it was.
    """
    if (state, act) not in STEPS:
        raise Conflict(
            _("That is not possible now. The meeting is: %(state)s.")
            % {"state": words.state(state)}
        )
    if act is Act.UNDO_START and sitting > 1:
        return S.SUSPENDED
    return STEPS[state, act]


def receives(state: MeetingState, starts_at: datetime, now: datetime) -> bool:
    """Whether people can check in: between sittings not before the doors open for the next one."""
    return state in ATTENDED and (state is not S.SUSPENDED or now >= starts_at - DOORS)


def untouched(kinds: Iterable[str]) -> bool:
    """Whether these events leave it open to take back the opening before them."""
    return all(kind.startswith(PRELUDE) for kind in kinds)


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
