"""Paths of threads, ranking by agreement, and what may be done to an argument: pure."""

from datetime import timedelta
from enum import StrEnum
from math import isqrt

from forum.arguments.models import Opinion

BODY_MOST = 8000
REASON_MOST = 500
FILES_MOST = 10  # with one argument; a page of two hundred reads those of all at once
PAGE = 200
# Deeper than this under the first one shown, a thread collapses into a count with a link.
SHOWN_DEPTH = 5
# PostgreSQL's index entries end at 2,700 bytes. Beyond, answers stand side by side; whom each
# one answers is kept all the same.
PATH_DEPTH = 300
# A form sent twice (no script, a slow line) within this time is one argument.
SAME = timedelta(minutes=2)

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
# Wilson's z for 95 %, squared, in ten-thousandths: integers make the same order everywhere.
_Z2, _ONE = 38_416, 10_000
SCORE_ONE = 1_000_000


class Order(StrEnum):
    """In which order the arguments of an item are read."""

    SIDES = "sides"
    THREAD = "thread"
    NEWEST = "newest"
    AGREED = "agreed"


def segment(ident: int) -> str:
    """An id as a piece of a path: its length, then its digits, so that text sorts as numbers do."""
    digits = ""
    while ident:
        ident, rest = divmod(ident, 36)
        digits = _DIGITS[rest] + digits
    return f"{len(digits)}{digits}"


def ancestors(path: str) -> list[int]:
    """The ids along a path, the root first, the argument itself last."""
    found: list[int] = []
    at = 0
    while at < len(path):
        end = at + 1 + int(path[at])
        found.append(int(path[at + 1 : end], 36))
        at = end
    return found


def path_under(parent: str, ident: int) -> str:
    """The path of an argument that answers the one at `parent` ("" for the item itself)."""
    above = parent
    if len(ancestors(parent)) > PATH_DEPTH:
        above = parent[: -len(segment(ancestors(parent)[-1]))]
    return above + segment(ident)


def family(path: str) -> tuple[str, str]:
    """From where, and up to where (exclusive), the paths of an argument and all its answers lie."""
    return path, path + ":"  # the sign after 9, and a segment begins with a digit


def score(agree: int, disagree: int, passes: int) -> int:
    """The lower bound of Wilson's interval for the share that agrees, in millionths.

    Passes count as having been asked: what leaves most people undecided is not most agreed.
    """
    asked = agree + disagree + passes
    if not asked:
        return 0
    fine = 10**9
    # (a + z²/2 − √(z²·a·(n−a)/n + z⁴/4)) / (n + z²), each term times `fine`.
    under_root = fine**2 * (4 * _Z2 * _ONE * agree * (asked - agree) + asked * _Z2**2)
    root = isqrt(under_root // (4 * asked * _ONE**2))
    upper = agree * fine + _Z2 * fine // (2 * _ONE) - root
    return max(0, upper * _ONE * SCORE_ONE // ((asked * _ONE + _Z2) * fine))


def change(before: Opinion | None, after: Opinion | None) -> tuple[int, int, int]:
    """What a reaction adds to the counts of agree, disagree and pass."""
    agree, disagree, passes = (
        (after is opinion) - (before is opinion)
        for opinion in (Opinion.AGREE, Opinion.DISAGREE, Opinion.PASS)
    )
    return agree, disagree, passes
