"""老旧小区加装电梯: neighbours of one staircase, floor by floor."""

from forum.base.i18n import N_
from forum.consultations.models import Eligibility, Stage
from forum.consultations.patterns import Point, template
from forum.members.models import Role

template(
    key="lift",
    name=N_("A lift for an old house"),
    about=N_(
        "The owners of one staircase: whether, which one, who pays how much, who looks after it."
    ),
    title=N_("A lift for house …"),
    summary=N_(
        "The owners of the staircase talk over whether a lift is built, and how it is paid."
    ),
    purpose=N_(
        "**Who takes part.** The owners of this staircase, each flat with its area.\n\n"
        "**What is to be decided.** Whether a lift is built, which plan, how the cost is shared by "
        "floor, and who looks after it later. Two thirds of the owners, with two thirds of the "
        "area, must take part in the vote, and three quarters of both must agree.\n\n"
        "**Light, noise and ground floors.** What those lose who gain nothing is part of the plan."
    ),
    days={
        Stage.DELIBERATING: 30,
        Stage.DECIDING: 14,
        Stage.PUBLISHING: 10,
        Stage.FOLLOWING: 180,
    },
    agenda=(
        Point(N_("Shall there be a lift at all?"), N_("Reasons for and against, floor by floor.")),
        Point(
            N_("Which plan?"),
            N_("Place, kind, light, noise, pipes; the drawings stand in the briefing."),
        ),
        Point(N_("How is the cost shared?"), N_("By floor, with what those get who lose light.")),
        Point(N_("Who looks after it?"), N_("Upkeep, power, yearly test, emergencies.")),
        Point(N_("The owners' vote"), N_("On the plan and the sharing as they stand."), "decision"),
    ),
    roles=(Role.SECRETARY, Role.REPRESENTATIVE, Role.HANDLER),
    eligibility=Eligibility.LISTED,
)
