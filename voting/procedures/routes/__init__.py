"""The pages of procedures, and what is done on them."""

from voting.procedures import attaching
from voting.procedures.routes import panels, running, stages

__all__ = ["attaching", "panels", "running", "stages"]
