"""Ranked pairs: comparisons are taken from the strongest down, except what contradicts them."""

from collections.abc import Mapping, Sequence

import numpy as np

from forum.base.i18n import N_
from voting.methods.common import late, lots
from voting.methods.common.pairwise import (
    MARGINS,
    Duels,
    PairElection,
    Relation,
    Standing,
    measure,
    peeled,
)
from voting.methods.common.result import Frame
from voting.methods.common.seats import named
from voting.methods.common.words import Words
from voting.methods.method import Rule

Pair = tuple[int, int]  # who wins, who loses
Above = tuple[int, ...]  # for each option a set of bits: itself, and whom it stands above

WORK = 50_000  # bounds how many orders are kept at a time, by the square of the options
SHOWN = 20

LEFT_OUT = N_(
    "Left out, because stronger comparisons say the contrary: %(name)s against %(other)s, "
    "%(votes)s to %(against)s."
)
EQUAL = N_(
    "Some comparisons are equally strong, and with their order any of these could win: %(names)s."
)
ANY_ORDER = N_("Some comparisons are equally strong, but %(name)s wins in every order of them.")
EQUAL_DRAWN = late.either(
    N_("The lot from the announced seed put the equally strong comparisons in an order."),
    N_("The lot drawn after the count put the equally strong comparisons in an order."),
)


class RankedPairs(PairElection):
    """T. N. Tideman, "Independence of clones as a criterion for voting rules", 1987.

    By margins: the larger lead, then more votes on the winning side. By winning votes: more of
    them, then fewer against. What is still equal has no order of its own: who could win in some
    order of it is tied (M. Brill, F. Fischer, "The price of neutrality for the ranked pairs
    method", 2012), and the lot draws one order.
    """

    name = "ranked_pairs"
    version = 1
    label = N_("Comparison from the clearest down (ranked pairs)")
    hint = N_("Voters order the options; every two are compared, and the clearest results stand.")
    settings = (measure(MARGINS),)
    way = (
        N_(
            "The won comparisons are taken one after the other, the strongest first. One that "
            "contradicts those that stand already is left out. Elected is who in the end has "
            "nobody above."
        ),
        N_(
            "Of equal strength, the one with more votes on its winning side goes first, then the "
            "one with fewer against. What is still equal matters only if the winner depends on "
            "its order; then the order is drawn by lot."
        ),
    )

    def compare(
        self, duels: Duels, rule: Rule, frame: Frame, called: Mapping[str, str]
    ) -> Standing:
        """The orders of equal comparisons are looked through before any lot."""
        steps = ranked(duels, rule["measure"])
        above, left_out, settled = stand(steps, len(duels.ids))
        said: tuple[Words, ...] = ()
        if not settled:
            best = [duels.ids[at] for at in could_win(steps, duels)]
            if len(best) > 1:
                said = (Words(EQUAL, {"names": named(best, called)}),)
            elif duels.condorcet() is None:
                said = (Words(ANY_ORDER, {"name": called[best[0]]}),)
            if len(best) == 1 or not frame.lot:
                return Standing(best, duels.won(), 2, said=said)
            said += (Words(EQUAL_DRAWN),)
            drawn = [drawn_order(pairs, duels.ids, frame.lot) for pairs in steps]
            above, left_out, _settled = stand(drawn, len(duels.ids))
        found = peeled(duels.ids, table_of(above))
        said += tuple(_said(pair, duels, called) for pair in left_out[:SHOWN])
        return Standing(found[0], duels.won(), 2, found, said)


def ranked(duels: Duels, measured: str) -> list[list[Pair]]:
    """The won comparisons from the strongest down, those without an order together."""
    found: dict[tuple[int, int], list[Pair]] = {}
    table = duels.table.tolist()
    for one, other in np.argwhere(duels.table > duels.table.T).tolist():
        votes, against = table[one][other], table[other][one]
        first = votes - against if measured == MARGINS else votes
        found.setdefault((first, votes if measured == MARGINS else -against), []).append(
            (one, other)
        )
    return [found[strength] for strength in sorted(found, reverse=True)]


def drawn_order(pairs: list[Pair], ids: Sequence[str], seed: str) -> list[Pair]:
    """Equal comparisons in the order of the lot; it draws among "o1>o2", "o3>o1" and so on."""
    known = {f"{ids[one]}>{ids[other]}": (one, other) for one, other in pairs}
    return [known[text] for text in lots.drawn(seed, "equal comparisons", known)]


