"""What somebody should do first and in which order a home page stands: pure."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import NamedTuple

from forum.members.models import Role
from sessions.meetings.models import MeetingState
from sessions.minutes.models import State


class Urgency(IntEnum):
    """What comes before what; a meeting that is going on waits for nobody."""

    RUN = 0
    VOTE = 1
    JOIN = 2
    LATE = 3
    DECIDE = 4
    WRITE = 5
    DUE = 6
    DESK = 7
    SPEAK = 8
    LOOK = 9


class Action(NamedTuple):
    """The one big button of a home page."""

    urgency: Urgency
    text: str
    url: str
    about: str = ""
    ends: datetime | None = None
    thing: str = ""  # what it is about, so that it does not stand a second time below
    others: tuple[tuple[str, str], ...] = ()  # lesser ways: (address, words)


def first(actions: Iterable[Action]) -> Action:
    """The most urgent one; of two alike the one that ends first, then the one named first."""
    return min(actions, key=lambda action: (action.urgency, _ends(action)))


def _ends(action: Action) -> float:
    return action.ends.timestamp() if action.ends else float("inf")


def order(parts: Mapping[str, Urgency]) -> list[str]:
    """The parts of somebody's work, the most urgent first; of two alike as they are named."""
    return sorted(parts, key=lambda name: parts[name])


class Part(IntEnum):
    """What has to be done with minutes, in the order in which it is pressing."""

    APPROVE = 0
    WRITE = 1
    CORRECT = 2
    LIVE = 3


OVER = frozenset({MeetingState.ADJOURNED, MeetingState.ARCHIVED})


def part(state: State, meeting: MeetingState, until: datetime | None, now: datetime) -> Part:
    """What has to be done with minutes that are in hand."""
    if state is State.LIVE_DRAFT:
        return Part.WRITE if meeting in OVER else Part.LIVE
    return Part.CORRECT if until is not None and now < until else Part.APPROVE


class Fate(StrEnum):
    """How far something has come that somebody said."""

    HIDDEN = "hidden"
    TASK = "task"
    OUTCOME = "outcome"
    DECISION = "decision"
    DECLINED = "declined"
    ANSWERED = "answered"
    TAKEN_UP = "taken_up"
    WAITING = "waiting"


class Facts(NamedTuple):
    """What is known of something that somebody said; `kinds`: of the things that rest on it."""

    hidden: bool = False
    answers: int = 0
    declined: bool = False
    taken_up: bool = False
    kinds: Collection[str] = frozenset()


def fate(facts: Facts) -> Fate:
    """The furthest that it has come. Silence is called silence."""
    if facts.hidden:
        return Fate.HIDDEN
    for far in (Fate.TASK, Fate.OUTCOME, Fate.DECISION):
        if far.value in facts.kinds:
            return far
    if facts.declined:
        return Fate.DECLINED
    if facts.answers:
        return Fate.ANSWERED
    return Fate.TAKEN_UP if facts.taken_up else Fate.WAITING


# Whose first visit is explained first, where somebody holds several roles.
HINTED = (
    Role.ADMINISTRATOR,
    Role.MODERATOR,
    Role.SECRETARY,
    Role.OPERATOR,
    Role.REPRESENTATIVE,
    Role.HANDLER,
    Role.RESIDENT,
)


def hint(roles: Collection[Role], seen: Collection[str]) -> Role | None:
    """The first-visit hint that is still to be shown: one at a time, never one dismissed."""
    mine = {*roles, Role.RESIDENT}  # whoever has an account reads and may be taken in
    return next((role for role in HINTED if role in mine and role.value not in seen), None)
