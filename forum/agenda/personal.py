"""What of a person lies on the agenda: a topic once proposed is the consultation's."""

from forum.agenda.models import HeldItem, Item, ItemMove, ItemRevision
from forum.base.registry import Fate, Rows, personal

personal(
    Item,
    owner="proposed_by",
    columns={
        "path": Fate.NOBODY,
        "title": Fate.KEEP,
        "body": Fate.KEEP,
        "html": Fate.KEEP,
        "kind": Fate.NOBODY,
        "state": Fate.NOBODY,
    },
)
personal(ItemRevision, owner="author_id", columns={"body": Fate.KEEP, "salt": Fate.KEEP})
personal(
    ItemMove,
    owner="moved_by",
    columns={
        "before": Fate.NOBODY,
        "state": Fate.NOBODY,
        "body": Fate.KEEP,
        "salt": Fate.KEEP,
    },
)
personal(
    HeldItem,
    owner="author_id",
    columns={
        "title": Fate.ERASE,
        "body": Fate.ERASE,
        "html": Fate.ERASE,
        "kind": Fate.NOBODY,
        "state": Fate.NOBODY,
    },
    rows=Rows.GO,
)
