"""What states of boxes and kinds of papers are called, in the reader's language."""

from forum.base.i18n import N_, _, pgettext
from voting.papers.models import BatchState, Kind
from voting.polls.models import NoteKind

STATES = {
    BatchState.ISSUING: N_("Papers are out"),
    BatchState.KEYING: N_("Being entered"),
    BatchState.SUMS: N_("Counted by sums"),
    BatchState.CONFIRMED: N_("Counted and closed"),
    BatchState.EXCEPTED: N_("Left out, with a reason"),
    BatchState.MERGED: N_("Mixed into another box"),
    BatchState.REJECTED: N_("Came too late, not counted"),
}
TONES = {
    BatchState.ISSUING: "info",
    BatchState.KEYING: "warn",
    BatchState.SUMS: "warn",
    BatchState.CONFIRMED: "good",
    BatchState.EXCEPTED: "bad",
    BatchState.REJECTED: "bad",
}


def state(value: BatchState) -> str:
    """What a state is called."""
    return _(STATES[BatchState(value)])


def stated(value: NoteKind, box: str) -> str:
    """What a reason that stands beside a box explains."""
    if value is NoteKind.LATE:
        return _("Came too late: %(box)s") % {"box": box}
    if value is NoteKind.UNRETURNED:
        return _("Papers that did not come back: %(box)s") % {"box": box}
    return _("Did not add up: %(box)s") % {"box": box}


def kind(value: Kind) -> str:
    """What a paper is called that is no valid one."""
    return {
        Kind.VALID: pgettext("vote", "Valid"),
        Kind.BLANK: pgettext("vote", "Blank"),
        Kind.INVALID: pgettext("vote", "Invalid"),
        Kind.NONE: _("Not returned"),
    }[value]
