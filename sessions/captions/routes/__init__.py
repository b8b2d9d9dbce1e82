"""The transcript's pages and verbs: read, typed and mended, brought as files, on lower pages."""

from sessions.captions.routes import files, panels, reading, writing

__all__ = ["files", "panels", "reading", "writing"]
