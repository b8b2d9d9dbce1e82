"""What stages are called, how they stand and what comes next, in the reader's language."""

from forum.base.i18n import N_, _
from forum.base.i18n import date as day_words
from voting.methods.common.profiles import PROCEDURES, PROFILES
from voting.procedures.models import StageState, State, WordKind
from voting.procedures.rows import CourseRow, StageRow
from voting.procedures.rules import Way

STATES = {
    State.RUNNING: N_("Goes on"),
    State.FINISHED: N_("All stages passed"),
    State.FAILED: N_("Not carried"),
    State.STOPPED: N_("Stopped"),
}
TONES = {State.RUNNING: "info", State.FINISHED: "good", State.FAILED: "bad", State.STOPPED: "warn"}
NOW = {
    Way.RECORD: N_("To be written down"),
    Way.VOTE: N_("To be voted on"),
    Way.NOTICE: N_("To be put up"),
}
PASSED = {
    Way.RECORD: N_("Agreed"),
    Way.VOTE: N_("Carried"),
    Way.NOTICE: N_("Disclosed"),
}
FAILED = {Way.RECORD: N_("Not agreed"), Way.VOTE: N_("Not carried")}
NEXT = {
    Way.RECORD: N_("What comes of this stage is written here."),
    Way.VOTE: N_("This stage is decided by a vote. When it opens, you see it here."),
    Way.NOTICE: N_("It will be put up for everybody to read, and this page says where."),
}
BUTTONS = {
    Way.RECORD: N_("Write down what came of it"),
    Way.VOTE: N_("Prepare the vote"),
    Way.NOTICE: N_("Put up the notice"),
}
KINDS = {
    WordKind.RECORD: N_("Written down"),
    WordKind.NOTICE: N_("The notice"),
    WordKind.ADDITION: N_("Added later"),
    WordKind.AGAIN: N_("Begun anew, because:"),
    WordKind.STOP: N_("Stopped, because:"),
}


def law(name: str) -> str:
    """What a majority of law is called."""
    return _(PROFILES[name].label)


def title(row: CourseRow) -> str:
    """What a procedure is called; a later round says so."""
    called = _(PROCEDURES[row.name].label)
    if row.round == 1:
        return called
    return _("%(title)s, round %(number)s") % {"title": called, "number": row.round}


def stage(row: CourseRow, one: StageRow) -> str:
    """What a stage is called."""
    return _(PROCEDURES[row.name].stages[one.position].label)


def place(row: CourseRow, one: StageRow) -> str:
    """Which of how many."""
    facts = {"number": one.position + 1, "all": len(PROCEDURES[row.name].stages)}
    return _("Stage %(number)s of %(all)s") % facts


def state(one: StageRow, way: Way, *, now: bool, going: bool) -> str:
    """How a stage stands."""
    if one.state is StageState.KEPT:
        return _("Stands from the round before")
    if one.state is StageState.FAILED:
        return _(FAILED[way])
    if one.state is StageState.PASSED:
        return _(PASSED[way])
    if one.state is StageState.UP:
        return period(one) if going else _("Taken down")
    if not going:
        return _("Not reached")
    return _(NOW[way]) if now else _("To come")


def period(one: StageRow) -> str:
    """From when until when a notice is up."""
    if one.first is None or one.last is None:
        return ""
    facts = {"first": day_words(one.first), "last": day_words(one.last)}
    return _("Up from %(first)s to %(last)s") % facts


def standing(row: CourseRow, stages: list[StageRow], at: int | None) -> str:
    """How a procedure stands, in one line."""
    if row.state is not State.RUNNING or at is None:
        return _(STATES[row.state])
    return place(row, stages[at])
