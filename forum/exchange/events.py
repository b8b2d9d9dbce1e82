"""What happens when a conversation is taken over from elsewhere."""

from typing import ClassVar

from forum.base.events import Event


class ConsultationImported(Event):
    """An export was read: from which kind of source, its digest, and what is here since.

    Reactions have no events of their own; `reactions` counts those that were set by this import.
    """

    kind: ClassVar[str] = "exchange:consultation:imported"
    consultation: int
    source: str
    digest: str
    people: int
    statements: int
    reactions: int
