"""What of a person lies in this room: what is written here is written in office."""

from forum.base.registry import Fate, personal
from forum.consultations.models import (
    Briefing,
    Consultation,
    Participant,
    StageDate,
    StageMove,
    TextRevision,
)

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
personal(Participant, owner="member_id", columns={})
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
