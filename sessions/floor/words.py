"""What speeches, sides and rulings are called, and why somebody stands where they stand."""

from datetime import datetime

from forum.base.i18n import N_, _, ngettext, pgettext, time
from sessions.floor.models import AppealState, Card, Lane, Ruling, Side, SpeechState
from sessions.floor.order import Reason

S = SpeechState

STATES = {
    S.WAITING: N_("Waiting"),
    S.SPEAKING: N_("Speaking"),
    S.PAUSED: N_("Paused"),
    S.FINISHED: N_("Finished"),
    S.WITHDRAWN: N_("Withdrawn"),
    S.SKIPPED: N_("Passed over"),
}
SIDES = {Side.PRO: N_("For"), Side.CON: N_("Against"), Side.NEITHER: N_("Neither for nor against")}
RULINGS = {
    Ruling.UPHELD: N_("The point is well taken"),
    Ruling.NOT_UPHELD: N_("The point is not well taken"),
    Ruling.NOTED: N_("Taken note of"),
}
APPEALS = {
    AppealState.RAISED: N_("An appeal waits for somebody to second it."),
    AppealState.OPEN: N_("The ruling is appealed: the meeting decides."),
    AppealState.STANDS: N_("The meeting has decided: the ruling stands."),
    AppealState.OVERRULED: N_("The meeting has decided: the ruling does not stand."),
    AppealState.YIELDED: N_("The chair withdrew the ruling."),
    AppealState.WITHDRAWN: N_("The appeal was withdrawn: the ruling stands."),
    AppealState.LAPSED: N_("The appeal lapsed: the ruling stands."),
}
KINDS = {
    Lane.ORDER: N_("Point of order"),
    Lane.QUESTION: N_("Question to the speaker"),
    Lane.INTERVENTION: N_("Intervention"),
}
CARDS = {
    Card.WARM: lambda: pgettext("card", "Warm"),
    Card.NEUTRAL: lambda: pgettext("card", "Neutral"),
    Card.COLD: lambda: pgettext("card", "Cold"),
    Card.MOVE_ON: lambda: pgettext("card", "Move on"),
}

PLAIN = {
    Reason.ORDER: N_("A point of order goes before all speeches."),
    Reason.INTERVENTION: N_("An intervention goes before the list."),
    Reason.SIDE: N_("For and against take turns."),
    Reason.TIME: N_("Has spoken for less time than the others."),
}


def state(value: SpeechState) -> str:
    """What a state of a request is called."""
    return _(STATES[value])


def side(value: Side) -> str:
    """What a side is called; empty for who takes none."""
    return "" if value is Side.NEITHER else _(SIDES[value])


def ruling(value: Ruling) -> str:
    """What a ruling is called."""
    return _(RULINGS[value])


def appeal(value: AppealState) -> str:
    """What is said of an appeal."""
    return _(APPEALS[value])


def contribution(lane: Lane, side_taken: Side) -> str:
    """What a contribution is called: its kind, or for a speech the side."""
    return _(KINDS[lane]) if lane in KINDS else side(side_taken)


def card(value: Card) -> str:
    """What a card says."""
    return CARDS[value]()


def question(accepted: bool | None) -> str:
    """Where a question to the speaker stands."""
    if accepted:
        return _("The speaker takes the question.")
    return _("The speaker has not taken the question yet.")


def why(
    reason: Reason,
    *,
    times: int,
    venue: str,
    asked: datetime,
    zone: str,
    chair: str = "",
    group: str = "",
    every: int | None = None,
    accepted: bool | None = None,
) -> str:
    """The line that explains why an entry stands before the next one."""
    if reason is Reason.CHAIR:
        return _("Put first by the chair: %(why)s") % {"why": chair}
    if reason is Reason.QUESTION:
        return question(accepted)
    if reason is Reason.QUOTA:
        return _("One of every %(n)s speeches is of: %(group)s") % {"n": every, "group": group}
    if reason is Reason.GROUP and group:
        return _("It is the turn of: %(group)s") % {"group": group}
    if reason is Reason.GROUP:
        return _("It is the turn of those who named no group.")
    if reason is Reason.VENUE:
        return _("It is the turn of: %(venue)s") % {"venue": venue}
    if reason in PLAIN:
        return _(PLAIN[reason])
    if times:
        return ngettext(
            "Has spoken %(num)s time on this item.", "Has spoken %(num)s times on this item.", times
        ) % {"num": times}
    if reason is Reason.SPOKEN:
        return _("Has not spoken on this item yet.")
    return _("Asked at %(time)s.") % {"time": time(asked, zone)}
