"""What of a person lies on the floor: that they spoke stays; words, groups and cards go."""

from forum.base.registry import Fate, Rows, personal
from sessions.floor.models import (
    Appeal,
    GroupMember,
    HallCards,
    OrderRuling,
    PointOfOrder,
    Preference,
    RaisedCard,
    SpeakingGroups,
    SpeakingList,
    Speech,
)
from sessions.floor.screen_models import Broadcast, Projection, Projector

personal(SpeakingList, owner=None, columns={"rule": Fate.NOBODY})
personal(
    Speech,
    owner="member_id",
    columns={"lane": Fate.KEEP, "side": Fate.KEEP, "state": Fate.KEEP, "origin": Fate.KEEP},
)
personal(PointOfOrder, owner="member_id", columns={"body": Fate.ERASE, "salt": Fate.ERASE})
# What a chair gives as a reason, and rules, is said in office and part of the record.
personal(Preference, owner="chair_id", columns={"body": Fate.KEEP, "salt": Fate.NOBODY})
personal(
    OrderRuling,
    owner="chair_id",
    columns={"ruling": Fate.KEEP, "body": Fate.KEEP, "salt": Fate.NOBODY},
)
personal(Appeal, owner="member_id", columns={"state": Fate.KEEP})
personal(SpeakingGroups, owner=None, columns={"names": Fate.NOBODY})
personal(GroupMember, owner="member_id", columns={"name": Fate.ERASE}, rows=Rows.GO)
personal(
    RaisedCard, owner="member_id", columns={"suit": Fate.NOBODY, "card": Fate.ERASE}, rows=Rows.GO
)
personal(HallCards, owner=None, columns={"card": Fate.NOBODY})
personal(Projector, owner=None, columns={"name": Fate.NOBODY})
# What a chair has shown on a wall is said in office.
personal(
    Projection,
    owner="author_id",
    columns={"shows": Fate.NOBODY, "body": Fate.KEEP, "salt": Fate.NOBODY},
)
personal(Broadcast, owner=None, columns={"url": Fate.NOBODY})
