"""The pages and verbs of duty reports: read, prepared, asked and rated, on lower pages."""

from sessions.duty.routes import asking, panels, preparing, reading

__all__ = ["asking", "panels", "preparing", "reading"]
