"""大会／业主大会: those entitled decide together; told ten days ahead, two thirds take part."""

from forum.base.i18n import N_
from forum.consultations.patterns import Point
from sessions.convening.kinds import Part, kind

kind(
    key="assembly",
    name=N_("Assembly"),
    about=N_("Villagers, owners or members decide together, themselves or by proxy."),
    title=N_("Assembly: %(about)s"),
    quorum=">=2/3",
    rule="nantang",
    lead=10,
    required=(Part.AGENDA, Part.VENUE, Part.BRIEFING),
    minutes=150,
    items=(
        Point(N_("Who is here, and the quorum"), "", "information", 10),
        Point(N_("Report of the committee"), "", "information", 20),
        Point(N_("Debate on the motions"), N_("Reasons for and against."), "discussion", 60),
        Point(N_("The decision"), "", "decision", 30),
    ),
    counted=True,
)
