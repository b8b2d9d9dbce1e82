"""The live pages of a meeting and the verbs that stand on them, by whose they are."""

from sessions.floor.routes import (
    appeals,
    cards,
    chair,
    desk,
    pages,
    polls,
    projectors,
    speaking,
    taking_part,
    watching,
)

__all__ = [
    "appeals",
    "cards",
    "chair",
    "desk",
    "pages",
    "polls",
    "projectors",
    "speaking",
    "taking_part",
    "watching",
]
