"""Tiers in the reader's words."""

from collections.abc import Mapping

from forum.base.i18n import N_, _
from forum.stations.models import Tier

TIERS: Mapping[Tier, str] = {
    Tier.ORGANISATION: N_("Organisation"),
    Tier.COMMITTEE: N_("Committee"),
    Tier.STATION: N_("Station"),
}


def tier_words(tier: Tier) -> str:
    """What a place of this tier is called."""
    return _(TIERS[tier])
