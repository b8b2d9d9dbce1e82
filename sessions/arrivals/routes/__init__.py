"""The pages of the door and what is done there, by whose they are."""

from sessions.arrivals.routes import coming, desk, people

__all__ = ["coming", "desk", "people"]
