"""What a role may do, in words: each right is tied to the rule that grants it.

The words are shown for exactly those roles for which the rule says yes, so they cannot drift from
it. Every room declares its own rights in a `rights.py` beside its rules.
"""

from collections.abc import Callable, Collection
from typing import NamedTuple

from forum.base.i18n import N_, _
from forum.members import rules
from forum.members.models import PLATFORM, Role

Rule = Callable[[frozenset[Role]], bool]
# Where a right can be used; a role holds in its place and in all below it.
EVERYWHERE = (PLATFORM, "station", "consultation", "meeting")
PLACES = (PLATFORM, "station")
SMALLER = "station:0"  # any place that is not the platform


class Right(NamedTuple):
    """One right: the rule that decides it, and what it says to people."""

    words: str
    rule: Rule
    kinds: tuple[str, ...]

    def holds(self, roles: Collection[Role]) -> bool:
        """Whether somebody with these roles has it."""
        return self.rule(frozenset(roles))


rights: list[Right] = []


def right(words: str, rule: Rule, kinds: tuple[str, ...] = EVERYWHERE) -> None:
    """Declare a right of one's room."""
    rights.append(Right(words, rule, kinds))


def of(role: Role, kind: str) -> list[str]:
    """What somebody may do who holds this role in a place of this kind."""
    return [_(each.words) for each in rights if kind in each.kinds and each.holds((role,))]


def _gives(role: Role) -> Rule:
    return lambda held: rules.may_grant(held, role, SMALLER)


right(N_("change the settings of the place"), rules.administers)
right(N_("give and take every role here"), _gives(Role.ADMINISTRATOR))
right(N_("name secretaries and station operators"), _gives(Role.SECRETARY))
right(N_("take people in as residents"), _gives(Role.RESIDENT))
right(N_("mute somebody, or keep them out, with a reason"), rules.may_restrict)
