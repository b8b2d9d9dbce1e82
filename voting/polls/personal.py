"""What of a person lies in polls. A vote that was cast stays in the record, without the name."""

from forum.base.registry import Fate, personal
from voting.polls.models import Entitlement, Poll, PollNote, VenueTally

personal(
    Poll,
    owner="created_by",
    columns={
        "meeting": Fate.NOBODY,
        "question": Fate.KEEP,
        "body": Fate.KEEP,
        "salt": Fate.NOBODY,
        "html": Fate.KEEP,
        "method": Fate.NOBODY,
        "rule": Fate.NOBODY,
        "secrecy": Fate.NOBODY,
        "quorum": Fate.NOBODY,
        "state": Fate.NOBODY,
        "rules_hash": Fate.NOBODY,
        "casting": Fate.KEEP,
        "result": Fate.NOBODY,
    },
)
personal(Entitlement, owner="member_id", columns={"channel": Fate.KEEP, "venue": Fate.KEEP})
personal(
    VenueTally,
    owner=None,
    columns={
        "venue": Fate.NOBODY,
        "channel": Fate.NOBODY,
        "state": Fate.NOBODY,
        "counted": Fate.NOBODY,
    },
)
# What was stated in office is part of the record.
personal(
    PollNote,
    owner="author_id",
    columns={
        "kind": Fate.NOBODY,
        "venue": Fate.NOBODY,
        "body": Fate.KEEP,
        "salt": Fate.NOBODY,
    },
)
