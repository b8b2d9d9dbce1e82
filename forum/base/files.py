"""Uploaded files: kept by digest under the data folder, typed by their content, served inert.

Pictures are made anew (without place and camera data, bounded in size); what else is taken is PDF
and plain text. Who may see the place that a file belongs to may see the file.
"""

import os
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, NamedTuple

from sqlalchemy import bindparam, delete, exists, func, select, update
from sqlmodel import col

from forum.base import clock, limits, refs, registry, scanner, ticker
from forum.base.auth import Actor
from forum.base.canonical import sha256hex
from forum.base.db import Db, reading, transaction
from forum.base.errors import Invalid, NotFound, TooLarge
from forum.base.events import Audience
from forum.base.filetypes import Content, recognise
from forum.base.i18n import _
from forum.base.settings import settings
from forum.base.tables import Field, Table, UtcDateTime, metadata

SWEEP = "base:files:sweep"
LOST = "base:files:lost"
DAY = timedelta(days=1)


class StoredFile(Table, table=True):
    """One uploaded file as it belongs to one place; equal contents share the bytes on disk."""

    __tablename__ = "stored_file"

    id: int = Field(default=None, primary_key=True)
    digest: str = Field(max_length=64, index=True)
    media_type: str = Field(max_length=60)
    size: int
    name: str = Field(max_length=120)
    place: str = Field(max_length=64, index=True)
    audience: int
    owner_id: int | None = Field(foreign_key="member.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    # What a picture shows, in words, for those who do not see it.
    alt: str | None = Field(default=None, max_length=500)


Reader = Callable[[Db, Actor | None, int], Audience | None]
# Places that are no streams (a task, an agenda item) say here who may see what lies there.
_readers: dict[str, Reader] = {}


class FileRow(NamedTuple):
    """A file as a page lists it."""

    id: int
    digest: str
    media_type: str
    size: int
    name: str
    place: str
    audience: int
    owner_id: int | None = None
    alt: str | None = None
    at: datetime | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return url(self.id)

    @property
    def picture(self) -> bool:
        """Whether it is shown rather than handed over."""
        return self.media_type.startswith("image/")


def url(file: int) -> str:
    """The address of a file."""
    return f"/files/{file}"


def path_of(digest: str) -> Path:
    """Where the bytes of a digest lie."""
    return settings().files / digest[:2] / digest


def store(
    tx: Db,
    actor: Actor,
    upload: BinaryIO,
    name: str,
    *,
    place: str,
    audience: Audience = Audience.PUBLIC,
    pictures_only: bool = False,
) -> int:
    """Read, look through and keep an uploaded file for a place; returns its id.

    Raises Invalid for what it is not, TooLarge, TooMany. A route does the first two before its
    transaction: `prepare`, then `keep`.
    """
    limits.check(f"upload:{actor.id}", per_minute=20, burst=40)
    content = prepare(upload, name, pictures_only=pictures_only)
    return keep(tx, actor, content, name, place=place, audience=audience)


def prepare(upload: BinaryIO, name: str, *, pictures_only: bool = False) -> Content:
    """What was uploaded, bounded, free of known viruses, in the form in which it is kept."""
    bound = settings().max_upload
    data = upload.read(bound + 1)
    if len(data) > bound:
        raise TooLarge(_("This is too large: at most %(n)s MB.") % {"n": bound // 1_000_000})
    scanner.require_clean(data, _shown(name))
    content = recognise(data, name)
    if pictures_only and not content.media_type.startswith("image/"):
        raise Invalid(_("Please choose a picture (JPEG, PNG, WebP or GIF)."))
    return content


def keep(
    tx: Db,
    actor: Actor,
    content: Content,
    name: str,
    *,
    place: str,
    audience: Audience = Audience.PUBLIC,
    alt: str = "",
) -> int:
    """Keep what was prepared."""
    digest = sha256hex(content.data)
    _lock(tx, digest)
    _write(path_of(digest), content.data)
    row = StoredFile(
        digest=digest,
        media_type=content.media_type,
        size=len(content.data),
        name=_shown(name),
        place=place,
        audience=int(audience),
        owner_id=actor.id,
        at=clock.now(),
        alt=alt or None,
    )
    tx.add(row)
    tx.flush()
    return row.id


def reader(kind: str) -> Callable[[Reader], Reader]:
    """Say who may see the files of a kind of place that is no stream."""

    def add(find_class: Reader) -> Reader:
        _readers[kind] = find_class
        return find_class

    return add


def used(db: Db, *, owner: int | None = None, place: str | None = None) -> int:
    """The bytes that somebody, or a place, has here."""
    query = select(func.coalesce(func.sum(col(StoredFile.size)), 0))
    if owner is not None:
        query = query.where(col(StoredFile.owner_id) == owner)
    if place is not None:
        query = query.where(col(StoredFile.place) == place)
    return int(db.execute(query).scalar_one())


def count(db: Db, place: str) -> int:
    """How many files lie at a place."""
    query = select(func.count()).select_from(StoredFile).where(col(StoredFile.place) == place)
    return int(db.execute(query).scalar_one())


def lies(db: Db, place: str, digest: str) -> bool:
    """Whether these bytes lie at a place already."""
    same = (col(StoredFile.place) == place) & (col(StoredFile.digest) == digest)
    return db.execute(select(col(StoredFile.id)).where(same).limit(1)).first() is not None


def _shown(name: str) -> str:
    """A file's name without folders and control characters, bounded, its ending kept."""
    last = name.replace("\\", "/").rpartition("/")[2]
    clean = "".join(sign for sign in last if sign.isprintable()).strip() or "file"
    stem, dot, ending = clean.rpartition(".")
    if len(clean) <= 120:
        return clean
    return f"{stem[: 119 - len(ending)]}.{ending}" if dot and len(ending) < 10 else clean[:120]


def _lock(tx: Db, digest: str) -> None:
    """Keep a sweep of the same bytes out until this transaction ends (SQLite has one writer)."""
    if tx.get_bind().dialect.name == "postgresql":
        tx.execute(select(func.pg_advisory_xact_lock(int(digest[:15], 16))))


def _write(path: Path, data: bytes) -> None:
    """Bytes on disk before the row that names them; whole or not at all."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
    with temporary.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)


# Made once: many pages ask.
_T = metadata.tables["stored_file"].c
_FILES = select(*_T[FileRow._fields])
OF_SUBJECT = exists().where(_T.place == bindparam("subject"))
_AMONG = _T.place.in_(bindparam("places", expanding=True))
_OF_PLACE = _FILES.where(_AMONG, _T.audience <= bindparam("audience")).order_by(_T.id).limit(2000)


def find(db: Db, actor: Actor | None, file: int) -> FileRow:
    """A file that this reader may see; NotFound otherwise."""
    row = db.execute(_FILES.where(_T.id == file)).first()
    if row is not None:
        kind, ident = refs.parse(row.place)
        reader = _readers.get(kind) or registry.streams.get(kind)
        mine = reader(db, actor, ident) if reader else None
        if mine is not None and row.audience <= mine:
            return FileRow(*row)
    raise NotFound(_("There is no such file."))


def of_place(
    db: Db, places: Sequence[str], *, audience: Audience = Audience.PUBLIC
) -> dict[str, list[FileRow]]:
    """The files of several places in one query, by place, oldest first."""
    asked = {"places": list(places), "audience": int(audience)}
    found: dict[str, list[FileRow]] = {place: [] for place in places}
    for row in db.execute(_OF_PLACE, asked):
        found[row.place].append(FileRow(*row))
    return found


def move(tx: Db, origin: str, target: str) -> None:
    """What lay with one thing lies with another from now on."""
    here = col(StoredFile.place) == origin
    tx.execute(update(StoredFile).where(here).values(place=target))


def remove(tx: Db, file: int) -> None:
    """Forget a file; its bytes go after the commit, unless another row holds the same."""
    gone = delete(StoredFile).where(col(StoredFile.id) == file).returning(col(StoredFile.digest))
    digest = tx.execute(gone).scalar_one_or_none()
    if digest is not None:
        ticker.schedule(tx, SWEEP, clock.now() + timedelta(seconds=1), digest)


def remove_of(tx: Db, owner: int) -> int:
    """Forget all files that a member uploaded (erasure); returns how many."""
    mine = select(col(StoredFile.id)).where(col(StoredFile.owner_id) == owner)
    found = tx.execute(mine).scalars().all()
    for file in found:
        remove(tx, file)
    return len(found)


@ticker.due(SWEEP)
def sweep(tx: Db, digest: str) -> None:
    """Remove bytes that no row names any more."""
    _lock(tx, digest)
    held = select(col(StoredFile.id)).where(col(StoredFile.digest) == digest).limit(1)
    if tx.execute(held).first() is None:
        path_of(digest).unlink(missing_ok=True)


@ticker.every(f"{LOST}:look", DAY)
def look_for_lost(tx: Db, _subject: str) -> None:
    """Let the folder be looked through, outside of this transaction."""
    ticker.soon(tx, LOST, clock.now(), "")


@ticker.long(LOST)
def sweep_lost(_subject: str) -> None:
    """Remove bytes that were written for a row which was never committed."""
    before = (clock.now() - DAY).timestamp()
    for folder in settings().files.glob("[0-9a-f][0-9a-f]"):
        old = [path for path in folder.iterdir() if path.stat().st_mtime < before]
        names = [path.name for path in old]
        with reading() as db:
            held = select(col(StoredFile.digest)).where(col(StoredFile.digest).in_(names))
            known = set(db.execute(held).scalars())
        for path in old:
            if path.suffix == ".new":  # the machine died while it was written
                path.unlink(missing_ok=True)
            elif path.name not in known:
                with transaction() as tx:
                    sweep(tx, path.name)
