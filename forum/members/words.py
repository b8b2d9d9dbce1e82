"""Enums in the reader's words."""

from collections.abc import Mapping

from forum.base.i18n import N_, _
from forum.members.models import Role, StandingKind, Verification

ROLES: Mapping[Role, str] = {
    Role.RESIDENT: N_("Resident"),
    Role.MODERATOR: N_("Moderator"),
    Role.SECRETARY: N_("Secretary"),
    Role.REPRESENTATIVE: N_("Representative"),
    Role.HANDLER: N_("Handler"),
    Role.COMMITTEE: N_("Committee member"),
    Role.OPERATOR: N_("Station operator"),
    Role.ADMINISTRATOR: N_("Administrator"),
}
STANDINGS: Mapping[StandingKind, str] = {
    StandingKind.MUTED: N_("Muted"),
    StandingKind.BANNED: N_("Banned"),
}
VERIFIED: Mapping[Verification, str] = {
    Verification.NONE: N_("Not verified yet: a station can do that at the counter."),
    Verification.CODE: N_("Verified by a code from a station."),
    Verification.STAFF: N_("Verified by staff at a station."),
    Verification.PROVIDER: N_("Verified by the sign-in service."),
}


def role_words(role: Role) -> str:
    """What a role is called."""
    return _(ROLES[role])


def standing_words(kind: StandingKind) -> str:
    """What a restriction is called."""
    return _(STANDINGS[kind])


def verified_words(level: Verification | str) -> str:
    """How the person behind an account is known."""
    return _(VERIFIED[Verification(level)])
