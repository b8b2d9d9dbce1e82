"""Where a meeting is watched or joined from afar, and what of it may stand within our own page."""

from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from forum.base.settings import settings
from sessions.floor.screen_models import Broadcast
from sessions.meetings import presence
from sessions.meetings.models import VenueKind
from sessions.meetings.queries import MeetingAccess


class Way(StrEnum):
    """How something from elsewhere is shown."""

    FRAME = "frame"
    VIDEO = "video"
    LINK = "link"


class Shown(NamedTuple):
    """An address elsewhere, and how it may be shown."""

    key: str
    url: str
    host: str
    way: Way

    @property
    def origin(self) -> str:
        """As a page's policy names it."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


def way_of(url: str, hosts: list[str]) -> Way:
    """Only what an operator named stands within our page; all else is a link that leads away."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or parts.netloc.lower() not in hosts:
        return Way.LINK
    return Way.VIDEO if parts.path.lower().endswith(".m3u8") else Way.FRAME


def shown(key: str, url: str) -> Shown:
    """An address by the settings of this place."""
    hosts = settings().embed_hosts
    return Shown(key, url, urlsplit(url).hostname or "", way_of(url, hosts))


def address(db: Db, meeting: int) -> str:
    """Where everybody can watch; empty where one cannot."""
    query = select(col(Broadcast.url)).where(col(Broadcast.meeting_id) == meeting)
    return db.execute(query).scalar_one_or_none() or ""


def of_reader(db: Db, access: MeetingAccess) -> dict[str, Shown]:
    """What this reader may watch, and join if they are on the roll or work there."""
    found = {}
    if url := address(db, access.meeting.id):
        found["stream"] = shown("stream", url)
    room = next((v.url for v in access.venues if v.kind is VenueKind.ONLINE and v.url), "")
    if room and _joins(db, access):
        found["room"] = shown("room", room)
    return found


def _joins(db: Db, access: MeetingAccess) -> bool:
    if access.actor is None:
        return False
    on_roll = presence.entitled(db, access.meeting.id, [access.actor.id])
    return bool(access.desks) or on_roll.get(access.actor.id, False)
