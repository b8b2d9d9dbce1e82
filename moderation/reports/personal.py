"""What of a person lies in reports."""

from forum.base.registry import Fate, personal
from moderation.reports.models import Report, ReportPlace

personal(
    Report,
    owner="reporter_id",
    columns={
        "about": Fate.KEEP,
        "rule": Fate.KEEP,
        "note": Fate.ERASE,
        "state": Fate.KEEP,
        "answer": Fate.KEEP,
    },
)
personal(ReportPlace, owner=None, columns={"place": Fate.NOBODY})
