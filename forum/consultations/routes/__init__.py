"""The pages of this room: the process itself, and how it is conducted."""

from forum.consultations.routes import conduct, process

__all__ = ["conduct", "process"]
