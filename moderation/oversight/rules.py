"""What may be done to what, who may look at an appeal, what is alike: pure."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from moderation.oversight.models import Act

# Longer than this nobody is still on it who said so.
CLAIM_HOLDS = timedelta(minutes=30)
APPEAL_WITHIN = timedelta(days=30)
# A count of fewer could point at a person.
LEAST_SHOWN = 5

THING_ACTS: Mapping[str, tuple[Act, ...]] = {
    "argument": (Act.HIDE, Act.RELEASE, Act.ASK, Act.MOVE),
    "held": (Act.RELEASE, Act.HIDE, Act.ASK, Act.MOVE),
    "proposal": (Act.RELEASE, Act.HIDE),
    "item": (Act.HIDE, Act.RELEASE),
}
# What has not been out yet.
WAITING = ("held", "proposal")
PERSON_ACTS = (Act.WARN, Act.MUTE, Act.BAN)
# The letter that begins each of them.
KEYS: Mapping[Act, str] = {
    Act.HIDE: "h",
    Act.RELEASE: "r",
    Act.ASK: "e",
    Act.MOVE: "m",
    Act.WARN: "w",
    Act.MUTE: "u",
    Act.BAN: "b",
}


def claimed(by: int | None, at: datetime | None, now: datetime) -> int | None:
    """Who is on a thing now; a claim lapses by itself."""
    return by if at is not None and now - at < CLAIM_HOLDS else None


def appealable(act: Act, undone_at: datetime | None, at: datetime, now: datetime) -> bool:
    """Whether the person concerned may still ask somebody else to look at a measure."""
    return act is not Act.RELEASE and undone_at is None and now - at <= APPEAL_WITHIN


def may_judge(actor: int, *, taken_by: int | None, concerned: int | None) -> bool:
    """Nobody judges their own act, nor their own case."""
    return actor not in (taken_by, concerned)


def instance(
    places: Sequence[str], leading: Mapping[str, Collection[int]], excluded: Collection[int]
) -> str:
    """The nearest place in which somebody else leads; empty where there is nobody anywhere."""
    found = (place for place in places if set(leading.get(place, ())) - set(excluded))
    return next(found, "")


def shown(count: int) -> int | None:
    """A count as everybody may read it; None where it is too small to be told."""
    return None if 0 < count < LEAST_SHOWN else count


def squeezed(text: str) -> str:
    """A text as word lists match it: one width, one case, no blanks, nothing invisible."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    plain = unicodedata.normalize("NFKC", folded)
    return "".join(sign for sign in plain if unicodedata.category(sign)[0] not in "ZC")


# The latest texts are compared with each new one.
@lru_cache(4096)
def bare(text: str) -> str:
    """A text as alike ones are found: squeezed, and without its signs."""
    return "".join(sign for sign in squeezed(text) if unicodedata.category(sign)[0] in "LNM")
