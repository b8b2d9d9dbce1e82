"""What of a person lies in this room, and what erasure does to it."""

from forum.base.registry import Fate, personal
from forum.members.models import FirstLink, InboxRow, Member, RoleGrant, StandingMark, Visit

personal(
    Member,
    owner="id",
    columns={
        "login": Fate.ERASE,
        "name": Fate.ERASE,
        "password": Fate.ERASE,
        "verified": Fate.ERASE,
        "lang": Fate.ERASE,
        "theme": Fate.ERASE,
        "mode": Fate.ERASE,
        "hints": Fate.ERASE,
    },
)
personal(RoleGrant, owner="member_id", columns={"role": Fate.KEEP, "place": Fate.KEEP})
personal(
    StandingMark,
    owner="member_id",
    columns={"place": Fate.KEEP, "kind": Fate.KEEP, "reason": Fate.ERASE},
)
personal(FirstLink, owner=None, columns={"digest": Fate.NOBODY})
personal(
    InboxRow,
    owner="member_id",
    columns={"event_id": Fate.ERASE, "kind": Fate.ERASE, "about": Fate.ERASE},
)
personal(Visit, owner="member_id", columns={})
