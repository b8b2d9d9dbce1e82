"""社区协商: the general pattern, from the call for topics to the kept promise."""

from forum.base.i18n import N_
from forum.consultations.models import Stage
from forum.consultations.patterns import Point, template

template(
    key="community",
    name=N_("Community consultation"),
    about=N_(
        "Topics are gathered, talked over in writing and in a session, decided and followed up."
    ),
    title=N_("What shall we do about …?"),
    summary=N_("Residents talk over what concerns them all and agree on what is to be done."),
    purpose=N_(
        "**What it is about.** Say in two or three sentences what the matter is and whom it "
        "concerns.\n\n"
        "**What is to be decided.** Say what this consultation can decide, and what others decide."
        "\n\n"
        "**What happens with the outcome.** It is published here with its reasons; every promise "
        "becomes a task that everybody can follow."
    ),
    days={
        Stage.PROPOSING: 14,
        Stage.DELIBERATING: 21,
        Stage.DECIDING: 7,
        Stage.PUBLISHING: 7,
        Stage.FOLLOWING: 90,
    },
    agenda=(
        Point(N_("What is the matter?"), N_("Facts first: what is known, what is not?")),
        Point(
            N_("What could be done?"), N_("Each proposal with its reasons, cost and who does it.")
        ),
        Point(N_("What do we agree on?"), N_("What is put to the vote, and how."), "decision"),
    ),
)
