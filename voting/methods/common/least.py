"""A quorum that is a bare number of votes, whatever the size of the roll."""

import re
from typing import NamedTuple

_LEAST = re.compile(r">=([1-9]\d{0,8})", re.ASCII)


class Least(NamedTuple):
    """At least so many; it has the methods of `majority.Threshold`."""

    number: int

    @classmethod
    def read(cls, text: str) -> "Least":
        """Read ">=120"; raises ValueError for what is none."""
        match = _LEAST.fullmatch(text)
        if match is None:
            raise ValueError(f"not a least number: {text!r}")
        return cls(int(match[1]))

    def pack(self) -> str:
        """What `read` reads."""
        return f">={self.number}"

    def carries(self, votes: int, base: int) -> bool:
        """Whether so many are enough, of however many."""
        return votes >= self.number

    def needed(self, base: int) -> int:
        """The same of every roll."""
        return self.number
