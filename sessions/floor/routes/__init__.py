"""The live pages of a meeting and the verbs that stand on them, by whose they are."""

from sessions.floor.routes import chair, desk, pages, polls, speaking, taking_part

__all__ = ["chair", "desk", "pages", "polls", "speaking", "taking_part"]
