"""履职报告会: representatives report on what they did, and those who elected them ask."""

from forum.base.i18n import N_
from forum.consultations.patterns import Point
from sessions.convening.kinds import Part, kind

kind(
    key="duty_report",
    name=N_("Duty report"),
    about=N_("Representatives report on what they did; voters ask and judge."),
    title=N_("Duty report: %(about)s"),
    quorum=">=0/1",
    rule="first_come",
    required=(Part.AGENDA, Part.VENUE),
    minutes=90,
    items=(
        Point(N_("Report of the representative"), "", "information", 20),
        Point(N_("Questions of the voters"), "", "discussion", 50),
    ),
    proxies=0,
)