def stand(steps: Sequence[Sequence[Pair]], size: int) -> tuple[Above, list[Pair], bool]:
    """What stands in the end, what was left out, and whether it is so in every order of equals."""
    above, left_out, settled = nobody_above(size), [], True
    for pairs in steps:
        settled = settled and not circular(above, pairs)
        for pair in pairs:
            if stands_above(above, pair[1], pair[0]):
                left_out.append(pair)
            else:
                above = put(above, pair)
    return above, left_out, settled


def could_win(steps: Sequence[Sequence[Pair]], duels: Duels) -> list[int]:
    """Who has nobody above in some order of equal comparisons.

    All orders are followed at once; those that made the same stand are one. Comparisons with
    somebody outside the Smith set never contradict others, and nobody outside it wins. Only where
    there are more stands than are kept, everybody who could not yet be ruled out is named.
    """
    inside = duels.smith()
    at = {ident: place for place, ident in enumerate(inside)}
    most = max(1, WORK // len(inside) ** 2)
    stands, found = {nobody_above(len(inside))}, set[int]()
    for pairs in steps:
        open_ = [(at[one], at[other]) for one, other in pairs if one in at and other in at]
        found |= {one for above in stands for one in free(above) if len(free(above)) == 1}
        stands = {above for above in stands if not free(above) <= found}
        if open_:
            grown = followed(stands, open_, most)
            if grown is None:
                break
            stands = grown
    return sorted(inside[one] for one in found.union(*map(free, stands)))


def followed(stands: set[Above], pairs: Sequence[Pair], most: int) -> set[Above] | None:
    """All stands after these equal comparisons, in all their orders; None where there are more."""
    done, left = set[Above](), stands
    while left:
        grown = set[Above]()
        for above in left:
            choices = circular(above, pairs)
            clear = above
            for pair in pairs:
                if pair not in choices and not stands_above(clear, pair[1], pair[0]):
                    clear = put(clear, pair)
            if not choices:
                done.add(clear)
            grown.update(put(clear, pair) for pair in choices)
            if len(grown) + len(done) > most:
                return None
        left = grown
    return done


def circular(above: Above, pairs: Sequence[Pair]) -> set[Pair]:
    """Of comparisons that stand or fall by their order: those in a circle with one another."""
    open_ = {
        (one, other)
        for one, other in pairs
        if not (stands_above(above, one, other) or stands_above(above, other, one))
    }
    if len(open_) < 2:
        return set()
    reach = list(above)
    for one, other in open_:
        reach[one] |= 1 << other
    for between in range(len(reach)):
        for one in range(len(reach)):
            if reach[one] >> between & 1:
                reach[one] |= reach[between]
    return {(one, other) for one, other in open_ if reach[other] >> one & 1}


def nobody_above(size: int) -> Above:
    """Where everything begins."""
    return tuple(1 << at for at in range(size))


def stands_above(above: Above, one: int, other: int) -> bool:
    """Whether one stands above the other by now."""
    return bool(above[one] >> other & 1)


def put(above: Above, pair: Pair) -> Above:
    """One above the other, and with it everybody above above everybody below."""
    one, other = pair
    if stands_above(above, one, other):
        return above
    return tuple(row | above[other] if row >> one & 1 else row for row in above)


def free(above: Above) -> frozenset[int]:
    """Who has nobody above."""
    below = 0
    for at, row in enumerate(above):
        below |= row & ~(1 << at)
    return frozenset(at for at in range(len(above)) if not below >> at & 1)


def table_of(above: Above) -> Relation:
    """The same as a table."""
    size = range(len(above))
    rows = [[one != other and stands_above(above, one, other) for other in size] for one in size]
    return np.array(rows, dtype=np.bool_)


def _said(pair: Pair, duels: Duels, called: Mapping[str, str]) -> Words:
    one, other = pair
    return Words(
        LEFT_OUT,
        {
            "name": called[duels.ids[one]],
            "other": called[duels.ids[other]],
            "votes": int(duels.table[one, other]),
            "against": int(duels.table[other, one]),
        },
    )


METHOD = RankedPairs()
