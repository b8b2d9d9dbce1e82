"""What a count is measured against, its rounds and its outcome; all stored with a poll as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from voting.methods.common.words import Words


@dataclass(frozen=True)
class Frame:
    """What a count is measured against; everything in votes, which are people where all weigh 1.

    `second` is what each answer has in a second weight that is counted beside the first (the area
    of flats beside their owners), "blank" and "invalid" included; `eligible_second` is all of it,
    and None where there is no second weight. Both in units of 1/`scale`; without one in hundredths
    of a square metre.
    """

    eligible: int
    present: int | None = None
    blank: int = 0
    invalid: int = 0
    casting: str | None = None  # the chair's casting vote
    lot: str = ""  # the seed of lots, announced before the count; without one a tie stays a tie
    second: Mapping[str, int] = field(default_factory=dict)
    eligible_second: int | None = None
    scale: int | None = None


@dataclass(frozen=True)
class Round:
    """One step of a count: what each option has, and what follows from it."""

    counts: Mapping[str, int]  # by option, in units of 1/scale
    scale: int = 1
    elected: tuple[str, ...] = ()  # in this round, in order
    eliminated: tuple[str, ...] = ()
    exhausted: int = 0  # votes that reach no option any more, in the same units
    said: tuple[Words, ...] = ()  # why, in plain words

    def pack(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "counts": dict(self.counts),
            "scale": self.scale,
            "elected": list(self.elected),
            "eliminated": list(self.eliminated),
            "exhausted": self.exhausted,
            "said": [words.pack() for words in self.said],
        }

    @classmethod
    def unpack(cls, packed: Mapping[str, Any]) -> "Round":
        """What `pack` packed."""
        return cls(
            packed["counts"],
            packed["scale"],
            tuple(packed["elected"]),
            tuple(packed["eliminated"]),
            packed["exhausted"],
            tuple(map(Words.unpack, packed["said"])),
        )


@dataclass(frozen=True)
class Result:
    """An outcome; `carried` is None while it waits for the chair's casting vote, or for a lot.

    `winners` are in the order of their election where a method has one; `ties` is the set that
    could not be told apart (in the order of their ids); `pairs[a][b]` how many prefer a to b.
    """

    carried: bool | None
    winners: tuple[str, ...]
    ties: tuple[str, ...]
    figures: Mapping[str, int]
    explanation: tuple[Words, ...] = ()
    rounds: tuple[Round, ...] = ()
    pairs: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def pack(self) -> dict[str, Any]:
        """As JSON."""
        packed: dict[str, Any] = {
            "carried": self.carried,
            "winners": list(self.winners),
            "ties": list(self.ties),
            "figures": dict(self.figures),
            "explanation": [words.pack() for words in self.explanation],
        }
        if self.rounds:
            packed["rounds"] = [one.pack() for one in self.rounds]
        if self.pairs:
            packed["pairs"] = {name: dict(row) for name, row in self.pairs.items()}
        return packed

    @classmethod
    def unpack(cls, packed: Mapping[str, Any]) -> "Result":
        """What `pack` packed."""
        return cls(
            packed["carried"],
            tuple(packed["winners"]),
            tuple(packed["ties"]),
            packed["figures"],
            tuple(map(Words.unpack, packed["explanation"])),
            tuple(map(Round.unpack, packed.get("rounds", ()))),
            packed.get("pairs", {}),
        )
