"""Who may handle a report: pure."""

from moderation.reports.models import ReportState


def concerns(actor_id: int, author_id: int | None) -> bool:
    """Whether the report is about the one who would handle it."""
    return actor_id == author_id


def is_open(state: ReportState) -> bool:
    """Whether nobody has decided about it yet."""
    return state is ReportState.OPEN
