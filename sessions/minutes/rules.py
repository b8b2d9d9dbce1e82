"""When minutes move on, when a decision may be carried out, when an outcome is due: pure."""

from collections.abc import Collection
from datetime import datetime

from forum.members.models import Role
from sessions.meetings.models import MeetingState
from sessions.minutes.models import DecisionState, State

# While somebody may still change the text.
EDITABLE = frozenset({State.LIVE_DRAFT, State.CIRCULATED, State.CORRECTED})
OVER = frozenset({MeetingState.ADJOURNED, MeetingState.ARCHIVED})
LOCKED = frozenset({State.APPROVED, State.AMENDED})
# Whose approval locks the minutes; the secretary signs when circulating them.
NEEDED = frozenset({Role.MODERATOR})


def keeps(roles: Collection[Role]) -> bool:
    """Who keeps the minutes: the secretary, or whoever leads in their place."""
    return bool({Role.SECRETARY, Role.MODERATOR, Role.ADMINISTRATOR} & set(roles))


def signs_as(roles: Collection[Role]) -> Role | None:
    """In which office somebody approves."""
    if {Role.MODERATOR, Role.ADMINISTRATOR} & set(roles):
        return Role.MODERATOR
    return Role.SECRETARY if Role.SECRETARY in roles else None


def publishes(roles: Collection[Role]) -> bool:
    """Who writes and publishes the outcome: the representative, or the moderator."""
    return bool({Role.REPRESENTATIVE, Role.MODERATOR, Role.ADMINISTRATOR} & set(roles))


def after_correction(state: State) -> State:
    """A draft stays a draft; what has been circulated is then a corrected text."""
    return state if state is State.LIVE_DRAFT else State.CORRECTED


def may_circulate(state: State, meeting: MeetingState) -> bool:
    """Only a meeting that is over has minutes to be read."""
    return state in EDITABLE and meeting in OVER


def may_ask(state: State, until: datetime | None, now: datetime) -> bool:
    """Corrections are asked for while the text is round, until its date."""
    return state in (State.CIRCULATED, State.CORRECTED) and until is not None and now < until


def waits(state: State, until: datetime | None, now: datetime, open_requests: int) -> str | None:
    """What approval still waits for: "circulation", "deadline" or "requests"; None for nothing."""
    if state is State.LIVE_DRAFT or until is None:
        return "circulation"
    if open_requests:
        return "requests"
    # Nobody objected and the text changed: the date still belongs to those who read.
    return "deadline" if now < until else None


def approved(signed: Collection[Role]) -> bool:
    """Whether the approvals that are needed are there."""
    return set(signed) >= NEEDED


def may_be_done(state: DecisionState) -> bool:
    """Only what stands in approved minutes is given out as a task."""
    return state is DecisionState.APPROVED
