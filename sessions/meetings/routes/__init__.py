"""The pages of meetings before they begin, and what of them is printed."""

from sessions.meetings.routes import papers, preparing

__all__ = ["papers", "preparing"]
