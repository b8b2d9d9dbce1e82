"""What of a person lies in motions: what was moved belongs to the record of the meeting."""

from forum.base.registry import Fate, personal
from sessions.motions.models import Motion, MotionNote, MotionSecond, MotionVersion

personal(
    Motion,
    owner="mover_id",
    columns={
        "sort": Fate.KEEP,
        "state": Fate.KEEP,
        "method": Fate.KEEP,
        "referred_to": Fate.NOBODY,
    },
)
# Once moved, the words are what the meeting debates, amends and votes on: they are its own.
personal(MotionVersion, owner="author_id", columns={"body": Fate.KEEP, "salt": Fate.NOBODY})
personal(MotionSecond, owner="member_id", columns={"method": Fate.KEEP})
# What a chair gives as a reason is said in office and part of the record.
personal(
    MotionNote,
    owner="author_id",
    columns={"kind": Fate.NOBODY, "body": Fate.KEEP, "salt": Fate.NOBODY},
)
