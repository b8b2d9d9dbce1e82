"""What the public may learn from outside: events that a room declares as news.

A room declares them in its notify.py, beside who is told: the public is. Feeds, robots and webhooks
read the same declarations, so that nobody lists a room's events anywhere else.
"""

from enum import StrEnum
from typing import NamedTuple

from forum.base.events import Event
from forum.base.i18n import N_, _


class Feed(StrEnum):
    """The kinds of news: one may be read without the others."""

    CONSULTATIONS = "consultations"
    MEETINGS = "meetings"
    VOTES = "votes"
    MINUTES = "minutes"
    DECISIONS = "decisions"
    OUTCOMES = "outcomes"
    TASKS = "tasks"


NAMES = {
    Feed.CONSULTATIONS: N_("Consultations"),
    Feed.MEETINGS: N_("Meetings"),
    Feed.VOTES: N_("Votes and results"),
    Feed.MINUTES: N_("Minutes"),
    Feed.DECISIONS: N_("Decisions"),
    Feed.OUTCOMES: N_("Outcomes"),
    Feed.TASKS: N_("Tasks"),
}
PLACES = ("consultation", "station")  # the kinds of places that have feeds of their own


class News(NamedTuple):
    """An event as news; `about` is "subject" or the payload field that holds a reference."""

    feed: Feed
    words: str
    about: str


class Alternate(NamedTuple):
    """A feed as a page's head names it."""

    title: str
    url: str


declared: dict[str, News] = {}


def news(cls: type[Event], feed: Feed, words: str, *, about: str = "subject") -> None:
    """Let the public read of an event, in these words with the %(title)s of what it is about."""
    if cls.kind in declared:
        raise RuntimeError(f"{cls.kind} is declared as news twice")
    declared[cls.kind] = News(feed, words, about)


def name(feed: Feed) -> str:
    """What a kind of news is called."""
    return _(NAMES[feed])


def address(place: str, feed: Feed) -> str:
    """Where a place's feed is; the platform's holds the news of all."""
    kind, _colon, ident = place.partition(":")
    folder = f"/{kind}s/{ident}" if kind in PLACES else ""
    return f"{folder}/feeds/{feed.value}.atom"


def alternates(place: str) -> list[Alternate]:
    """The feeds of a place; none where it has none of its own."""
    if place != "platform" and place.partition(":")[0] not in PLACES:
        return []
    return [Alternate(name(feed), address(place, feed)) for feed in Feed]
