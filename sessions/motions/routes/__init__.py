"""The pages of motions and the verbs that stand on them, by whose they are."""

from sessions.motions.routes import chairing, moving, pages, panels

__all__ = ["chairing", "moving", "pages", "panels"]
