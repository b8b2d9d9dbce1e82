"""What of a person lies in papers: that they took one, and for a while what a clerk read on it."""

from forum.base.registry import Fate, personal
from voting.papers.models import Batch, Entry, Issue

personal(Batch, owner=None, columns={"name": Fate.NOBODY, "state": Fate.NOBODY})
personal(Issue, owner="member_id", columns={"venue": Fate.NOBODY})
# Of a secret vote nobody's; of a named one it becomes a vote of the record when the box is closed.
personal(
    Entry,
    owner=None,
    columns={"kind": Fate.NOBODY, "mark": Fate.NOBODY, "reason": Fate.NOBODY},
)
