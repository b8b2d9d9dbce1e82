"""Where votes go that were given to others: pure, and the same in whatever order they are told.

A vote goes along the chain of those to whom it was given, each by their own most specific word.
It stops at the first who took a side. Whoever abstained passes it on; where nobody further along
took a side, it is counted as the abstention of the first who abstained. A chain that comes back to
somebody it has met, and one in whose end nobody voted, represent nobody unless somebody in it
abstained. Where more votes would come to one person than may be carried, the nearer go first: all
that come over one step, then all over two, and so on. A distance that does not fit as a whole is
left out as a whole, and so is everything behind it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from voting.delegations.models import Fate, Scope

# The most specific comes first.
ORDER: Mapping[Scope, int] = {Scope.POLL: 0, Scope.ITEM: 1, Scope.CONSULTATION: 2}


class Word(NamedTuple):
    """Somebody's word on who votes for them within a scope."""

    giver: int
    delegate: int
    scope: Scope


class Way(NamedTuple):
    """What becomes of a vote: its holder and over how many steps it came there, or neither."""

    fate: Fate
    holder: int | None
    steps: int


class _End(NamedTuple):
    """Where a walk ended: at whom (None: nobody), and whether it came back to where it had been."""

    holder: int | None
    steps: int
    again: bool = False


def specific(words: Iterable[Word]) -> dict[int, int]:
    """To whom each gives their vote: by the most specific word of each."""
    found: dict[int, Word] = {}
    for word in words:
        known = found.get(word.giver)
        if known is None or ORDER[word.scope] < ORDER[known.scope]:
            found[word.giver] = word
    return {giver: word.delegate for giver, word in found.items()}


def resolve(
    given: Mapping[int, int],
    voted: Mapping[int, bool],
    cap: int | None = None,
    *,
    aside: Collection[int] = (),
) -> dict[int, Way]:
    """What becomes of the votes of all who gave theirs away and did not vote themselves.

    `voted` tells of everybody who voted by name whether they took a side. Those `aside` voted in a
    way that nobody can follow: they pass on what came to them, and nobody votes for them.
    """
    sides = _ends(given, {one for one, took in voted.items() if took})
    silent = _ends(given, {one for one, took in voted.items() if not took})
    ways = {}
    for giver in given.keys() - voted.keys() - set(aside):
        side, abstained = sides[giver], silent[giver]
        if side.holder is not None:
            ways[giver] = Way(Fate.CAST, side.holder, side.steps)
        elif abstained.holder is not None:
            ways[giver] = Way(Fate.ABSTAINED, abstained.holder, abstained.steps)
        else:
            ways[giver] = Way(Fate.CYCLE if side.again else Fate.NOBODY, None, 0)
    return ways if cap is None else ways | _over(ways, cap)


def _ends(given: Mapping[int, int], stops: set[int]) -> dict[int, _End]:
    """For each giver the first of `stops` along their chain; each link is walked once."""
    ends: dict[int, _End] = {}
    for start in given:
        path: list[int] = []
        met: set[int] = set()
        here = start
        while here not in ends and here in given and here not in met:
            path.append(here)
            met.add(here)
            here = given[here]
            if here in stops:
                break
        end = _from(here, stops, ends, met)
        for giver in reversed(path):
            end = end._replace(steps=end.steps + 1)
            ends[giver] = end
    return ends


def _from(here: int, stops: set[int], ends: Mapping[int, _End], met: set[int]) -> _End:
    """What is known of a walk when it comes to somebody."""
    if here in stops:
        return _End(here, 0)
    if here in ends:
        return ends[here]
    return _End(None, 0, again=here in met)


def _over(ways: Mapping[int, Way], cap: int) -> dict[int, Way]:
    """Those that do not fit: by whole distances, the nearer first."""
    coming: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for giver, way in ways.items():
        if way.holder is not None:
            coming[way.holder][way.steps].append(giver)
    found: dict[int, Way] = {}
    for levels in coming.values():
        carried = 0
        for steps in sorted(levels):
            carried += len(levels[steps])
            if carried > cap:
                found |= {one: Way(Fate.TOO_MANY, None, 0) for one in levels[steps]}
    return found
