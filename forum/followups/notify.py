"""Who is told what about a task: the two who stand behind it, and those whom it concerns."""

from collections.abc import Callable

from forum.base.db import Db
from forum.base.events import Event, Stored
from forum.base.i18n import N_
from forum.base.news import Feed, news
from forum.base.refs import parse
from forum.base.registry import Group, notify, silent
from forum.followups import events, queries

Who = Callable[[Db, Stored], list[int]]


def _others(stored: Stored, people: list[int]) -> list[int]:
    return [member_id for member_id in people if member_id != stored.actor_id]


def parties(db: Db, stored: Stored) -> list[int]:
    """The unit's person and the representative, but for whoever did it."""
    return _others(stored, queries.parties(db, parse(stored.subject)[1]))


def everybody(db: Db, stored: Stored) -> list[int]:
    """Both parties and all whom the task concerns, but for whoever did it."""
    task = parse(stored.subject)[1]
    return _others(stored, [*queries.parties(db, task), *queries.concerned(db, task)])


def hands(db: Db, stored: Stored) -> list[int]:
    """Everybody, and the one who no longer has it."""
    former = stored.payload["former"]
    return [*everybody(db, stored), *_others(stored, [former] if former else [])]


YOURS = N_("You carry out this task or press for it.")
CONCERNS = N_("The task concerns you: you took part in what led to it.")

FOR_ALL: list[tuple[type[Event], Who, str]] = [
    (events.TaskAssigned, everybody, N_("A follow-up task was given: %(title)s")),
    (events.TaskReassigned, hands, N_("Another unit has the task: %(title)s")),
    (events.TaskExtended, everybody, N_("The date was moved: %(title)s")),
    (events.TaskAnswered, everybody, N_("Answered, please rate: %(title)s")),
    (events.TaskReopened, everybody, N_("To be done again: %(title)s")),
    (events.TaskClosed, everybody, N_("The task is done: %(title)s")),
]
FOR_PARTIES: list[tuple[type[Event], str]] = [
    (events.TaskAccepted, N_("The unit acknowledged: %(title)s")),
    (events.TaskReturned, N_("The unit sent back: %(title)s")),
    (events.TaskProgressed, N_("News on the task: %(title)s")),
    (events.TimeAsked, N_("More time is asked for: %(title)s")),
    (events.TaskUrged, N_("The representative urges: %(title)s")),
    (events.TaskDueSoon, N_("Due in three days: %(title)s")),
    (events.TaskOverdue, N_("Overdue: %(title)s")),
]
for event, who, words in FOR_ALL:
    notify(event, who=who, words=words, because=CONCERNS, others=words)
for event, words in FOR_PARTIES:
    duty = event in (events.TaskDueSoon, events.TaskOverdue)
    group = Group.DUTY if duty else Group.WORK
    notify(event, who=parties, words=words, because=YOURS, group=group, others=words)
silent(
    events.TaskRated,
    because="Ratings stand on the task's page as counts; a no is told as the task's reopening.",
)

for event, words in (
    (events.TaskAssigned, N_("A follow-up task was given: %(title)s")),
    (events.TaskReassigned, N_("Another unit has the task: %(title)s")),
    (events.TaskExtended, N_("The date was moved: %(title)s")),
    (events.TaskOverdue, N_("Overdue: %(title)s")),
    (events.TaskAnswered, N_("The task has an answer: %(title)s")),
    (events.TaskReopened, N_("To be done again: %(title)s")),
    (events.TaskClosed, N_("The task is done: %(title)s")),
):
    news(event, Feed.TASKS, words)
