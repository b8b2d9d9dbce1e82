"""Projectors as they are read: what each was told, and everything that it shows."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base import registry
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.events import Audience
from forum.base.i18n import N_, _
from forum.base.refs import ref
from forum.members import queries as members
from sessions.floor.screen_models import Projection, Projector, Shows
from sessions.floor.situation import situation
from sessions.meetings import queries as meetings
from sessions.motions import queries as motions
from voting.polls import page as poll_pages
from voting.polls import queries as polls
from voting.polls.models import PollState
from voting.polls.page import Outline

# A live view each: they are few, and the bytes of one are the same for all who watch it.
MOST = 6
NUMBERS = range(1, MOST + 1)
BLOCKS = ("stage", "footing")

NAMES = {
    Shows.AUTOMATIC: N_("What happens now, by itself"),
    Shows.WELCOME: N_("Welcome, with the QR code"),
    Shows.AGENDA: N_("Order of the day"),
    Shows.SPEAKER: N_("Who speaks, and the clock"),
    Shows.MOTION: N_("The motion, with what is changed in it"),
    Shows.POLL: N_("The vote"),
    Shows.RESULT: N_("The last result"),
    Shows.QUORUM: N_("Who is here, and the quorum"),
    Shows.SCRIPT: N_("The facilitated session"),
    Shows.QUESTIONS: N_("Questions to the representative"),
    Shows.NUMBERS: N_("Numbers called at the reception"),
    Shows.NOTICE: N_("A sentence"),
}
Added = Callable[[Db, int], dict[str, Any]]
_added: dict[Shows, tuple[str, Added]] = {}


def shown(kind: Shows, template: str) -> Callable[[Added], Added]:
    """Say what a wall shows that is told to show this: a template and its data, from above."""

    def add(data: Added) -> Added:
        _added[kind] = (template, data)
        return data

    return add


class ProjectorRow(NamedTuple):
    """A projector, and what it shows now."""

    number: int
    name: str
    venue_id: int | None
    venue: str
    shows: Shows
    shows_name: str
    words: str


class Showing(NamedTuple):
    """What a projector was told."""

    id: int
    shows: Shows
    name: str
    words: str
    poll_id: int | None
    author: str
    at: datetime | None


class Result(NamedTuple):
    """A vote that is over, and how it ended."""

    question: str
    outline: Outline


AUTOMATIC = Showing(0, Shows.AUTOMATIC, "", "", None, "", None)


def _told(db: Db, meeting: int, number: int | None, *, up: bool, limit: int) -> list[Any]:
    when = col(Projection.up_at)
    query = select(
        col(Projection.id),
        col(Projection.number),
        col(Projection.shows),
        col(Projection.body),
        col(Projection.poll_id),
        col(Projection.author_id),
        when,
    ).where(col(Projection.meeting_id) == meeting, when.is_not(None) if up else when.is_(None))
    if number is not None:
        query = query.where(col(Projection.number) == number)
    order = (when.desc(), col(Projection.id).desc())
    return list(db.execute(query.order_by(*order).limit(limit)).all())


def _showing(row: Any, names: dict[int, str]) -> Showing:
    shows = Shows(row.shows)
    author = names.get(row.author_id, "")
    return Showing(row.id, shows, _(NAMES[shows]), row.body, row.poll_id, author, row.up_at)


def history(db: Db, meeting: int, number: int, limit: int = 30) -> list[Showing]:
    """What a projector has shown, the present first."""
    found = _told(db, meeting, number, up=True, limit=limit)
    names = members.names(db, {row.author_id for row in found})
    return [_showing(row, names) for row in found]


def showing(db: Db, meeting: int, number: int) -> Showing:
    """What a projector shows now."""
    found = _told(db, meeting, number, up=True, limit=1)
    return _showing(found[0], {}) if found else AUTOMATIC


def prepared(db: Db, meeting: int, number: int) -> Showing | None:
    """What was chosen after the present was put up, and waits to be looked at."""
    found = _told(db, meeting, number, up=False, limit=1)
    now = showing(db, meeting, number)
    return _showing(found[0], {}) if found and found[0].id > now.id else None


def of_meeting(db: Db, meeting: int) -> list[ProjectorRow]:
    """The projectors in use, by number."""
    found = db.execute(
        select(col(Projector.number), col(Projector.name), col(Projector.venue_id))
        .where(col(Projector.meeting_id) == meeting, col(Projector.gone).is_(False))
        .order_by(col(Projector.number))
    ).all()
    venues = {venue.id: venue.name for venue in meetings.venues(db, meeting)}
    rows = []
    for number, name, venue in found:
        now = showing(db, meeting, number)
        rows.append(
            ProjectorRow(
                number,
                name,
                venue,
                venues.get(venue or 0, ""),
                now.shows,
                _(NAMES[now.shows]),
                now.words,
            )
        )
    return rows


def projector(db: Db, meeting: int, number: int) -> ProjectorRow:
    """One of them; NotFound where the meeting has none of this number."""
    for row in of_meeting(db, meeting):
        if row.number == number:
            return row
    raise NotFound(_("This meeting has no such projector."))


def last_result(db: Db, stream: str) -> int | None:
    """The vote of a meeting whose result was announced last."""
    found = [row for row in polls.of_meeting(db, stream) if row.state is PollState.PUBLISHED]
    return max(found, key=lambda row: row.id).id if found else None


def _result(db: Db, stream: str, poll: int | None) -> Result | None:
    for row in polls.of_meeting(db, stream):
        if row.id == poll and row.state is PollState.PUBLISHED:
            outline = poll_pages.outline(row)
            return Result(row.question, outline) if outline else None
    return None


def staged(db: Db, meeting: int, now: Showing) -> dict[str, Any]:
    """All that a projector needs to show this."""
    found = situation(db, meeting)
    stream = ref("meeting", meeting)
    template, data = _added.get(now.shows, ("", None))
    return {
        **found._asdict(),
        "shows": now.shows,
        "words": now.words,
        "result": _result(db, stream, now.poll_id) if now.shows is Shows.RESULT else None,
        "board": motions.board(db, found.meeting) if now.shows is Shows.MOTION else None,
        "added": template,
        **(data(db, meeting) if data else {}),
    }


def _watched(number: int) -> Callable[[Db, int], dict[str, Any]]:
    def stage_of(db: Db, meeting: int) -> dict[str, Any]:
        return staged(db, meeting, showing(db, meeting, number))

    return stage_of


for _number in NUMBERS:
    registry.view(
        f"projector-{_number}",
        stream="meeting",
        audience=Audience.PUBLIC,
        template="floor/projector_screen.html",
        blocks=BLOCKS,
    )(_watched(_number))
