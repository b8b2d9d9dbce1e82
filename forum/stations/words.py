"""Tiers and offices in the reader's words."""

from collections.abc import Mapping

from forum.base.i18n import N_, _, pgettext
from forum.stations.models import Office, Tier

TIERS: Mapping[Tier, str] = {
    Tier.ORGANISATION: N_("Organisation"),
    Tier.COMMITTEE: N_("Committee"),
    Tier.STATION: N_("Station"),
}


def tier_words(tier: Tier) -> str:
    """What a place of this tier is called."""
    return _(TIERS[tier])


def office_words(office: Office) -> str:
    """What an office of a committee is called."""
    return {
        Office.CHAIR: pgettext("committee", "Chair"),
        Office.VICE_CHAIR: pgettext("committee", "Vice chair"),
        Office.SECRETARY: pgettext("committee", "Secretary"),
        Office.MEMBER: pgettext("committee", "Member"),
    }[office]
