"""The life of a motion, and in which order motions are put to the vote: pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from forum.base.errors import Conflict
from forum.base.i18n import _
from forum.consultations.changes import Change, differences
from sessions.motions import words
from sessions.motions.models import MotionState, Sort
from voting.methods.majority import NO, YES


class Act(StrEnum):
    """What is done to a motion."""

    SECOND = "second"
    PUT = "put"
    RETURN = "return"
    CARRY = "carry"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    DIVIDE = "divide"
    POSTPONE = "postpone"
    REFER = "refer"
    FALL = "fall"
    RECONSIDER = "reconsider"


S = MotionState
STEPS: Mapping[tuple[MotionState, Act], MotionState] = {
    (S.MOVED, Act.SECOND): S.PENDING,
    (S.MOVED, Act.WITHDRAW): S.WITHDRAWN,
    (S.MOVED, Act.FALL): S.FALLEN,
    (S.PENDING, Act.PUT): S.VOTING,
    (S.PENDING, Act.CARRY): S.CARRIED,
    (S.PENDING, Act.WITHDRAW): S.WITHDRAWN,
    (S.PENDING, Act.DIVIDE): S.DIVIDED,
    (S.PENDING, Act.POSTPONE): S.POSTPONED,
    (S.PENDING, Act.REFER): S.REFERRED,
    (S.PENDING, Act.FALL): S.FALLEN,
    (S.VOTING, Act.CARRY): S.CARRIED,
    (S.VOTING, Act.REJECT): S.REJECTED,
    (S.VOTING, Act.RETURN): S.PENDING,
    (S.CARRIED, Act.RECONSIDER): S.RECONSIDERED,
    (S.REJECTED, Act.RECONSIDER): S.RECONSIDERED,
}
OPEN = frozenset({S.MOVED, S.PENDING, S.VOTING})
BEFORE_THE_MEETING = frozenset({S.PENDING, S.VOTING})
DECIDED = frozenset({S.CARRIED, S.REJECTED})
SHELVED = frozenset({S.POSTPONED, S.REFERRED})

TEXT_MOST = 8000
SECONDERS = range(10)
SECONDERS_USUAL = 1
PARTS_MOST = 20
DEGREES = 2  # an amendment, and an amendment to it
# Procedure goes before the matter; of procedure, what ends more goes first.
PROCEDURE = (
    Sort.ADJOURN,
    Sort.RECESS,
    Sort.CLOSE_DEBATE,
    Sort.POSTPONE,
    Sort.REFER,
    Sort.RECONSIDER,
)
# What deals with the motion that is before the meeting, and so needs one.
DEALING = frozenset({Sort.POSTPONE, Sort.REFER})
WORDED = frozenset({Sort.MAIN, Sort.AMENDMENT})


def after(state: MotionState, act: Act) -> MotionState:
    """The state that an act leads to; a Conflict that names the present state where it does not."""
    if (state, act) not in STEPS:
        raise Conflict(
            _("That is not possible now. This motion is: %(state)s.")
            % {"state": words.state(state)}
        )
    return STEPS[state, act]


def threshold(sort: Sort) -> str:
    """The share that carries where nothing else is said: who ends a debate silences others."""
    return ">=2/3" if sort is Sort.CLOSE_DEBATE else ">1/2"


def reach(before: str, after: str) -> int:
    """How far an amendment goes: so many signs it strikes out and puts in."""
    pieces = differences(before, after)
    return sum(len("".join(p.text.split())) for p in pieces if p.change is not Change.KEPT)


def own(*, debated: bool, amended: bool) -> bool:
    """Whether a motion is still in its mover's hands: from its debate on it is the meeting's."""
    return not (debated or amended)


def may_reconsider(*, carried: bool, choice: str | None, took_part: bool) -> bool:
    """Whoever won may ask to think again; where nobody knows how they voted, whoever took part."""
    return choice == (YES if carried else NO) if choice is not None else took_part


class Open(NamedTuple):
    """A motion that is before the meeting, as far as its turn depends on it."""

    id: int
    number: int
    sort: Sort
    target: int | None = None
    degree: int = 0
    part: int = 0
    rank: int = 0
    reach: int = 0


class Reason(StrEnum):
    """Why a motion stands before the next one."""

    PROCEDURE = "procedure"
    SECOND_DEGREE = "second_degree"
    AMENDMENT = "amendment"
    CHAIR = "chair"
    FARTHEST = "farthest"
    EARLIER = "earlier"
    LAST = "last"


class Place(NamedTuple):
    """A motion in the order of voting, with the reason for its place."""

    id: int
    reason: Reason


def arrange(motions: Iterable[Open]) -> list[Place]:
    """The order of voting over everything before the meeting.

    Procedural motions; then part by part of what was divided: amendments to amendments,
    amendments, the motion as amended. Among amendments to one text those go first that the chair
    put first, then the most far-reaching, then the earliest moved.
    """
    known = {motion.id: motion for motion in motions}
    placed = sorted(known.values(), key=lambda motion: _place(motion, known))
    return [Place(motion.id, _reason(motion, placed)) for motion in placed]


def _place(motion: Open, known: Mapping[int, Open]) -> tuple[int | tuple[int, ...], ...]:
    if motion.sort in PROCEDURE:
        return (0, PROCEDURE.index(motion.sort), motion.number, motion.id)
    parent = known.get(motion.target or 0, motion)
    root = _root(motion, known)
    family = (root.part, root.number, root.id)
    return (1, family, DEGREES - motion.degree, _turn(parent), _turn(motion))


def _root(motion: Open, known: Mapping[int, Open]) -> Open:
    for _step in range(DEGREES):
        motion = known.get(motion.target or 0, motion)
    return motion


def _turn(motion: Open) -> tuple[int, ...]:
    return (motion.rank, -motion.reach, motion.number, motion.id)


def _reason(motion: Open, placed: Sequence[Open]) -> Reason:
    if motion.sort in PROCEDURE:
        return Reason.PROCEDURE
    if motion.sort is Sort.MAIN:
        return Reason.LAST
    if motion.rank < 0:
        return Reason.CHAIR
    beside = [
        other for other in placed if (other.sort, other.target) == (motion.sort, motion.target)
    ]
    if motion is beside[-1]:
        return Reason.SECOND_DEGREE if motion.degree == DEGREES else Reason.AMENDMENT
    follower = beside[beside.index(motion) + 1]
    return Reason.FARTHEST if motion.reach > follower.reach else Reason.EARLIER


class Brief(NamedTuple):
    """An open motion, as far as it takes room."""

    number: int
    sort: Sort
    state: MotionState


def room_for(sort: Sort, opened: Collection[Brief]) -> None:
    """One thing at a time: a Conflict where what is open leaves no room, or gives no ground."""
    first = next((one for one in opened if one.sort in (Sort.MAIN, Sort.RECONSIDER)), None)
    if sort in (Sort.MAIN, Sort.RECONSIDER) and first is not None:
        raise Conflict(
            _("One at a time: motion %(number)s is to be decided first.") % {"number": first.number}
        )
    ground = any(one.sort is Sort.MAIN and one.state in BEFORE_THE_MEETING for one in opened)
    if sort in DEALING and not ground:
        raise Conflict(_("No motion is before the meeting that could be postponed or referred."))
    same = next((one for one in opened if one.sort is sort and sort in PROCEDURE), None)
    if same is not None:
        raise Conflict(
            _("This has been moved already: motion %(number)s.") % {"number": same.number}
        )


def amendable(sort: Sort, state: MotionState, degree: int) -> None:
    """A Conflict where a motion takes no amendment (now)."""
    if sort not in WORDED:
        raise Conflict(_("A motion on procedure is not amended."))
    if degree >= DEGREES:
        raise Conflict(_("An amendment to an amendment is not amended again."))
    if state is S.VOTING:
        raise Conflict(_("The vote on this motion has begun."))
    if state is not S.PENDING:
        raise Conflict(_("This motion is not before the meeting."))
