"""What the states, results, ratings and steps of a task are called."""

from collections.abc import Mapping

from forum.base.clock import parse
from forum.base.i18n import N_, _, date
from forum.followups.models import Rating, Result, Status

STATUS: Mapping[Status, str] = {
    Status.OPEN: N_("To be acknowledged"),
    Status.ACCEPTED: N_("Acknowledged"),
    Status.IN_PROGRESS: N_("In progress"),
    Status.RETURNED: N_("Returned"),
    Status.ANSWERED: N_("Answered"),
    Status.CLOSED: N_("Done"),
}
TONE: Mapping[Status, str] = {
    Status.OPEN: "info",
    Status.ACCEPTED: "info",
    Status.IN_PROGRESS: "info",
    Status.RETURNED: "warn",
    Status.ANSWERED: "good",
    Status.CLOSED: "neutral",
}
RESULT: Mapping[Result, str] = {
    Result.SOLVED: N_("A: solved"),
    Result.PLANNED: N_("B: under way or planned"),
    Result.IMPOSSIBLE: N_("C: not possible for now"),
    Result.REFERENCE: N_("D: noted for reference"),
}
RATING: Mapping[Rating, str] = {
    Rating.SATISFIED: N_("Satisfied"),
    Rating.MOSTLY: N_("Mostly satisfied"),
    Rating.DISSATISFIED: N_("Not satisfied"),
}
SHOWN: Mapping[str, str] = {
    "active": N_("Under way"),
    "overdue": N_("Overdue"),
    "answered": N_("Answered"),
    "closed": N_("Done"),
    "all": N_("All"),
}
# One line of a task's history for each kind of event.
HISTORY: Mapping[str, str] = {
    "followups:task:assigned": N_("Assigned"),
    "followups:task:accepted": N_("Acknowledged"),
    "followups:task:returned": N_("Returned"),
    "followups:task:reassigned": N_("Given to another unit"),
    "followups:task:progressed": N_("Progress"),
    "followups:time:asked": N_("More time asked for"),
    "followups:task:extended": N_("Date moved"),
    "followups:task:urged": N_("Urged"),
    "followups:task:due_soon": N_("Due in three days"),
    "followups:task:overdue": N_("Overdue"),
    "followups:task:answered": N_("Answered"),
    "followups:task:rated": N_("Rated"),
    "followups:task:reopened": N_("To be done again"),
    "followups:task:closed": N_("Done"),
    "attachments:file:attached": N_("A file was attached"),
    "attachments:file:described": N_("A picture was described"),
    "attachments:file:removed": N_("A file was taken away"),
}


def headline(kind: str, payload: Mapping[str, object]) -> str:
    """One line of a task's history: what happened, with the fact that matters most."""
    said = _(HISTORY[kind])
    if "result" in payload:
        return f"{said} · {_(RESULT[Result(str(payload['result']))])}"
    if "rating" in payload:
        return f"{said} · {_(RATING[Rating(str(payload['rating']))])}"
    if "due" in payload:
        due = _("due %(date)s") % {"date": date(parse(str(payload["due"])))}
        return f"{said} · {due}"
    return said
