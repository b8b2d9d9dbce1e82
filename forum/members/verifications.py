"""How somebody came to be known here: the reads."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base.auth import Actor
from forum.base.db import Db
from forum.members.identities import VerificationMark
from forum.members.models import Member, Verification
from forum.members.queries import place_names
from forum.members.words import method_words


class Known(NamedTuple):
    """One time that the platform learned who somebody is."""

    words: str
    at: datetime
    by: str | None
    place: str


def of(db: Db, reader: Actor, member_id: int) -> list[Known]:
    """All of it about one person, newest first; for the person and those who look after them."""
    query = (
        select(
            col(VerificationMark.method),
            col(VerificationMark.at),
            col(VerificationMark.place),
            col(Member.name),
        )
        .outerjoin(Member, col(Member.id) == col(VerificationMark.by_id))
        .where(col(VerificationMark.member_id) == member_id)
        .order_by(col(VerificationMark.id).desc())
        .limit(50)
    )
    found = db.execute(query).all()
    places = place_names(db, reader, {row.place for row in found})
    return [
        Known(
            method_words(Verification(row.method)),
            row.at,
            row.name,
            places[row.place].title if row.place in places else "",
        )
        for row in found
    ]


def best(db: Db, member_id: int) -> Verification:
    """The way that says most."""
    query = select(col(Member.verified)).where(col(Member.id) == member_id)
    return Verification(db.execute(query).scalar_one())
