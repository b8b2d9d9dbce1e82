"""Conflicts of a deed entered later, each with a code by which the page offers a choice."""

from forum.base.errors import Conflict


class Overtaken(Conflict):
    """The person has come, gone or moved meanwhile; the desk may want its deed all the same."""

    code = "overtaken"


class StruckOff(Conflict):
    """The person was taken off the roll; they may still come as a guest."""

    code = "struck_off"


class NotTheirs(Conflict):
    """The person is at another desk by now, which alone can let them go."""

    code = "not_here"


class MeetingOver(Conflict):
    """The meeting is over, or not convened any more."""

    code = "meeting_over"
