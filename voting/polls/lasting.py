"""How long a vote lasts, when those who have not voted are reminded, and what comes after: pure."""

from datetime import datetime, timedelta

from voting.polls.models import PollState
from voting.polls.rules import Outcome, Verb, may

REMIND_EVERY = timedelta(hours=6)  # nobody is asked more often
REMIND_BEFORE = timedelta(hours=24)  # the closing, by itself
REMIND_LASTING = timedelta(days=2)  # votes that take longer than this

UNDECIDED = frozenset({Outcome.TIED, Outcome.INQUORATE, Outcome.NONE})


def reminds(last: datetime | None, now: datetime) -> bool:
    """Whether another reminder may go out."""
    return last is None or now - last >= REMIND_EVERY


def reminded_at(opened: datetime | None, closes: datetime | None) -> datetime | None:
    """When a reminder goes out by itself; None where the vote does not last long enough."""
    if opened is None or closes is None or closes - opened <= REMIND_LASTING:
        return None
    return closes - REMIND_BEFORE


def again(state: PollState, outcome: Outcome | None) -> bool:
    """Whether there may be another round: the vote was void, or decided nothing."""
    if state == PollState.VOIDED:
        return True
    return may(Verb.AGAIN, state) and outcome in UNDECIDED
