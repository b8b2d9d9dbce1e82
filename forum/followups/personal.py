"""What of a person lies in tasks, and what erasing them does here."""

from forum.base.registry import Fate, Rows, personal
from forum.followups.models import Task, TaskConcern, TaskNote, TaskRating

personal(
    Task,
    owner=None,
    columns={
        "place": Fate.NOBODY,
        "places": Fate.NOBODY,
        "title": Fate.NOBODY,
        "unit": Fate.NOBODY,
        "status": Fate.NOBODY,
        "result": Fate.NOBODY,
    },
)
# What a unit or a representative wrote in office is part of the record.
personal(
    TaskNote,
    owner="author_id",
    columns={
        "kind": Fate.NOBODY,
        "body": Fate.KEEP,
        "html": Fate.KEEP,
        "salt": Fate.NOBODY,
    },
)
personal(TaskConcern, owner="member_id", columns={}, rows=Rows.GO)
# A resident's own words: the rating counts on, the reason goes.
personal(
    TaskRating,
    owner="member_id",
    columns={"rating": Fate.NOBODY, "body": Fate.ERASE, "salt": Fate.ERASE},
)
