"""What motions, their states and their places in the order are called."""

from forum.base.i18n import N_, _
from forum.base.markup import excerpt
from sessions.motions.models import Cause, MotionState, Sort

S = MotionState

SORTS = {
    Sort.MAIN: N_("Motion"),
    Sort.AMENDMENT: N_("Amendment"),
    Sort.CLOSE_DEBATE: N_("Motion to close the debate"),
    Sort.POSTPONE: N_("Motion to postpone"),
    Sort.REFER: N_("Motion to refer"),
    Sort.RECONSIDER: N_("Motion to reconsider"),
    Sort.RECESS: N_("Motion for a break"),
    Sort.ADJOURN: N_("Motion to close the meeting"),
}
STATES = {
    S.MOVED: N_("Waits for a seconder"),
    S.PENDING: N_("Before the meeting"),
    S.VOTING: N_("Put to the vote"),
    S.CARRIED: N_("Carried"),
    S.REJECTED: N_("Not carried"),
    S.WITHDRAWN: N_("Withdrawn"),
    S.DIVIDED: N_("Divided into parts"),
    S.POSTPONED: N_("Postponed"),
    S.REFERRED: N_("Referred"),
    S.FALLEN: N_("Dropped"),
    S.RECONSIDERED: N_("Open again"),
}
TONES = {
    S.PENDING: "info",
    S.VOTING: "info",
    S.CARRIED: "good",
    S.REJECTED: "bad",
    S.MOVED: "warn",
}
CAUSES = {
    Cause.TARGET_GONE: N_("What it was about is no longer open."),
    Cause.UNSECONDED: N_("Nobody seconded it."),
    Cause.ITEM_CLOSED: N_("The item was closed."),
}

# By the values of rules.Reason, which stands above this file.
REASONS = {
    "procedure": N_("Procedure goes before the matter."),
    "second_degree": N_("What changes an amendment goes before it."),
    "amendment": N_("An amendment goes before what it amends."),
    "farthest": N_("Of several amendments the one that changes most goes first."),
    "earlier": N_("It was moved before the next one."),
    "last": N_("The motion itself comes last, as it then reads."),
}


def state(value: MotionState) -> str:
    """What a state of a motion is called."""
    return _(STATES[value])


def tone(value: MotionState) -> str:
    """The colour of a state's badge."""
    return TONES.get(value, "neutral")


def sort(value: Sort) -> str:
    """What a kind of motion is called."""
    return _(SORTS[value])


def name(value: Sort, number: int) -> str:
    """A motion by its number: "Amendment 4"."""
    return _("%(sort)s %(number)s") % {"sort": sort(value), "number": number}


def title(value: Sort, number: int, text: str, most: int = 80) -> str:
    """A motion by its number and how it begins."""
    return (
        _("%(name)s: %(text)s")
        % {
            "name": name(value, number),
            "text": excerpt(text, most),
        }
        if text
        else name(value, number)
    )


def why(reason: str, said: str = "") -> str:
    """The line that explains why a motion stands before the next one."""
    if reason == "chair":
        return _("Put first by the chair: %(why)s") % {"why": said}
    return _(REASONS[reason])
