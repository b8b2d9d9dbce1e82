"""What of a person lies on the floor: that they spoke stays; the words of a point of order go."""

from forum.base.registry import Fate, personal
from sessions.floor.models import OrderRuling, PointOfOrder, Preference, SpeakingList, Speech

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
