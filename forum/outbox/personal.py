"""Whose preferences and follows these are, and what erasure does to them."""

from forum.base.registry import Fate, Rows, personal
from forum.outbox.models import Follow, Habit, Preference, Waiting

personal(Follow, owner="member_id", columns={"ref": Fate.ERASE, "verb": Fate.ERASE}, rows=Rows.GO)
personal(
    Preference,
    owner="member_id",
    columns={"group": Fate.ERASE, "place": Fate.ERASE, "pace": Fate.ERASE},
    rows=Rows.GO,
)
personal(Habit, owner="member_id", columns={"zone": Fate.ERASE}, rows=Rows.GO)
personal(
    Waiting,
    owner="member_id",
    columns={
        "event_id": Fate.ERASE,
        "kind": Fate.ERASE,
        "about": Fate.ERASE,
        "via": Fate.ERASE,
        "group": Fate.ERASE,
        "places": Fate.ERASE,
        "pace": Fate.ERASE,
    },
    rows=Rows.GO,
)
