"""协商会: those concerned talk a matter over and form opinions; told three days ahead."""

from forum.base.i18n import N_
from forum.consultations.patterns import Point
from sessions.convening.kinds import Part, kind

kind(
    key="consultation",
    name=N_("Consultation meeting"),
    about=N_("Those concerned talk a matter over; everybody has read the briefing."),
    title=N_("Consultation meeting: %(about)s"),
    required=(Part.AGENDA, Part.VENUE, Part.BRIEFING),
    items=(
        Point(N_("What it is about, and questions to the facts"), "", "information", 15),
        Point(N_("Everybody's view"), N_("What matters to you, and why?"), "discussion", 60),
        Point(N_("Common ground, and what stays open"), "", "decision", 30),
    ),
)
