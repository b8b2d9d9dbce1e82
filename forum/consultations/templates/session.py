"""红茶议事会一类: one session of two hours with a facilitator, small tables and a common result."""

from forum.base.i18n import N_
from forum.consultations.models import Stage
from forum.consultations.patterns import Point, template
from forum.members.models import Role

template(
    key="session",
    name=N_("Session of two hours"),
    about=N_(
        "One evening with a facilitator: rules, facts, small tables, common ground, promises."
    ),
    title=N_("An evening about …"),
    summary=N_("Two hours around a table: everybody speaks, and promises are written down."),
    purpose=N_(
        "**One evening, one question.** Write it so that it can be answered in two hours.\n\n"
        "**How we talk.** One speaks at a time, two minutes each; first to the matter, then to the "
        "solution; nobody is blamed.\n\n"
        "**What comes of it.** Common ground, what stays open, and who promised what by when."
    ),
    days={Stage.PROPOSING: 7, Stage.DELIBERATING: 2, Stage.PUBLISHING: 5, Stage.FOLLOWING: 30},
    agenda=(
        Point(N_("Welcome and rules of talk"), "", "information", 10),
        Point(
            N_("The facts"),
            N_("What is known; questions of understanding only."),
            "information",
            20,
        ),
        Point(
            N_("At small tables"),
            N_("Everybody says what matters to them and why."),
            "discussion",
            40,
        ),
        Point(N_("Common ground"), N_("Each table reports; what do we share?"), "discussion", 30),
        Point(N_("Promises"), N_("Who does what by when; what stays open."), "decision", 20),
    ),
    roles=(Role.SECRETARY,),
)
