"""The pages of this room: minutes, decisions, outcomes."""

from sessions.minutes import attaching
from sessions.minutes.routes import decisions, drafting, minutes, outcomes, panels, papers, places

__all__ = [
    "attaching",
    "decisions",
    "drafting",
    "minutes",
    "outcomes",
    "panels",
    "papers",
    "places",
]
