"""What speeches, sides and rulings are called, and why somebody stands where they stand."""

from datetime import datetime

from forum.base.i18n import N_, _, ngettext, time
from sessions.floor.models import Ruling, Side, SpeechState
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

PLAIN = {
    Reason.ORDER: N_("A point of order goes before all speeches."),
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


def why(
    reason: Reason, *, times: int, venue: str, asked: datetime, zone: str, chair: str = ""
) -> str:
    """The line that explains why an entry stands before the next one."""
    if reason is Reason.CHAIR:
        return _("Put first by the chair: %(why)s") % {"why": chair}
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
