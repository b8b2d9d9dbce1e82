"""What of a person lies in meetings: that they came stays in the record, without the name."""

from forum.base.registry import Fate, personal
from sessions.meetings.models import (
    Attendance,
    Meeting,
    MeetingNotice,
    MeetingPoll,
    QuorumCheck,
    Venue,
)

personal(
    Meeting,
    owner="created_by",
    columns={
        "title": Fate.KEEP,
        "zone": Fate.NOBODY,
        "state": Fate.NOBODY,
        "quorum": Fate.NOBODY,
    },
)
personal(
    Venue,
    owner=None,
    columns={
        "kind": Fate.NOBODY,
        "name": Fate.NOBODY,
        "address": Fate.NOBODY,
        "directions": Fate.NOBODY,
        "accessibility": Fate.NOBODY,
        "url": Fate.NOBODY,
        "link": Fate.NOBODY,
    },
)
personal(Attendance, owner="member_id", columns={"mode": Fate.KEEP, "method": Fate.KEEP})
personal(QuorumCheck, owner="declared_by", columns={"quorum": Fate.NOBODY})
personal(MeetingPoll, owner=None, columns={"channel": Fate.NOBODY})
# What a chair announces is said in office and part of the record.
personal(MeetingNotice, owner="author_id", columns={"body": Fate.KEEP, "salt": Fate.NOBODY})
