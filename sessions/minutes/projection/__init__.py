"""The minutes as a projection of the meeting's log: `draft = project(events, facts)`."""

from sessions.minutes.projection import deciding, duty, floor, motions, reception, sitting, workshop
from sessions.minutes.projection.draft import KINDS as KINDS
from sessions.minutes.projection.draft import project as project
from sessions.minutes.projection.facts import Came as Came
from sessions.minutes.projection.facts import Facts as Facts
from sessions.minutes.projection.facts import Poll as Poll

__all__ = [
    "KINDS",
    "Came",
    "Facts",
    "Poll",
    "deciding",
    "duty",
    "floor",
    "motions",
    "project",
    "reception",
    "sitting",
    "workshop",
]
