"""What every single transferable vote has in common, whatever passes on and how."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from voting.methods.common.election import RankElection
from voting.methods.common.seats import LOT, SEATS, seats
from voting.methods.common.transfers import ODD, OVERVOTE, OVERVOTES, TIES
from voting.methods.common.words import Words
from voting.methods.method import Option, Rule


class TransferableVote(RankElection):
    """Several are elected from orders of preference; `way` says in words how it is counted."""

    equal = False
    settings = (SEATS._replace(default="2"), OVERVOTE)
    way: ClassVar[tuple[str, ...]]

    def rule(self, typed: Mapping[str, str], options: Sequence[Option] = ()) -> dict[str, Any]:
        """No more are elected than there are."""
        return seats(super().rule(typed, options))

    def describe(self, rule: Rule) -> tuple[Words, ...]:
        """The quota, what passes on, odd ballots, ties."""
        return tuple(map(Words, (*self.way, *ODD, OVERVOTES[rule["overvote"]], TIES, LOT)))
