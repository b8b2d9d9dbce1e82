"""The pages of this room, by what people come for."""

from forum.members.routes import inbox, people, settings, signin

__all__ = ["inbox", "people", "settings", "signin"]
