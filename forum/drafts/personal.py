"""What of a person lies in this room: all of it, and all of it goes."""

from forum.base.registry import Fate, Rows, personal
from forum.drafts.models import KeptDraft

personal(
    KeptDraft,
    owner="member_id",
    columns={
        "name": Fate.ERASE,
        "page": Fate.ERASE,
        "title": Fate.ERASE,
        "fields": Fate.ERASE,
    },
    rows=Rows.GO,
)
