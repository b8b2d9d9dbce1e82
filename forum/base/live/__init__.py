"""The live hub: the log, pushed to open pages."""

from forum.base.live.endpoints import routes
from forum.base.live.hub import running, wake

__all__ = ["routes", "running", "wake"]
