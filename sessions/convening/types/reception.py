"""代表接待: representatives receive whoever comes; told three days ahead with time and place."""

from forum.base.i18n import N_
from forum.consultations.patterns import Point
from sessions.convening.kinds import Part, kind

kind(
    key="reception",
    name=N_("Reception by representatives"),
    about=N_("Representatives receive whoever comes; what is said is written down and answered."),
    title=N_("Reception: %(about)s"),
    quorum=">=0/1",
    rule="first_come",
    required=(Part.VENUE,),
    minutes=180,
    items=(Point(N_("Receiving visitors, in the order of coming"), "", "discussion", 160),),
    asks=False,
    proxies=0,
)
