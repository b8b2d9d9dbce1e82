"""The live pages of a meeting: what is pushed to whom as it changes."""

from typing import Any

from forum.base import registry
from forum.base.db import Db
from forum.base.events import Audience
from sessions.floor import console
from sessions.floor.situation import situation


@registry.view(
    "meeting",
    stream="meeting",
    audience=Audience.PUBLIC,
    template="floor/meeting.html",
    blocks=("state", "speakers", "vote", "attendance", "program"),
)
def for_everybody(db: Db, meeting: int) -> dict[str, Any]:
    """The page of whoever takes part, or looks on."""
    return situation(db, meeting)._asdict()


@registry.view(
    "screen",
    stream="meeting",
    audience=Audience.PUBLIC,
    template="floor/screen.html",
    blocks=("stage", "footing"),
)
def for_the_wall(db: Db, meeting: int) -> dict[str, Any]:
    """The projector."""
    return situation(db, meeting)._asdict()


@registry.view(
    "desk",
    stream="meeting",
    audience=Audience.DESK,
    template="floor/desk.html",
    blocks=("state", "speakers", "attendance"),
)
def for_desks(db: Db, meeting: int) -> dict[str, Any]:
    """What every desk sees alike; its own people and hands are its own region of the page."""
    return situation(db, meeting)._asdict()


@registry.view(
    "console",
    stream="meeting",
    audience=Audience.MODERATOR,
    template="floor/console.html",
    blocks=("state", "next", "speakers", "vote", "attendance", "program"),
)
def for_the_chair(db: Db, meeting: int) -> dict[str, Any]:
    """The console."""
    found = situation(db, meeting, led=True)
    return {
        **found._asdict(),
        "next_step": console.next_step(found),
        "others": console.others(found),
    }
