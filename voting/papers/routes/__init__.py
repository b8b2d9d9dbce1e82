"""The pages of this room: papers given out, entered twice, and their boxes closed."""

from voting.papers import attaching
from voting.papers.routes import desk, entering, panels

__all__ = ["attaching", "desk", "entering", "panels"]
