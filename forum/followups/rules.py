"""Who may do what to a task in which state, when it is overdue, when it may end: pure.

Two persons stand behind each task: the unit that does it and the representative who presses for
it and never does it (办理 and 督办). Those concerned judge; their no has it done again.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from forum.followups.models import Rating, Result, Status
from forum.members.models import Role

RATING_TIME = timedelta(days=7)
URGE_PAUSE = timedelta(days=1)
REMIND_BEFORE = timedelta(days=3)
REDO_TIME = timedelta(days=7)


class Stand(NamedTuple):
    """What somebody is to a task."""

    handles: bool = False
    supervises: bool = False
    manages: bool = False
    concerned: bool = False


class Act(StrEnum):
    """What can be done to a task."""

    ACCEPT = "accept"
    RETURN = "return"
    REASSIGN = "reassign"
    NOTE = "note"
    ASK_TIME = "ask_time"
    EXTEND = "extend"
    ANSWER = "answer"
    RATE = "rate"
    URGE = "urge"
    CLOSE = "close"


class Rule(NamedTuple):
    """Who may act and in which states."""

    who: frozenset[str]
    states: frozenset[Status]


ACTIVE = frozenset({Status.OPEN, Status.ACCEPTED, Status.IN_PROGRESS, Status.RETURNED})
_TAKEN = frozenset({Status.ACCEPTED, Status.IN_PROGRESS})
_HANDLER = frozenset({"handles"})
_PRESSING = frozenset({"supervises", "manages"})

RULES: dict[Act, Rule] = {
    Act.ACCEPT: Rule(_HANDLER, frozenset({Status.OPEN})),
    Act.RETURN: Rule(_HANDLER, frozenset({Status.OPEN, Status.ACCEPTED})),
    Act.REASSIGN: Rule(_PRESSING, ACTIVE),
    Act.NOTE: Rule(_HANDLER | _PRESSING, _TAKEN | {Status.ANSWERED}),
    Act.ASK_TIME: Rule(_HANDLER, _TAKEN | {Status.OPEN}),
    Act.EXTEND: Rule(_PRESSING, ACTIVE),
    Act.ANSWER: Rule(_HANDLER, _TAKEN | {Status.ANSWERED}),
    Act.RATE: Rule(frozenset({"concerned"}), frozenset({Status.ANSWERED})),
    Act.URGE: Rule(_PRESSING, ACTIVE),
    Act.CLOSE: Rule(_PRESSING, frozenset({Status.ANSWERED})),
}


def stand(
    member_id: int | None,
    roles: Collection[Role],
    *,
    handler_id: int | None,
    supervisor_id: int,
    listed: bool,
) -> Stand:
    """What somebody is to a task; a unit without an account is written for by those who manage."""
    if member_id is None:
        return Stand()
    manages = bool({Role.MODERATOR, Role.SECRETARY, Role.ADMINISTRATOR} & set(roles))
    supervises = member_id == supervisor_id
    handles = member_id == handler_id or (handler_id is None and (manages or supervises))
    concerned = listed or Role.RESIDENT in roles
    party = member_id in (handler_id, supervisor_id)
    return Stand(handles, supervises, manages, concerned and not party)


def theirs(act: Act, who: Stand) -> bool:
    """Whether the act is this person's at all, whatever the state."""
    return any(getattr(who, role) for role in RULES[act].who)


def timely(act: Act, status: Status) -> bool:
    """Whether the act fits the state."""
    return status in RULES[act].states


def may(act: Act, who: Stand, status: Status) -> bool:
    """Whether the button is shown."""
    return theirs(act, who) and timely(act, status)


def overdue(status: Status, due: datetime, now: datetime) -> bool:
    """Past its date and not answered yet."""
    return status in ACTIVE and now >= due


def after_note(status: Status) -> Status:
    """The first word of progress begins the work."""
    return Status.IN_PROGRESS if status is Status.ACCEPTED else status


def may_urge_again(urged_at: datetime | None, now: datetime) -> bool:
    """Urging more often than once a day wears out."""
    return urged_at is None or now - urged_at >= URGE_PAUSE


def may_end(
    result: Result | None, answered_at: datetime | None, ratings: Collection[Rating], now: datetime
) -> bool:
    """Whether an answered task may be closed.

    What is only planned stays on the list until it is done. Those concerned come first: one of
    them is content, or all of them have had their time.
    """
    if result is Result.PLANNED or answered_at is None:
        return False
    return bool(ratings) or now - answered_at >= RATING_TIME


def reopens(rating: Rating) -> bool:
    """Whether this rating has the task done again."""
    return rating is Rating.DISSATISFIED


def reminder(assigned_at: datetime, due: datetime) -> datetime | None:
    """When to remind of a date that comes; None where the time given is too short for it."""
    moment = due - REMIND_BEFORE
    return moment if moment > assigned_at else None
