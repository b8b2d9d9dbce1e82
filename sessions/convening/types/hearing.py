"""听证会: those affected are heard before an authority decides; told seven working days ahead."""

from forum.base.i18n import N_
from forum.consultations.patterns import Point
from sessions.convening.kinds import Part, kind

kind(
    key="hearing",
    name=N_("Hearing"),
    about=N_("Those affected are heard before it is decided; what is said is put on record."),
    title=N_("Hearing: %(about)s"),
    quorum=">1/2",
    lead=7,
    working=True,
    required=(Part.AGENDA, Part.VENUE, Part.BRIEFING),
    minutes=180,
    items=(
        Point(N_("What is planned, and why"), "", "information", 30),
        Point(N_("Those affected are heard"), "", "discussion", 90),
        Point(N_("Answers, and what goes on record"), "", "information", 30),
    ),
    proxies=1,
)
