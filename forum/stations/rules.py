"""What may stand under what, and who may build the tree: pure."""

import re
from collections.abc import Collection, Mapping
from datetime import timedelta

from forum.members.models import Role
from forum.stations.models import Tier

CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,19}")

UNDER: Mapping[Tier, frozenset[Tier | None]] = {
    Tier.ORGANISATION: frozenset({None, Tier.ORGANISATION}),
    Tier.COMMITTEE: frozenset({None, Tier.ORGANISATION}),
    Tier.STATION: frozenset({None, Tier.ORGANISATION, Tier.COMMITTEE, Tier.STATION}),
}


def fits_under(tier: Tier, parent: Tier | None) -> bool:
    """Whether a place of this tier may stand under one of that tier (None: at the root)."""
    return parent in UNDER[tier]


def code_fits(code: str) -> bool:
    """Codes are printed and typed: capitals, digits and dashes."""
    return CODE.fullmatch(code) is not None


def makes_a_ring(station: int, parent: int | None, parents: Mapping[int, int | None]) -> bool:
    """Whether hanging the station there would put it under itself."""
    while parent is not None:
        if parent == station:
            return True
        parent = parents.get(parent)
    return False


def may_build(roles: Collection[Role]) -> bool:
    """Who may add places here and change them."""
    return Role.ADMINISTRATOR in roles


def by_hand(tier: Tier, role: Role) -> bool:
    """Whether the role is given to staff here; a committee's own follows the offices in it."""
    return role is not Role.RESIDENT and (tier, role) != (Tier.COMMITTEE, Role.COMMITTEE)


SLIPS_MOST = 200
SLIPS_LAST = timedelta(days=60)  # what the form proposes
_SLIPS_LEAST, _SLIPS_LONGEST = timedelta(hours=12), timedelta(days=366)


def slips_fit(count: int, lasts: timedelta) -> bool:
    """Whether a sheet of slips may be so large and valid for so long."""
    return 0 < count <= SLIPS_MOST and _SLIPS_LEAST <= lasts <= _SLIPS_LONGEST


def may_have_card(roles: Collection[Role]) -> bool:
    """Whether a card alone may open the account: not of those who lead and keep counters."""
    return {Role.ADMINISTRATOR, Role.MODERATOR, Role.OPERATOR}.isdisjoint(roles)
