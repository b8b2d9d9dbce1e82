"""What of a person lies in procedures: what was written down in office is part of the record."""

from forum.base.registry import Fate, personal
from voting.procedures.models import Course, Stage, Word

personal(Course, owner="begun_by", columns={"name": Fate.NOBODY, "state": Fate.NOBODY})
personal(Stage, owner=None, columns={"name": Fate.NOBODY, "state": Fate.NOBODY})
personal(
    Word,
    owner="author_id",
    columns={
        "kind": Fate.NOBODY,
        "about": Fate.KEEP,
        "body": Fate.KEEP,
        "html": Fate.KEEP,
        "salt": Fate.NOBODY,
    },
)
