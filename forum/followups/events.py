"""What happens to a task; all of it on the stream of the task's place, with the task's audience."""

from datetime import datetime
from typing import ClassVar

from forum.base.events import Audience, Event
from forum.base.registry import sealed
from forum.followups.models import Rating, Result, TaskNote, TaskRating


class TaskAssigned(Event):
    """A task was given to a unit, under a representative's eye, with a date."""

    kind: ClassVar[str] = "followups:task:assigned"

    handler: int | None
    supervisor: int
    due: datetime
    note: int
    text: str


class TaskAccepted(Event):
    """The unit acknowledged the task (签收)."""

    kind: ClassVar[str] = "followups:task:accepted"


class TaskReturned(Event):
    """The unit sent it back with a reason: not theirs to do (退回)."""

    kind: ClassVar[str] = "followups:task:returned"

    note: int
    text: str


class TaskReassigned(Event):
    """Another unit has it now."""

    kind: ClassVar[str] = "followups:task:reassigned"

    handler: int | None
    former: int | None
    due: datetime
    note: int
    text: str


class TaskProgressed(Event):
    """A word on how it is going."""

    kind: ClassVar[str] = "followups:task:progressed"

    note: int
    text: str


class TimeAsked(Event):
    """The unit asks its representative for a later date."""

    kind: ClassVar[str] = "followups:time:asked"

    due: datetime
    note: int
    text: str


class TaskExtended(Event):
    """The date was moved, with a reason that everybody may read (延期)."""

    kind: ClassVar[str] = "followups:task:extended"

    former: datetime
    due: datetime
    note: int
    text: str


class TaskUrged(Event):
    """The representative presses for it (催办)."""

    kind: ClassVar[str] = "followups:task:urged"

    note: int
    text: str


class TaskDueSoon(Event):
    """The date is near: a reminder, by the clock."""

    kind: ClassVar[str] = "followups:task:due_soon"

    due: datetime


class TaskOverdue(Event):
    """The date has passed without an answer: by the clock, told to both parties."""

    kind: ClassVar[str] = "followups:task:overdue"

    due: datetime


class TaskAnswered(Event):
    """The unit answered, with the class of its answer; those concerned may rate it."""

    kind: ClassVar[str] = "followups:task:answered"

    result: Result
    round: int
    note: int
    text: str


class TaskRated(Event):
    """Somebody concerned rated the answer; who it was stays with the moderators."""

    kind: ClassVar[str] = "followups:task:rated"
    audience: ClassVar[Audience] = Audience.MODERATOR

    rating: Rating
    round: int
    reason: int
    text: str


class TaskReopened(Event):
    """Somebody concerned was not satisfied: it is done again (重办)."""

    kind: ClassVar[str] = "followups:task:reopened"

    round: int
    due: datetime


class TaskClosed(Event):
    """The representative declared it done (办结)."""

    kind: ClassVar[str] = "followups:task:closed"

    note: int
    text: str


for _written in (
    TaskAssigned,
    TaskReturned,
    TaskReassigned,
    TaskProgressed,
    TimeAsked,
    TaskExtended,
    TaskUrged,
    TaskAnswered,
    TaskClosed,
):
    sealed(_written, TaskNote, id_field="note")
sealed(TaskRated, TaskRating, id_field="reason")
