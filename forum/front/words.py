"""What kinds of things, urgencies, parts of work and fates are called, in the reader's words."""

from forum.base.i18n import N_
from forum.front.rules import Fate, Part, Urgency

# Above the one big button: why it is this.
URGENCY = {
    Urgency.RUN: N_("Going on now"),
    Urgency.VOTE: N_("Waits for your vote"),
    Urgency.JOIN: N_("Going on now"),
    Urgency.LATE: N_("Overdue"),
    Urgency.DECIDE: N_("Waits for you"),
    Urgency.WRITE: N_("Waits for you"),
    Urgency.DUE: N_("Due next"),
    Urgency.DESK: N_("Today"),
    Urgency.SPEAK: N_("Open now"),
    Urgency.LOOK: "",
}
TONE = {
    Urgency.RUN: "good",
    Urgency.JOIN: "good",
    Urgency.LATE: "bad",
    Urgency.DUE: "info",
    Urgency.DESK: "info",
    Urgency.SPEAK: "info",
}
PART = {
    Part.APPROVE: N_("To approve"),
    Part.WRITE: N_("To write"),
    Part.CORRECT: N_("In correction"),
    Part.LIVE: N_("Being written as the meeting goes on"),
}
FATE = {
    Fate.HIDDEN: N_("Hidden by a moderator"),
    Fate.TASK: N_("Became a task"),
    Fate.OUTCOME: N_("Stands in the outcome"),
    Fate.DECISION: N_("A decision was made"),
    Fate.DECLINED: N_("Not taken up"),
    Fate.ANSWERED: N_("Answered"),
    Fate.TAKEN_UP: N_("Taken up"),
    Fate.WAITING: N_("Not yet answered"),
}
FATE_TONE = {
    Fate.HIDDEN: "bad",
    Fate.TASK: "good",
    Fate.OUTCOME: "good",
    Fate.DECISION: "good",
    Fate.DECLINED: "warn",
    Fate.ANSWERED: "info",
    Fate.TAKEN_UP: "info",
}
