"""业主大会: owners decide together, by heads and by area."""

from forum.base.i18n import N_
from forum.consultations.models import Eligibility, Stage, Visibility
from forum.consultations.patterns import Point, template
from forum.members.models import Role

template(
    key="owners",
    name=N_("Owners' decision"),
    about=N_("A decision of the owners' assembly: notice, debate, vote by heads and area, notice."),
    title=N_("Owners' assembly: …"),
    summary=N_("The owners decide together; heads and area both count."),
    purpose=N_(
        "**What is put to the owners.** The wording of each question, as it will stand on the "
        "ballot.\n\n"
        "**What is needed.** Two thirds of the owners, with two thirds of the area, must take "
        "part; then more than half of both must agree, for weighty matters three quarters.\n\n"
        "**Notice.** The result is posted for at least seven days."
    ),
    days={
        Stage.DELIBERATING: 15,
        Stage.DECIDING: 10,
        Stage.PUBLISHING: 7,
        Stage.FOLLOWING: 60,
    },
    agenda=(
        Point(N_("Report of the owners' committee"), "", "information", 15),
        Point(
            N_("Debate on the proposal"), N_("Reasons for and against, answers of the committee.")
        ),
        Point(N_("The vote"), N_("By heads and by area; on paper as well as here."), "decision"),
    ),
    roles=(Role.SECRETARY, Role.REPRESENTATIVE),
    visibility=Visibility.MEMBERS,
    eligibility=Eligibility.LISTED,
)
