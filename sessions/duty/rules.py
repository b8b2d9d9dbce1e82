"""Who may do what around a duty report, what becomes of a question, what a rating shows: pure."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from forum.base.errors import Conflict
from forum.base.i18n import _
from forum.members.models import Role
from sessions.duty.models import QuestionState, Rating, ReportState
from sessions.meetings import rules as meetings
from sessions.meetings.models import MeetingState

ANSWER_DAYS = 15
RATING_DAYS = 7
MOST_DAYS = 90
MOST_REPORTS = 20  # at one meeting
MOST_QUESTIONS = 500  # on one report
MOST_WAITING = 5  # of one person on one report
MOST_WORDS = 500
MOST_TEXT = 20_000
FEW = 5  # of fewer raters one could guess who they were

# While these last, a report is prepared and held.
UNFINISHED = meetings.UNFINISHED
ASKED = meetings.ATTENDED


class Act(StrEnum):
    """What is done to a question."""

    ADMIT = "admit"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    PUT = "put"
    SET_BACK = "set_back"
    ANSWER = "answer"
    WRITE = "write"


Q = QuestionState
STEPS: dict[tuple[QuestionState, Act], QuestionState] = {
    (Q.WAITING, Act.ADMIT): Q.OPEN,
    (Q.WAITING, Act.DECLINE): Q.DECLINED,
    (Q.WAITING, Act.WITHDRAW): Q.WITHDRAWN,
    (Q.DECLINED, Act.ADMIT): Q.OPEN,  # on second thoughts
    (Q.OPEN, Act.PUT): Q.ANSWERING,
    (Q.OPEN, Act.WRITE): Q.ANSWERED,
    (Q.ANSWERING, Act.SET_BACK): Q.OPEN,
    (Q.ANSWERING, Act.ANSWER): Q.ANSWERED,
    (Q.ANSWERED, Act.WRITE): Q.ANSWERED,  # what was said by word is written down, or more is said
}
PUBLIC = frozenset({Q.OPEN, Q.ANSWERING, Q.ANSWERED})
UNANSWERED = frozenset({Q.OPEN, Q.ANSWERING})


def after(state: QuestionState, act: Act) -> QuestionState:
    """The state that an act leads to; a Conflict where it does not."""
    if (state, act) not in STEPS:
        raise Conflict(_("That is not possible any more: the question has moved on."))
    return STEPS[state, act]


def leads(roles: Collection[Role], actor: int | None, reporter: int) -> bool:
    """Who moderates and runs a report: chair and secretary, never whoever reports."""
    able = not {Role.MODERATOR, Role.ADMINISTRATOR, Role.SECRETARY}.isdisjoint(roles)
    return able and actor is not None and actor != reporter


def may_report(roles: Collection[Role]) -> bool:
    """Whether somebody with these roles is one who reports."""
    return Role.REPRESENTATIVE in roles


def asks(meeting: MeetingState, report: ReportState) -> bool:
    """Whether questions are taken now."""
    return meeting in ASKED and report in (ReportState.PLANNED, ReportState.RUNNING)


def adds(meeting: MeetingState, question: QuestionState) -> bool:
    """Whether the record takes an answer: what is owed always, more to it until it is closed."""
    return meeting is not MeetingState.ARCHIVED or question is not QuestionState.ANSWERED


def rates(state: ReportState, until: datetime | None, now: datetime) -> bool:
    """Whether ratings are taken now."""
    return state is ReportState.OVER and until is not None and now < until


class Standing(NamedTuple):
    """A question as far as its place in the row depends on it."""

    id: int
    supports: int
    asked_at: datetime


def order(questions: Iterable[Standing]) -> list[int]:
    """Most supported first; of two alike the one asked earlier."""
    key = sorted(questions, key=lambda one: (-one.supports, one.asked_at, one.id))
    return [one.id for one in key]


class Result(NamedTuple):
    """What is published of a rating; None: too few to say more than how many they were."""

    raters: int
    satisfied: int | None
    mostly: int | None
    dissatisfied: int | None

    @property
    def few(self) -> bool:
        """Whether the figures are withheld."""
        return self.satisfied is None


def result(ratings: Sequence[Rating]) -> Result:
    """Count the ratings, each person's one."""
    if len(ratings) < FEW:
        return Result(len(ratings), None, None, None)
    return Result(len(ratings), *(ratings.count(kind) for kind in Rating))


def ordered(first: date, last: date) -> bool:
    """Whether a time on which somebody reports ends after it began."""
    return first <= last
