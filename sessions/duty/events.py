"""What happens around a duty report; all of it on the meeting's stream, "meeting:<id>".

Who supports a question and who gave which rating stand in no event; who asks without a name is
not the actor of one.
"""

from datetime import datetime
from typing import ClassVar

from forum.base.events import Audience, Event
from forum.base.registry import sealed
from sessions.duty.models import DutyAnswer, DutyDecline, DutyQuestion, DutyRevision
from sessions.meetings.models import Method


class ReportAnnounced(Event):
    """A representative is to report at the meeting."""

    kind: ClassVar[str] = "duty:report:announced"
    report: int
    reporter: int
    item: int | None
    first: str
    last: str
    answer_days: int
    rating_days: int


class ReporterCalled(Event):
    """Whoever is to report is told, once the meeting is convened."""

    kind: ClassVar[str] = "duty:reporter:called"
    report: int
    reporter: int


class ReportChanged(Event):
    """What was said of a report beforehand is another."""

    kind: ClassVar[str] = "duty:report:changed"
    report: int
    item: int | None
    first: str
    last: str
    answer_days: int
    rating_days: int


class ReportDropped(Event):
    """A report that nobody had asked anything about does not take place."""

    kind: ClassVar[str] = "duty:report:dropped"
    report: int


class ReportWritten(Event):
    """The written report stands, or stands in another wording."""

    kind: ClassVar[str] = "duty:report:written"
    report: int
    revision: int
    text: str


class ReportBegun(Event):
    """The representative reports."""

    kind: ClassVar[str] = "duty:report:begun"
    report: int
    reporter: int
    item: int | None


class ReportEnded(Event):
    """The report is over; what is open is answered in writing."""

    kind: ClassVar[str] = "duty:report:ended"
    report: int
    item: int | None
    open: int
    due: datetime


class ReportResumed(Event):
    """The meeting was closed by mistake: the report goes on."""

    kind: ClassVar[str] = "duty:report:resumed"
    report: int


class QuestionAsked(Event):
    """Somebody asks; it waits to be let through."""

    kind: ClassVar[str] = "duty:question:asked"
    audience: ClassVar[Audience] = Audience.DESK
    report: int
    question: int
    number: int
    method: Method
    text: str


class QuestionWithdrawn(Event):
    """Whoever asked took it back before it was let through."""

    kind: ClassVar[str] = "duty:question:withdrawn"
    audience: ClassVar[Audience] = Audience.DESK
    report: int
    question: int


class QuestionAdmitted(Event):
    """A question was let through: everybody reads it; `asker` only of who asks by name."""

    kind: ClassVar[str] = "duty:question:admitted"
    report: int
    question: int
    number: int
    asker: int | None


class QuestionDeclined(Event):
    """A question was not let through; whoever asked reads why."""

    kind: ClassVar[str] = "duty:question:declined"
    audience: ClassVar[Audience] = Audience.DESK
    report: int
    question: int
    decline: int
    text: str


class SupportsCounted(Event):
    """How many stand behind which question; several at once, so that no step is anybody's."""

    kind: ClassVar[str] = "duty:supports:counted"
    report: int
    supports: dict[str, int]


class QuestionPut(Event):
    """A question is before the representative."""

    kind: ClassVar[str] = "duty:question:put"
    report: int
    question: int


class QuestionSetBack(Event):
    """It is not answered now; it stands among the open ones again."""

    kind: ClassVar[str] = "duty:question:set_back"
    report: int
    question: int


class QuestionAnswered(Event):
    """The representative answered by word; `put_at` is when the answer began."""

    kind: ClassVar[str] = "duty:question:answered"
    report: int
    item: int | None
    question: int
    number: int
    asker: int | None
    supports: int
    put_at: datetime


class AnswerWritten(Event):
    """The representative answered in writing."""

    kind: ClassVar[str] = "duty:answer:written"
    report: int
    item: int | None
    question: int
    number: int
    asker: int | None
    supports: int
    answer: int
    text: str


class AnswersOverdue(Event):
    """The date has passed and questions have no answer: by the clock."""

    kind: ClassVar[str] = "duty:answers:overdue"
    report: int
    open: int


class RatingOpened(Event):
    """Whoever was there or on the roll may say what they think of the report."""

    kind: ClassVar[str] = "duty:rating:opened"
    report: int
    until: datetime


class RatingClosed(Event):
    """The rating is published; of few voters nothing but how many they were."""

    kind: ClassVar[str] = "duty:rating:closed"
    report: int
    item: int | None
    raters: int
    satisfied: int | None
    mostly: int | None
    dissatisfied: int | None


sealed(ReportWritten, DutyRevision, id_field="revision")
sealed(QuestionAsked, DutyQuestion, id_field="question")
sealed(QuestionDeclined, DutyDecline, id_field="decline")
sealed(AnswerWritten, DutyAnswer, id_field="answer")
