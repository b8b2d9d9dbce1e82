"""Who may handle a report: pure."""


def concerns(actor_id: int, author_id: int | None) -> bool:
    """Whether the report is about the one who would handle it."""
    return actor_id == author_id
