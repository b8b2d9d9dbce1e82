"""Whose links these are; news name things, not people."""

from forum.base.registry import Fate, Rows, personal
from forum.feeds.models import CalendarLink, NewsItem

personal(CalendarLink, owner="member_id", columns={"digest": Fate.ERASE}, rows=Rows.GO)
personal(
    NewsItem,
    owner=None,
    columns={
        "place": Fate.NOBODY,
        "feed": Fate.NOBODY,
        "event_id": Fate.NOBODY,
        "kind": Fate.NOBODY,
        "about": Fate.NOBODY,
    },
)
