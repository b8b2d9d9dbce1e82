"""Projectors told what to show, with a look before it is put up; and where one watches."""

from urllib.parse import urlsplit

from sqlalchemy import select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid, NotFound
from forum.base.events import seal
from forum.base.i18n import _
from sessions.floor import projectors
from sessions.floor.screen_events import (
    BroadcastSet,
    ProjectionSet,
    ProjectorSet,
    ProjectorTaken,
)
from sessions.floor.screen_models import Broadcast, Projection, Projector, Shows
from sessions.floor.service.common import chaired, tell
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.service.common import require_unfinished


def set_projector(
    tx: Db,
    actor: Actor,
    meeting: int,
    name: str,
    *,
    venue: int | None = None,
    number: int | None = None,
) -> int:
    """Add a projector, or with its number describe it anew; returns the number."""
    access, _row = chaired(tx, actor, meeting)
    require_unfinished(access)
    if venue is not None:
        access.venue(venue)
    if number is None:
        taken = {row.number for row in projectors.of_meeting(tx, meeting)}
        free = [one for one in projectors.NUMBERS if one not in taken]
        if not free:
            raise Conflict(_("A meeting has at most %(n)s projectors.") % {"n": projectors.MOST})
        number = free[0]
    else:
        _projector(tx, meeting, number)
    row = tx.get(Projector, (meeting, number)) or Projector(
        meeting_id=meeting, number=number, name=name
    )
    row.name, row.venue_id, row.gone = name, venue, False
    tx.add(row)
    tx.flush()
    tell(tx, actor, access, ProjectorSet(number, venue))
    return number


def take_projector(tx: Db, actor: Actor, meeting: int, number: int) -> None:
    """Use a projector no longer; what it showed stays known."""
    access, _row = chaired(tx, actor, meeting)
    require_unfinished(access)
    _projector(tx, meeting, number).gone = True
    tx.flush()
    tell(tx, actor, access, ProjectorTaken(number))


def _projector(tx: Db, meeting: int, number: int) -> Projector:
    row = tx.get(Projector, (meeting, number))
    if row is None or row.gone:
        raise NotFound(_("This meeting has no such projector."))
    return row


def prepare(tx: Db, actor: Actor, meeting: int, number: int, shows: Shows, words: str = "") -> int:
    """Choose what a projector is to show; it is put up when that was looked at."""
    access, _row = chaired(tx, actor, meeting)
    _projector(tx, meeting, number)
    if shows is Shows.NOTICE and not words:
        sentence = _("Please fill this in.")
        raise Invalid(sentence, fields={"words": sentence})
    poll = None
    if shows is Shows.RESULT:
        poll = projectors.last_result(tx, access.stream)
        if poll is None:
            sentence = _("No result has been announced yet.")
            raise Invalid(sentence, fields={"shows": sentence})
    return _write(tx, actor, meeting, number, shows, words if shows is Shows.NOTICE else "", poll)


def _write(
    tx: Db, actor: Actor, meeting: int, number: int, shows: Shows, words: str, poll: int | None
) -> int:
    row = Projection(
        meeting_id=meeting,
        number=number,
        shows=shows,
        body=words,
        poll_id=poll,
        author_id=actor.id,
        at=clock.now(),
    )
    tx.add(row)
    tx.flush()
    return row.id


def put_up(tx: Db, actor: Actor, meeting: int, number: int, projection: int) -> None:
    """Show what was prepared, or once more what was shown before."""
    access, _row = chaired(tx, actor, meeting)
    _projector(tx, meeting, number)
    row = tx.get(Projection, projection)
    if row is None or (row.meeting_id, row.number) != (meeting, number):
        raise NotFound(_("There is nothing like that to show."))
    if row.up_at is not None:
        again = _write(tx, actor, meeting, number, Shows(row.shows), row.body, row.poll_id)
        row = tx.get_one(Projection, again)
    _show(tx, actor, access, row)


def _show(tx: Db, actor: Actor, access: MeetingAccess, row: Projection) -> None:
    digest = ""
    if row.body:
        sealed = seal(row.body)
        row.salt, digest = sealed
    row.up_at = clock.now()
    tx.flush()
    told = ProjectionSet(row.number, row.id, row.shows, row.poll_id, digest)
    tell(tx, actor, access, told)


def back(tx: Db, actor: Actor, meeting: int, number: int) -> None:
    """Show once more what was shown before the present."""
    shown = (
        tx.execute(
            select(col(Projection.id))
            .where(
                col(Projection.meeting_id) == meeting,
                col(Projection.number) == number,
                col(Projection.up_at).is_not(None),
            )
            .order_by(col(Projection.up_at).desc(), col(Projection.id).desc())
            .limit(2)
        )
        .scalars()
        .all()
    )
    if len(shown) < 2:
        chaired(tx, actor, meeting)
        raise Conflict(_("Nothing was shown before this."))
    put_up(tx, actor, meeting, number, shown[1])


def set_broadcast(tx: Db, actor: Actor, meeting: int, url: str) -> None:
    """Say where everybody can watch the meeting; empty: nowhere."""
    access, _row = chaired(tx, actor, meeting)
    require_unfinished(access)
    parts = urlsplit(url)
    if url and not (parts.scheme in ("http", "https") and parts.hostname and not parts.username):
        sentence = _("Please enter an address that begins with https://.")
        raise Invalid(sentence, fields={"url": sentence})
    row = tx.get(Broadcast, meeting) or Broadcast(meeting_id=meeting, url="")
    row.url = url
    tx.add(row)
    tx.flush()
    tell(tx, actor, access, BroadcastSet(bool(url)))
