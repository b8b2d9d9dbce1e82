"""What states, venues and quorums are called, in the reader's language."""

from forum.base.i18n import N_, _
from sessions.meetings.models import Link, MeetingState, VenueKind

S = MeetingState

STATES = {
    S.DRAFT: N_("In preparation"),
    S.CONVENED: N_("Convened"),
    S.IN_SESSION: N_("In session"),
    S.RECESS: N_("Recess"),
    S.SUSPENDED: N_("Goes on another day"),
    S.ADJOURNED: N_("Adjourned"),
    S.ARCHIVED: N_("Archived"),
}
TONES = {
    S.DRAFT: "neutral",
    S.CONVENED: "info",
    S.IN_SESSION: "good",
    S.RECESS: "warn",
    S.SUSPENDED: "info",
}

VENUES = {
    VenueKind.MAIN: N_("Main venue"),
    VenueKind.SUB: N_("Sub-venue"),
    VenueKind.ONLINE: N_("Online venue"),
}
LINKS = {Link.UP: N_("Connected"), Link.DOWN: N_("Disconnected")}

QUORA = {
    ">=0/1": N_("None, whoever comes is enough"),
    ">1/2": N_("More than half of those entitled"),
    ">=1/2": N_("At least half of those entitled"),
    ">=1/3": N_("At least a third of those entitled"),
    ">=2/3": N_("At least two thirds of those entitled"),
    ">=3/4": N_("At least three quarters of those entitled"),
}


def state(value: MeetingState) -> str:
    """What a state of a meeting is called."""
    return _(STATES[value])


def tone(value: MeetingState) -> str:
    """The colour of a state's badge."""
    return TONES.get(value, "neutral")


def venue(value: VenueKind) -> str:
    """What a kind of venue is called."""
    return _(VENUES[value])


def link(value: Link) -> str:
    """What the state of a venue's connection is called."""
    return _(LINKS[value])


def quorum(value: str) -> str:
    """The share that must be present, in words where it is a usual one."""
    return _(QUORA[value]) if value in QUORA else value.replace(">=", "≥ ").replace(">", "> ")
