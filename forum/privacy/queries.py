"""What a person takes along: everything as it stands, and the same to be read by people."""

import json
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import select
from sqlmodel import col

from forum.base import erasure, files
from forum.base.db import Db
from forum.base.files import StoredFile
from forum.privacy.models import Erasure


class Wish(NamedTuple):
    """That somebody asked to be erased, and when it is to be done."""

    asked_at: datetime
    due_at: datetime


class Attached(NamedTuple):
    """A file that a person uploaded, and its name in the archive."""

    name: str
    digest: str


def wish(db: Db, member: int) -> Wish | None:
    """The wish to be erased, while it waits."""
    row = db.execute(
        select(col(Erasure.asked_at), col(Erasure.due_at)).where(
            col(Erasure.member_id) == member, col(Erasure.done_at).is_(None)
        )
    ).one_or_none()
    return Wish(*row) if row else None


def attached(db: Db, member: int) -> list[Attached]:
    """The files that a person uploaded, named so that no two collide."""
    query = select(col(StoredFile.id), col(StoredFile.name), col(StoredFile.digest))
    mine = query.where(col(StoredFile.owner_id) == member).order_by(col(StoredFile.id))
    return [Attached(f"files/{row.id}-{row.name}", row.digest) for row in db.execute(mine)]


def as_json(data: dict[str, Any]) -> bytes:
    """Everything as it stands, indented, in letters that people can read."""
    return json.dumps(data, default=erasure.plain, ensure_ascii=False, indent=1).encode()


def packed(data: dict[str, Any], page: bytes, attachments: list[Attached]) -> bytes:
    """The archive: a page to read, the same as JSON, and the files."""
    packed_into = BytesIO()
    with ZipFile(packed_into, "w", ZIP_DEFLATED) as archive:
        archive.writestr("index.html", page)
        archive.writestr("person.json", as_json(data))
        for file in attachments:
            path = files.path_of(file.digest)
            if path.exists():
                archive.write(path, file.name)
    return packed_into.getvalue()
