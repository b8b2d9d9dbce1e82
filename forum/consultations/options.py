"""Settings of this room."""

from forum.base.i18n import N_
from forum.members.models import PLATFORM
from forum.members.options import Kind, option

ALL, MODERATORS = "all", "moderators"
BEGIN = option(
    "consultations.begin",
    Kind.CHOICE,
    ALL,
    N_("Who begins consultations"),
    N_("Always in a place of their own; whoever begins one moderates it."),
    group=N_("Consultations"),
    at=(PLATFORM, "station"),
    choices=lambda: {
        ALL: N_("Moderators, representatives, committee members and administrators"),
        MODERATORS: N_("Moderators and administrators alone"),
    },
)
