"""征求意见: a draft lies open for comment, and each comment is answered."""

from forum.base.i18n import N_
from forum.consultations.models import Stage
from forum.consultations.patterns import Point, template
from forum.members.models import Role

template(
    key="comment",
    name=N_("Comment period"),
    about=N_("A draft lies open; everybody comments, part by part, and is told what became of it."),
    title=N_("Draft for comment: …"),
    summary=N_("Read the draft and say what should be different, and why."),
    purpose=N_(
        "**The draft.** It stands in the briefing, as a whole and part by part.\n\n"
        "**What we ask.** What is missing, wrong or unclear? Please give a reason.\n\n"
        "**What happens with your comment.** After the period each comment is answered: taken up, "
        "taken up in part, or not, with the reason."
    ),
    days={Stage.DELIBERATING: 30, Stage.PUBLISHING: 15, Stage.FOLLOWING: 60},
    agenda=(
        Point(N_("The draft as a whole")),
        Point(N_("Part one")),
        Point(N_("Part two")),
        Point(N_("What is missing?")),
    ),
    roles=(Role.SECRETARY, Role.REPRESENTATIVE),
)
