"""The pages of this room: the process itself, and how it is conducted."""

from forum.consultations.routes import archive, conduct, inviting, process, setup

__all__ = ["archive", "conduct", "inviting", "process", "setup"]
