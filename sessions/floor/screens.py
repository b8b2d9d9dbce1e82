"""The live pages of a meeting: what is pushed to whom as it changes."""

from typing import Any

from forum.base import registry
from forum.base.db import Db
from forum.base.events import Audience
from forum.base.i18n import _
from sessions.arrivals import queries as arrivals
from sessions.arrivals import words as arrival_words
from sessions.arrivals.models import Proof
from sessions.floor import book, console
from sessions.floor.situation import situation
from sessions.meetings import presence, sittings
from sessions.motions import queries as moving
from voting.boxes.models import Channel
from voting.polls import setting
from voting.polls import words as poll_words
from voting.polls.models import Secrecy


@registry.view(
    "meeting",
    stream="meeting",
    audience=Audience.PUBLIC,
    template="floor/meeting.html",
    blocks=("state", "speakers", "motions", "vote", "attendance", "program"),
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
    "timer",
    stream="meeting",
    audience=Audience.PUBLIC,
    template="floor/timer.html",
    blocks=("face",),
)
def for_the_stand(db: Db, meeting: int) -> dict[str, Any]:
    """A speaker's clock."""
    return situation(db, meeting)._asdict()


@registry.view(
    "desk",
    stream="meeting",
    audience=Audience.DESK,
    template="floor/desk.html",
    blocks=("state", "motions", "speakers", "attendance"),
)
def for_desks(db: Db, meeting: int) -> dict[str, Any]:
    """What every desk sees alike; its own people and hands are its own region of the page."""
    return {**situation(db, meeting)._asdict(), "_silent": arrivals.silent(db, meeting)}


@registry.view(
    "console",
    stream="meeting",
    audience=Audience.MODERATOR,
    template="floor/console.html",
    blocks=(
        "heading",
        "state",
        "next",
        "speakers",
        "cards",
        "motions",
        "vote",
        "attendance",
        "program",
        "tools",
    ),
)
def for_the_chair(db: Db, meeting: int) -> dict[str, Any]:
    """The console."""
    found = situation(db, meeting, led=True)
    return {
        **found._asdict(),
        "next_step": console.next_step(found),
        "others": console.others(found, undo=sittings.just_opened(db, found.meeting)),
        "_silent": arrivals.silent(db, meeting),
        "_asking": arrivals.asking(db, meeting),
        "_proofs": {proof: arrival_words.proof(proof) for proof in Proof},
        "_resolved": moving.resolved(db, found.meeting),
        "_sending": moving.sending(db, found.meeting),
        "_rules": book.rules(),
        "_ways": setting.ways(among=False, weights=bool(presence.weights(db, meeting))),
        "_secrecies": secrecies(),
        "_channels": channels(),
    }


def secrecies() -> list[tuple[str, str]]:
    """Who can know how somebody voted, to choose from."""
    return [(kind.value, _(poll_words.SECRECIES[kind])) for kind in (Secrecy.OPEN, Secrecy.SECRET)]


def channels() -> list[tuple[str, str]]:
    """How the people in the halls vote, to choose from."""
    return [
        (Channel.HANDS.value, _("Show of hands in the halls, online electronically")),
        (Channel.ONLINE.value, _("Everybody electronically")),
        (Channel.PAPER.value, _("On paper in the halls, online electronically")),
    ]
