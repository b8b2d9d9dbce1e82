"""What somebody should do first: one thing a page, pure."""

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple


class Urgency(IntEnum):
    """What comes before what; a meeting that is going on waits for nobody."""

    RUN = 0
    VOTE = 1
    JOIN = 2
    LATE = 3
    DECIDE = 4
    WRITE = 5
    DUE = 6
    SPEAK = 7
    LOOK = 8


class Action(NamedTuple):
    """The one big button of a home page."""

    urgency: Urgency
    text: str
    url: str
    about: str = ""
    when: str = ""


def first(actions: Iterable[Action]) -> Action:
    """The most urgent one; of two alike the one named first."""
    return min(actions, key=lambda action: action.urgency)
