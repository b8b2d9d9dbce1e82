"""Uploaded files: kept by digest under the data folder, typed by their content, served inert.

Pictures are made anew (without place and camera data, bounded in size); what else is taken is PDF
and plain text. Who may see the place that a file belongs to may see the file.
"""

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import delete, func, select
from sqlmodel import Field, col

from forum.base import clock, limits, refs, registry, ticker
from forum.base.auth import Actor
from forum.base.canonical import sha256hex
from forum.base.db import Db, Table, UtcDateTime
from forum.base.errors import Invalid, NotFound, TooLarge
from forum.base.events import Audience
from forum.base.i18n import _
from forum.base.settings import settings

MAX_PIXELS = 50_000_000
MAX_SIDE = 2560
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# A GIF's first picture: nothing on a page moves without being asked.
KEPT_AS = {"JPEG": "JPEG", "WEBP": "WEBP"}
SWEEP = "base:files:sweep"


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


class FileRow(NamedTuple):
    """A file as a page lists it."""

    id: int
    digest: str
    media_type: str
    size: int
    name: str
    place: str
    audience: int

    @property
    def url(self) -> str:
        """Its address."""
        return url(self.id)


class Content(NamedTuple):
    """Bytes and what they are."""

    data: bytes
    media_type: str


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
    """Keep an uploaded file for a place; returns its id.

    Raises Invalid for what it is not, TooLarge, TooMany. In a route: `upload = form.file("…")`,
    then `store(tx, actor, upload.file, upload.filename, place=…)`.
    """
    limits.check(f"upload:{actor.id}", per_minute=20, burst=40)
    bound = settings().max_upload
    data = upload.read(bound + 1)
    if len(data) > bound:
        raise TooLarge(_("This is too large: at most %(n)s MB.") % {"n": bound // 1_000_000})
    content = recognise(data, name)
    if pictures_only and not content.media_type.startswith("image/"):
        raise Invalid(_("Please choose a picture (JPEG, PNG, WebP or GIF)."))
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
    )
    tx.add(row)
    tx.flush()
    return row.id


def recognise(data: bytes, name: str) -> Content:
    """What a file is by its content, in the form in which it is kept; raises Invalid."""
    if data.startswith(b"%PDF-"):
        return Content(data, "application/pdf")
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            return _picture(picture)
    except UnidentifiedImageError:
        return _text(data, name)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Invalid(_("This picture is damaged or too large.")) from error


def _picture(picture: Image.Image) -> Content:
    """The picture alone, upright: EXIF (where and by which phone it was taken) does not come."""
    if picture.width * picture.height > MAX_PIXELS:
        raise ValueError
    kept_as = KEPT_AS.get(picture.format or "", "PNG")
    upright = ImageOps.exif_transpose(picture)
    plain = upright.convert("RGB" if kept_as == "JPEG" else "RGBA")
    plain.thumbnail((MAX_SIDE, MAX_SIDE))
    bare = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    out = BytesIO()
    bare.save(out, kept_as, quality=85, optimize=True)
    return Content(out.getvalue(), f"image/{kept_as.lower()}")


def _text(data: bytes, name: str) -> Content:
    kind = "csv" if name.lower().endswith(".csv") else "plain"
    for charset in ("utf-8", "gb18030"):  # spreadsheets in China still write the second
        try:
            text = data.decode(charset)
        except UnicodeDecodeError:
            continue
        if not any(sign < " " and sign not in "\t\n\r\f" for sign in text):
            return Content(data, f"text/{kind}; charset={charset}")
    raise Invalid(_("Only pictures (JPEG, PNG, WebP, GIF), PDF and plain text can be attached."))


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


_COLUMNS = [col(getattr(StoredFile, name)) for name in FileRow._fields]


def find(db: Db, actor: Actor | None, file: int) -> FileRow:
    """A file that this reader may see; NotFound otherwise."""
    row = db.execute(select(*_COLUMNS).where(col(StoredFile.id) == file)).first()
    if row is not None:
        kind, ident = refs.parse(row.place)
        reader = registry.streams.get(kind)
        mine = reader(db, actor, ident) if reader else None
        if mine is not None and row.audience <= mine:
            return FileRow(*row)
    raise NotFound(_("There is no such file."))


def of_place(
    db: Db, places: Sequence[str], *, audience: Audience = Audience.PUBLIC
) -> dict[str, list[FileRow]]:
    """The files of several places in one query, by place, oldest first."""
    query = select(*_COLUMNS).where(
        col(StoredFile.place).in_(places), col(StoredFile.audience) <= int(audience)
    )
    found: dict[str, list[FileRow]] = {place: [] for place in places}
    for row in db.execute(query.order_by(col(StoredFile.id)).limit(2000)):
        found[row.place].append(FileRow(*row))
    return found


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
