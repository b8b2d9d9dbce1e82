"""The minutes as a projection of the meeting's log: `draft = project(events, facts)`."""

from sessions.minutes.projection import deciding, floor, motions, sitting
from sessions.minutes.projection.draft import KINDS as KINDS
from sessions.minutes.projection.draft import Facts as Facts
from sessions.minutes.projection.draft import Poll as Poll
from sessions.minutes.projection.draft import project as project

__all__ = ["KINDS", "Facts", "Poll", "deciding", "floor", "motions", "project", "sitting"]
