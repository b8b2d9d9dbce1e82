"""The pages of this room: minutes, decisions, outcomes."""

from sessions.minutes.routes import decisions, drafting, minutes, outcomes, panels, papers, places

__all__ = ["decisions", "drafting", "minutes", "outcomes", "panels", "papers", "places"]
