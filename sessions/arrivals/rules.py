"""What a deed that a desk enters later comes to, and when a desk is missed: pure."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

# A desk's page says every twenty seconds that it is there; it is written down at most so often.
HEARD_EVERY = timedelta(seconds=15)
MISSED_AFTER = timedelta(seconds=60)
# Clocks that disagree by less are meant to agree; what is older was done without a line.
SKEW = timedelta(seconds=60)
LATE = timedelta(seconds=20)


class DeedKind(StrEnum):
    """What a desk does with somebody: lets them in, lets them go, sends them to another venue."""

    IN = "in"
    OUT = "out"
    MOVE = "move"


class Spell(NamedTuple):
    """Somebody's last interval: where, from when, and until when if they have left."""

    venue: int
    in_at: datetime
    out_at: datetime | None


class Deed(NamedTuple):
    """What a desk did, when, and where it believed the person to be before (0: not there)."""

    kind: DeedKind
    member: int
    done_at: datetime
    believed: int = 0
    to: int = 0
    anyway: bool = False


class Outcome(StrEnum):
    """What a deed comes to when it is entered."""

    DO = "do"  # at the deed's own time
    NOW = "now"  # it was overtaken, and the desk wants it all the same
    SAME = "same"  # things stand like this already
    ELSEWHERE = "elsewhere"  # somebody else has checked them in at another venue meanwhile
    LEFT = "left"  # they have left meanwhile
    AGAIN = "again"  # they have come again meanwhile


def judge(deed: Deed, venue: int, last: Spell | None) -> Outcome:
    """What a deed at a venue comes to, given where the person was last."""
    here = last if last is not None and last.out_at is None else None
    aim = deed.to if deed.kind is DeedKind.MOVE else venue
    if deed.kind is DeedKind.OUT and here is None:
        return Outcome.SAME
    if deed.kind is not DeedKind.OUT and here is not None and here.venue == aim:
        return Outcome.SAME
    return _overtaken(deed, venue, last)


def _overtaken(deed: Deed, venue: int, last: Spell | None) -> Outcome:
    if last is None:
        return Outcome.DO
    if last.out_at is not None:
        early, why = last.out_at > deed.done_at, Outcome.LEFT
    elif deed.kind is DeedKind.IN:
        early, why = last.in_at > deed.done_at or last.venue != deed.believed, Outcome.ELSEWHERE
    elif last.venue != venue:
        return Outcome.ELSEWHERE  # they are no longer at this desk: it has no say
    else:
        early, why = last.in_at > deed.done_at, Outcome.AGAIN
    if not early:
        return Outcome.DO
    if not deed.anyway:
        return why
    return Outcome.NOW if (last.out_at or last.in_at) > deed.done_at else Outcome.DO


def missed(at: datetime, now: datetime) -> bool:
    """Whether a desk heard last at `at` is missed by now."""
    return now - at >= MISSED_AFTER
