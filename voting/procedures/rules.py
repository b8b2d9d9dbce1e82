"""The order of a procedure's stages, and which votes are a stage's: pure.

A course is the states of all stages in their order. Whatever happens goes through `after`, which
takes nothing for a stage but the one that is in hand.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from forum.agenda.models import ItemState
from forum.members.models import Role
from voting.methods.common.profiles import PROFILES, Profile, Stage
from voting.methods.majority import Threshold, threshold
from voting.polls.rules import Outcome, Quorum
from voting.procedures.models import StageState

S = StageState

# Who puts procedures to items, and who besides writes down what came of a stage.
MANAGERS = frozenset({Role.MODERATOR, Role.ADMINISTRATOR})
RECORDERS = MANAGERS | {Role.SECRETARY}
# An item in these states can be taken through a procedure.
TAKEN = frozenset({ItemState.PLANNED, ItemState.OPEN, ItemState.DEBATE, ItemState.VOTING})

WORDS_MOST = 8000
ABOUT_MOST = 300
DAYS_MOST = 365
AHEAD_MOST = 60  # days before which a notice can be announced
USUAL_DAYS = 7


class Way(StrEnum):
    """How a stage is done."""

    RECORD = "record"
    VOTE = "vote"
    NOTICE = "notice"


class Act(StrEnum):
    """What happens at a stage."""

    AGREE = "agree"  # written down: agreed
    REFUSE = "refuse"  # written down: not agreed
    CARRY = "carry"  # its vote
    REJECT = "reject"
    POST = "post"  # its notice is put up
    EXPIRE = "expire"  # and its time is over


ACTS: Mapping[tuple[Way, Act], tuple[StageState, StageState]] = {
    (Way.RECORD, Act.AGREE): (S.AHEAD, S.PASSED),
    (Way.RECORD, Act.REFUSE): (S.AHEAD, S.FAILED),
    (Way.VOTE, Act.CARRY): (S.AHEAD, S.PASSED),
    (Way.VOTE, Act.REJECT): (S.AHEAD, S.FAILED),
    (Way.NOTICE, Act.POST): (S.AHEAD, S.UP),
    (Way.NOTICE, Act.EXPIRE): (S.UP, S.PASSED),
}
DONE = frozenset({S.PASSED, S.KEPT})
# What a published vote does to its stage; one that decided nothing leaves it open.
BY_VOTE = {Outcome.CARRIED: Act.CARRY, Outcome.FAILED: Act.REJECT}


def way(stage: Stage) -> Way:
    """How a stage is done, as its data say."""
    if stage.profiles:
        return Way.VOTE
    return Way.NOTICE if stage.discloses else Way.RECORD


def here(states: Sequence[StageState]) -> int | None:
    """The stage in hand: the first that is not done; None where all are, or one failed."""
    if S.FAILED in states:
        return None
    return next((at for at, state in enumerate(states) if state not in DONE), None)


def allowed(states: Sequence[StageState], ways: Sequence[Way], at: int, act: Act) -> bool:
    """Whether this may happen now: to the stage in hand, and as that stage is done."""
    step = ACTS.get((ways[at], act))
    return step is not None and at == here(states) and states[at] is step[0]


def after(
    states: Sequence[StageState], ways: Sequence[Way], at: int, act: Act
) -> tuple[StageState, ...]:
    """The states after it has happened; ValueError where it may not."""
    if not allowed(states, ways, at, act):
        raise ValueError(act)
    return (*states[:at], ACTS[ways[at], act][1], *states[at + 1 :])


def last_vote(ways: Sequence[Way]) -> int | None:
    """The stage whose vote decides the item."""
    found = [at for at, one in enumerate(ways) if one is Way.VOTE]
    return found[-1] if found else None


def first_stages(states: Sequence[StageState]) -> list[int]:
    """From which stages another round may begin: any that was reached."""
    reached = next((at for at, state in enumerate(states) if state not in DONE), len(states))
    return list(range(min(reached, len(states) - 1) + 1))


def renewed(states: Sequence[StageState], first: int) -> tuple[StageState, ...]:
    """The stages of another round: what passed before `first` stands; ValueError for a later."""
    if first not in first_stages(states):
        raise ValueError(first)
    return tuple(S.KEPT if at < first else S.AHEAD for at in range(len(states)))


def over(first: date, days: int, zone: str) -> datetime:
    """When a notice may come down: as its last day ends at the place."""
    return datetime.combine(first + timedelta(days=days), time(), ZoneInfo(zone))


def days_fault(stage: Stage, days: int) -> bool:
    """Whether so many days are too few, as the procedure says."""
    return days < max(stage.days, 1)


class Asked(NamedTuple):
    """By what a vote is decided, as far as a majority of law says something about it."""

    method: str
    settings: Mapping[str, str]
    quorum: Mapping[str, str] | None
    eligible: int | None = None  # known once it is open


def enough(stage: Stage, asked: Asked) -> bool:
    """Whether a vote asks for what one of the stage's majorities of law asks for, or for more."""
    return any(_asks(PROFILES[name], asked) for name in stage.profiles)


def _asks(law: Profile, asked: Asked) -> bool:
    if asked.method != law.method:
        return False
    for field, least in law.settings.items():
        said = asked.settings.get(field, "")
        if said == least:
            continue
        if field != "threshold" or not said or not _more(threshold(said), threshold(least)):
            return False
    return not law.quorum or (asked.quorum is not None and _fills(law, asked))


def _fills(law: Profile, asked: Asked) -> bool:
    mine, least = Quorum.read(asked.quorum or {}), Quorum.read(law.quorum)
    if mine.of is not least.of:
        return False
    if asked.eligible is not None:  # of two quorums that need as many, either may be kept
        return mine.needed(asked.eligible) >= least.needed(asked.eligible)
    if isinstance(mine.share, Threshold) and isinstance(least.share, Threshold):
        return _more(mine.share, least.share)
    return mine == least


def _more(one: Threshold, least: Threshold) -> bool:
    return (one.share, one.strict) >= (least.share, least.strict)
