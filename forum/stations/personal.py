"""A station is no person; who sat in a committee, and in which office, is public record."""

from forum.base.registry import Fate, Rows, personal
from forum.stations.models import Card, CommitteeSeat, Slip, SlipBatch, Station

personal(
    Station,
    owner=None,
    columns=dict.fromkeys(("tier", "name", "code", "address", "hours", "phone"), Fate.NOBODY),
)
personal(CommitteeSeat, owner="member_id", columns={"office": Fate.KEEP})
personal(SlipBatch, owner="made_by", columns={"note": Fate.ERASE})
personal(Slip, owner="member_id", columns={"digest": Fate.NOBODY})
personal(Card, owner="member_id", columns={"digest": Fate.NOBODY}, rows=Rows.GO)
