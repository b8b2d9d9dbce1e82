"""Quorums that grow with the square root of the electorate, compared exactly by their squares."""

import re
from fractions import Fraction
from math import isqrt
from typing import NamedTuple

_ROOT = re.compile(r">=([1-9]\d{0,5})(?:/([1-9]\d{0,5}))?√", re.ASCII)


class Root(NamedTuple):
    """At least so many times the square root of all who are entitled.

    The Debian constitution asks in §4.2 and A.6 (version 1.7) for R = 3·Q, where Q is half the
    square root of the number of developers and "need not be an integer and is not rounded":
    `Root(Fraction(3, 2))`. It has the methods of `majority.Threshold`.
    """

    times: Fraction

    @classmethod
    def read(cls, text: str) -> "Root":
        """Read ">=3/2√"; raises ValueError for what is none."""
        match = _ROOT.fullmatch(text)
        if match is None:
            raise ValueError(f"not a share of a root: {text!r}")
        return cls(Fraction(int(match[1]), int(match[2] or 1)))

    def pack(self) -> str:
        """What `read` reads."""
        return f">={self.times}√"

    def carries(self, votes: int, base: int) -> bool:
        """Whether so many votes are enough: v ≥ t·√n exactly where v² ≥ t²·n."""
        return votes > 0 and votes * votes >= self.times * self.times * base

    def needed(self, base: int) -> int:
        """The fewest votes that are enough."""
        square = self.times * self.times * base
        # the least v with v² ≥ p/q is the least with v² ≥ the next whole number
        whole = -(-square.numerator // square.denominator)
        return max(isqrt(whole - 1) + 1, 1) if whole else 1
