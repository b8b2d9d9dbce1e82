"""The pages of this room, by what people come for."""

from moderation.oversight.routes import measures, openness, queue, settings

__all__ = ["measures", "openness", "queue", "settings"]
