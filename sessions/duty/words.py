"""What states, ratings and steps of a duty report are called, in the reader's language."""

from datetime import date

from forum.base.i18n import N_, _
from forum.base.i18n import date as day_words
from sessions.duty.models import QuestionState, Rating, ReportState

REPORTS = {
    ReportState.PLANNED: N_("Report to come"),
    ReportState.RUNNING: N_("Report going on"),
    ReportState.OVER: N_("Report held"),
    ReportState.DROPPED: N_("Report taken off"),
}
REPORT_TONES = {ReportState.PLANNED: "info", ReportState.RUNNING: "good"}
QUESTIONS = {
    QuestionState.WAITING: N_("Waits to be let through"),
    QuestionState.OPEN: N_("Not answered yet"),
    QuestionState.ANSWERING: N_("Being answered"),
    QuestionState.ANSWERED: N_("Answered"),
    QuestionState.DECLINED: N_("Not let through"),
    QuestionState.WITHDRAWN: N_("Taken back"),
}
QUESTION_TONES = {
    QuestionState.WAITING: "warn",
    QuestionState.OPEN: "info",
    QuestionState.ANSWERING: "good",
    QuestionState.ANSWERED: "good",
}
RATINGS = {
    Rating.SATISFIED: N_("Satisfied"),
    Rating.MOSTLY: N_("Mostly satisfied"),
    Rating.DISSATISFIED: N_("Not satisfied"),
}
RATING_TONES = {Rating.SATISFIED: "good", Rating.MOSTLY: "info", Rating.DISSATISFIED: "bad"}


def title(name: str) -> str:
    """What a report is called: by who reports."""
    return _("Duty report of %(name)s") % {"name": name}


def period(first: date, last: date) -> str:
    """The time on which somebody reports."""
    return f"{day_words(first)} – {day_words(last)}"


def report(value: ReportState, *, held: bool = True) -> str:
    """Where a report stands; the meeting may have ended before it began."""
    if value is ReportState.OVER and not held:
        return _("Report not held")
    return _(REPORTS[value])


def question(value: QuestionState) -> str:
    """Where a question stands."""
    return _(QUESTIONS[value])


def rating(value: Rating) -> str:
    """What a voter thinks."""
    return _(RATINGS[value])


def asker(name: str, *, by_name: bool) -> str:
    """Who asks, as the public reads it."""
    return name if by_name and name else _("A voter")
