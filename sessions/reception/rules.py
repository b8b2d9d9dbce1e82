"""What becomes of a visitor and of a word, and what each way asks for: pure."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from forum.base.errors import Conflict
from forum.base.i18n import _
from forum.members.models import Role
from sessions.meetings import rules as meetings
from sessions.meetings.models import MeetingState
from sessions.reception.models import NoteKind, Route, VisitState

KIND = "reception"  # the type of meeting that has a register
TEXT_MOST = 4000
S = VisitState
# People come while the doors are open; what they said may be put in order afterwards.
OPEN = meetings.ATTENDED
WRITTEN = OPEN | {MeetingState.ADJOURNED}


class Act(StrEnum):
    """What is done with a visitor."""

    RECEIVE = "receive"
    WAIT = "wait"
    FINISH = "finish"
    LEAVE = "leave"


STEPS: Mapping[tuple[VisitState, Act], VisitState] = {
    (S.WAITING, Act.RECEIVE): S.RECEIVED,
    (S.WAITING, Act.LEAVE): S.LEFT,
    (S.RECEIVED, Act.FINISH): S.RECORDED,
    (S.RECEIVED, Act.WAIT): S.WAITING,
    (S.LEFT, Act.WAIT): S.WAITING,
    (S.RECORDED, Act.RECEIVE): S.RECEIVED,
}
AIMS = {
    Act.RECEIVE: S.RECEIVED,
    Act.WAIT: S.WAITING,
    Act.FINISH: S.RECORDED,
    Act.LEAVE: S.LEFT,
}
# Who sat before a representative counts as received, whatever was written down.
SEEN = frozenset({S.RECEIVED, S.RECORDED})


def after(state: VisitState, act: Act) -> VisitState:
    """Where an act leads; pressing twice is pressing once; a Conflict where it does not fit."""
    if state is AIMS[act]:
        return state
    if (state, act) not in STEPS:
        raise Conflict(_("That does not fit any more: the visitor has gone on. Look again."))
    return STEPS[state, act]


def offered(state: VisitState) -> list[Act]:
    """What can be done with a visitor in this state, the likeliest first."""
    return [act for before, act in STEPS if before is state]


def next_number(taken: Collection[int]) -> int:
    """The number of whoever comes now: numbers are never given twice, and none is left out."""
    return max(taken, default=0) + 1


def asked(route: Route) -> NoteKind | None:
    """What a way cannot do without: the answer that was given, or where else to go."""
    return {Route.ON_THE_SPOT: NoteKind.ANSWER, Route.DECLINED: NoteKind.ELSEWHERE}.get(route)


def may_promise(route: Route | None) -> bool:
    """Whether a promise is given on this way; what was answered or declined needs none."""
    return route not in (None, Route.ON_THE_SPOT, Route.DECLINED)


def leads(roles: Collection[Role]) -> bool:
    """Whether these roles keep the register at every venue."""
    return meetings.chairs(roles) or Role.SECRETARY in roles


def receives(roles: Collection[Role]) -> bool:
    """Whether these roles receive visitors."""
    return Role.REPRESENTATIVE in roles
