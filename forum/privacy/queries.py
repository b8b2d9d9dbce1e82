"""What a person takes along: everything as it stands, and the same to be read by people."""

import json
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import func, select
from sqlmodel import col

from forum.base import erasure, files
from forum.base.db import Db
from forum.base.files import StoredFile
from forum.base.minors import Minor
from forum.base.purposes import BY_KEY, CHILD
from forum.members.models import Member
from forum.privacy.models import Childhood, Consent, Erasure, Way


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
    return wishes(db, [member]).get(member)


class Given(NamedTuple):
    """One consent: to what, in which wording, how and by whom, from when to when."""

    member: int
    purpose: str
    version: int
    way: Way
    by_id: int
    by: str
    given_at: datetime
    ended_at: datetime | None

    @property
    def current(self) -> bool:
        """Whether it holds for the purpose as it reads today."""
        known = BY_KEY.get(self.purpose)
        return self.ended_at is None and known is not None and self.version == known.version


class Child(NamedTuple):
    """How it stands with somebody under 14; `consent` is the last one, taken back or not."""

    id: int
    name: str
    login: str
    minor: Minor
    grown_at: datetime | None
    consent: Given | None

    @property
    def guardian(self) -> int | None:
        """Who has the child in hand by an account of their own, also after taking consent back."""
        return self.consent.by_id if self.consent and self.consent.way is Way.GUARDIAN else None


# The last word of a guardian for each child.
_LATEST = select(func.max(col(Consent.id))).where(col(Consent.purpose) == CHILD)
_LATEST = _LATEST.group_by(col(Consent.member_id))
_GIVEN = (
    select(
        col(Consent.member_id),
        col(Consent.purpose),
        col(Consent.version),
        col(Consent.way),
        col(Consent.by_id),
        col(Member.name),
        col(Consent.given_at),
        col(Consent.ended_at),
    )
    .join(Member, col(Member.id) == col(Consent.by_id))
    .order_by(col(Consent.id))
)


def _given(row: Sequence[Any]) -> Given:
    made = Given._make(row)
    return made._replace(way=Way(made.way))


def consents_of(db: Db, member: int) -> list[Given]:
    """All consents for a person's data, the past ones among them, oldest first."""
    return [_given(row) for row in db.execute(_GIVEN.where(col(Consent.member_id) == member))]


def child(db: Db, member: int) -> Child | None:
    """A child, and who consented for it; None for everybody else."""
    return next(iter(_children(db, [member])), None)


def children(db: Db, guardian: int) -> list[Child]:
    """The children whose guardian somebody is by their own account."""
    mine = select(col(Consent.member_id)).where(
        col(Consent.id).in_(_LATEST),
        col(Consent.by_id) == guardian,
        col(Consent.way) == Way.GUARDIAN,
    )
    return _children(db, db.execute(mine).scalars().all())


def _children(db: Db, members: Sequence[int]) -> list[Child]:
    if not members:
        return []
    held = _GIVEN.where(col(Consent.member_id).in_(members), col(Consent.id).in_(_LATEST))
    consents = {row[0]: _given(row) for row in db.execute(held)}
    columns = (col(Member.id), col(Member.name), col(Member.login), col(Member.minor))
    found = db.execute(
        select(*columns, col(Childhood.grown_at))
        .join(Childhood, col(Childhood.member_id) == col(Member.id))
        .where(
            col(Member.id).in_(members),
            col(Member.minor).is_not(None),
            col(Member.erased_at).is_(None),
        )
        .order_by(col(Member.id))
    )
    return [
        Child(ident, name, login, Minor(minor), grown, consents.get(ident))
        for ident, name, login, minor, grown in found
    ]


def wishes(db: Db, members: Sequence[int]) -> dict[int, Wish]:
    """The wishes of these people to be erased, while they wait."""
    query = select(col(Erasure.member_id), col(Erasure.asked_at), col(Erasure.due_at))
    waiting = col(Erasure.member_id).in_(members) & col(Erasure.done_at).is_(None)
    return {row[0]: Wish(*row[1:]) for row in db.execute(query.where(waiting))}


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
