"""Attaching files: begun, sent in pieces, finished or given up; described and removed."""

import os
import secrets
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from sqlalchemy import delete, func, select, update
from sqlmodel import col

from forum.attachments import events, spots
from forum.attachments.along import Along
from forum.attachments.models import Upload
from forum.attachments.queries import Progress, own
from forum.base import clock, files, limits, ticker
from forum.base.auth import Actor
from forum.base.canonical import sha256hex
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, TooLarge
from forum.base.events import Audience, Event, record
from forum.base.files import FileRow, StoredFile
from forum.base.filetypes import Content
from forum.base.i18n import _
from forum.base.settings import settings

KEPT = timedelta(days=1)  # an upload that nobody goes on with
UNDER_WAY = 5  # uploads that one member may have begun


def _parts() -> Path:
    return settings().files / "parts"


def part(upload: Progress) -> Path:
    """Where the bytes of an upload gather; with the files, for any worker may get the next."""
    return _parts() / (upload.token or str(upload.id))


def _mb(size: int) -> int:
    return -(-size // 1_000_000)


def begin(
    tx: Db, actor: Actor, place: str, *, name: str, size: int, mark: str, alt: str = ""
) -> Progress:
    """Begin to send a file, or go on with the one that this browser began before."""
    limits.check(f"upload:{actor.id}", per_minute=20, burst=40)
    spot = spots.find(tx, actor, place)
    require(spot)
    mark = sha256hex(f"{place}\n{name}\n{size}\n{mark}".encode())
    known = select(Upload).where(col(Upload.member_id) == actor.id, col(Upload.mark) == mark)
    found = tx.execute(known.limit(1)).scalar_one_or_none()
    if found is None:
        _require_room(tx, actor, spot, place, size)
        found = Upload(
            member_id=actor.id,
            place=place,
            name=name,
            mark=mark,
            size=size,
            at=clock.now(),
            token=secrets.token_hex(16),
        )
        tx.add(found)
    found.alt = alt
    tx.flush()
    return Progress(*(getattr(found, name) for name in Progress._fields))


def require(spot: spots.Spot) -> None:
    """Raise unless this reader may attach files there."""
    if not spot.may:
        raise Forbidden(_("You cannot attach files here."))


def _require_room(tx: Db, actor: Actor, spot: spots.Spot, place: str, size: int) -> None:
    """Quotas, counting what is under way; told with what is used and what there is."""
    config = settings()
    if not 0 < size <= config.max_upload:
        raise TooLarge(_("This is too large: at most %(n)s MB.") % {"n": _mb(config.max_upload)})
    coming = select(func.coalesce(func.sum(col(Upload.size)), 0), func.count())
    sizes, count = tx.execute(coming.where(col(Upload.member_id) == actor.id)).one()
    if count >= UNDER_WAY:
        raise Conflict(_("Several of your files are still on their way. Finish those first."))
    mine = files.used(tx, owner=actor.id) + int(sizes)
    if mine + size > config.member_quota:
        words = _("Your files take %(used)s of %(most)s MB; this one needs %(n)s. Remove some.")
        facts = {"used": _mb(mine), "most": _mb(config.member_quota), "n": _mb(size)}
        raise TooLarge(words % facts)
    if files.used(tx, place=place) + size > config.place_quota:
        words = _("The files here take all of the %(most)s MB that there are. Remove some.")
        raise TooLarge(words % {"most": _mb(config.place_quota)})
    if files.count(tx, place) >= spot.most:
        raise Conflict(_("At most %(n)s files lie here. Remove some.") % {"n": spot.most})


def write(upload: Progress, offset: int, data: bytes) -> None:
    """Put a piece where it belongs; what was not counted yet may be written again."""
    path = part(upload)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.seek(offset)
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def advance(tx: Db, actor: Actor, upload: int, offset: int, size: int) -> int:
    """Count a piece that was written; of two that begin at the same place one counts."""
    moved = (
        update(Upload)
        .where(
            col(Upload.id) == upload,
            col(Upload.member_id) == actor.id,
            col(Upload.received) == offset,
            col(Upload.size) >= offset + size,
        )
        .values(received=offset + size, at=clock.now())
        .returning(col(Upload.received))
    )
    received: int | None = tx.execute(moved).scalar_one_or_none()
    if received is None:
        raise Conflict(_("The file goes on at another place. Ask where, and send from there."))
    return received


def prepare(upload: Progress) -> Content:
    """Read the whole of it: what it is, without what pictures tell of themselves."""
    if upload.received != upload.size:
        raise Conflict(_("The file has not come whole yet."))
    with part(upload).open("rb") as stream:
        return files.prepare(BytesIO(stream.read(upload.size)), upload.name)


def finish(tx: Db, actor: Actor, upload: Progress, content: Content) -> int:
    """Attach what has come whole; returns the file's id."""
    spot = spots.find(tx, actor, upload.place)
    require(spot)
    along = Along(upload.name, upload.alt, content)
    own(tx, actor, upload.id)  # of two that finish at the same instant one finds it
    new = _keep(tx, actor, spot, upload.place, along)
    give_up(tx, upload.id)
    return new


def add(tx: Db, actor: Actor, place: str, along: Along) -> None:
    """Attach a file that came with the form of a text; sent twice, it lies there once."""
    spot = spots.find(tx, actor, place)
    require(spot)
    if files.lies(tx, place, sha256hex(along.content.data)):
        return
    _require_room(tx, actor, spot, place, len(along.content.data))
    _keep(tx, actor, spot, place, along)


def _keep(tx: Db, actor: Actor, spot: spots.Spot, place: str, along: Along) -> int:
    picture = along.content.media_type.startswith("image/")
    new = files.keep(
        tx,
        actor,
        along.content,
        along.name,
        place=place,
        audience=spot.audience,
        alt=along.alt if picture else "",
    )
    _tell(tx, actor, events.FileAttached(new, place), spot, spot.audience)
    return new


def give_up(tx: Db, upload: int) -> None:
    """Forget an upload; its bytes go with the next sweep."""
    tx.execute(delete(Upload).where(col(Upload.id) == upload))
    ticker.soon(tx, "attachments:parts", clock.now() + timedelta(minutes=1), "")


def describe(tx: Db, actor: Actor, file: int, alt: str) -> str:
    """Say what a picture shows; returns where it stands."""
    _found, spot = changeable(tx, actor, file)
    row = tx.get_one(StoredFile, file)
    if not row.media_type.startswith("image/"):
        raise Invalid(_("Only pictures have a description."))
    row.alt = alt
    tx.flush()
    _tell(tx, actor, events.FileDescribed(file, row.place), spot, Audience(row.audience))
    return spot.url


def remove(tx: Db, actor: Actor, file: int) -> str:
    """Take a file away; returns where it stood."""
    found, spot = changeable(tx, actor, file)
    files.remove(tx, file)
    _tell(tx, actor, events.FileRemoved(file, found.place), spot, Audience(found.audience))
    return spot.url


def changeable(db: Db, actor: Actor, file: int) -> tuple[FileRow, spots.Spot]:
    """A file that this member may describe or remove, and where it lies."""
    found = files.find(db, actor, file)
    spot = spots.find(db, actor, found.place)
    if not (spot.leads or (found.owner_id == actor.id and spot.may)):
        raise Forbidden(_("Only those who attached a file, or lead here, can change it."))
    return found, spot


def _tell(tx: Db, actor: Actor, event: Event, spot: spots.Spot, audience: Audience) -> None:
    place = getattr(event, "place", "")
    record(tx, actor, event, stream=spot.stream, subject=place, audience=spot.told or audience)


@ticker.every("attachments:parts", timedelta(hours=1))
def sweep(tx: Db, _subject: str) -> None:
    """Forget uploads that nobody goes on with, and bytes that no upload names."""
    # Looked at before the rows are: whoever begins meanwhile has a row by then.
    lying = list(_parts().iterdir()) if _parts().is_dir() else []
    tx.execute(delete(Upload).where(col(Upload.at) < clock.now() - KEPT))
    rows = tx.execute(select(col(Upload.id), col(Upload.token)))
    known = {token or str(ident) for ident, token in rows}
    for path in lying:
        if path.name not in known:
            path.unlink(missing_ok=True)
