"""What of a person lies in polls. A vote that was cast stays in the record, without the name."""

from sqlalchemy import ColumnElement, select
from sqlmodel import col

from forum.base.registry import Fate, personal, withheld
from voting.boxes.models import NamedBallot
from voting.delegations.models import Followed
from voting.polls.models import Entitlement, Poll, PollNote, PollRevision, PollState, VenueTally

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
        "rule": Fate.KEEP,
        "secrecy": Fate.NOBODY,
        "quorum": Fate.NOBODY,
        "state": Fate.NOBODY,
        "rules_hash": Fate.NOBODY,
        "casting": Fate.KEEP,
        "lot": Fate.KEEP,
        "result": Fate.NOBODY,
        "lot_asked": Fate.KEEP,
    },
)
personal(
    PollRevision,
    owner="author_id",
    columns={"body": Fate.KEEP, "salt": Fate.NOBODY, "before": Fate.KEEP},
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


@withheld(NamedBallot)
def _carried() -> ColumnElement[bool]:
    """What a vote that was given away became is how another voted: not before all may know."""
    early = select(col(Poll.id)).where(
        col(Poll.meeting).is_(None), col(Poll.state) != PollState.PUBLISHED
    )
    return col(NamedBallot.through_id).is_not(None) & col(NamedBallot.poll_id).in_(early)


@withheld(Followed)
def _followed() -> ColumnElement[bool]:
    """So is its way: that it ended with an abstention."""
    early = select(col(Poll.id)).where(col(Poll.state) != PollState.PUBLISHED)
    return col(Followed.poll_id).in_(early)
