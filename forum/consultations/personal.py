"""What of a person lies in this room: what is written here is written in office."""

from forum.base.db import Db
from forum.base.registry import Fate, Rows, on_erasure, personal
from forum.consultations.models import (
    Briefing,
    Category,
    Consultation,
    Invitation,
    InvitationCode,
    Participant,
    Place,
    SavedTemplate,
    Setup,
    StageDate,
    StageMove,
    TextRevision,
)
from forum.consultations.service import seating

personal(
    Consultation,
    owner="created_by",
    columns={
        "title": Fate.KEEP,
        "summary": Fate.KEEP,
        "purpose": Fate.KEEP,
        "html": Fate.KEEP,
        "stage": Fate.NOBODY,
        "visibility": Fate.NOBODY,
        "eligibility": Fate.NOBODY,
        "zone": Fate.NOBODY,
    },
)
personal(StageDate, owner=None, columns={"stage": Fate.NOBODY})
personal(
    StageMove,
    owner="moved_by",
    columns={
        "before": Fate.NOBODY,
        "stage": Fate.NOBODY,
        "body": Fate.KEEP,
        "salt": Fate.KEEP,
    },
)
personal(Participant, owner="member_id", columns={}, rows=Rows.GO)
personal(Place, owner="member_id", columns={}, rows=Rows.GO)
personal(
    Briefing,
    owner=None,
    columns={"title": Fate.NOBODY, "body": Fate.NOBODY, "html": Fate.NOBODY},
)
personal(
    TextRevision,
    owner="author_id",
    columns={"subject": Fate.NOBODY, "body": Fate.KEEP, "salt": Fate.KEEP},
)
personal(
    SavedTemplate,
    owner="saved_by",
    columns={"name": Fate.KEEP, "shape": Fate.KEEP},
)
personal(
    Setup,
    owner="member_id",
    columns={"template": Fate.NOBODY, "answers": Fate.ERASE},
    rows=Rows.GO,
)
personal(Category, owner=None, columns={"name": Fate.NOBODY})
personal(Invitation, owner="made_by", columns={"note": Fate.ERASE})
personal(InvitationCode, owner=None, columns={"digest": Fate.NOBODY})


@on_erasure
def _places(tx: Db, member: int) -> None:
    """Nobody waits, or keeps others waiting, without being there."""
    seating.leave_all(tx, member)
