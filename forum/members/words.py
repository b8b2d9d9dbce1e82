"""Enums in the reader's words."""

from collections.abc import Mapping

from forum.base.i18n import N_, _
from forum.members.models import Role, StandingKind, Verdict, Verification
from forum.members.rules import LEVELS as LEVEL_OF
from forum.members.rules import Level

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
    Verification.MAIL: N_("Reached by mail; a station can verify you at the counter."),
    Verification.PHONE: N_("Reached by telephone; a station can verify you at the counter."),
    Verification.REGISTER: N_("Found in the official register."),
}
# One time that the platform learned who somebody is.
METHODS: Mapping[Verification, str] = {
    Verification.NONE: N_("As the person says"),
    Verification.MAIL: N_("Mail address confirmed"),
    Verification.PHONE: N_("Telephone number confirmed"),
    Verification.CODE: N_("Came with a code from a station"),
    Verification.PROVIDER: N_("Came by a sign-in service"),
    Verification.STAFF: N_("Document seen by a clerk"),
    Verification.REGISTER: N_("Found in the official register"),
}
METHODS_AT_COUNTER = (Verification.STAFF, Verification.REGISTER)
LEVELS: Mapping[Level, str] = {
    Level.DECLARED: N_("As the person says"),
    Level.REACHED: N_("Can be reached"),
    Level.SEEN: N_("Document seen"),
    Level.REGISTERED: N_("In the official register"),
}
VERDICTS: Mapping[Verdict, str] = {
    Verdict.BAD: N_("Left out"),
    Verdict.NEW: N_("New people"),
    Verdict.ROLE: N_("Get a role"),
    Verdict.NOTED: N_("Get another note"),
    Verdict.KNOWN: N_("Nothing changes"),
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


def verdict_words(verdict: Verdict) -> str:
    """What would happen to a line of a list of people."""
    return _(VERDICTS[verdict])


def method_words(method: Verification) -> str:
    """In which way the platform learned who somebody is."""
    return _(METHODS[method])


def level_words(method: Verification) -> str:
    """How sure the platform is of somebody whom it knows in this way."""
    return _(LEVELS[LEVEL_OF[method]])
