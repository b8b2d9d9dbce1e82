"""Whose voice a name in a file is: somebody on the roll who alone bears it."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select, union
from sqlmodel import col

from forum.base.db import Db
from forum.members import queries as members
from sessions.meetings.models import Attendance, RollEntry

MOST = 50_000


class Matching(NamedTuple):
    """The names of those who belong to a meeting, each with who bears it."""

    bearers: Mapping[str, list[int]]

    @classmethod
    def of(cls, db: Db, meeting: int) -> "Matching":
        """Everybody on the roll, and whoever came besides."""
        on_roll = select(col(RollEntry.member_id)).where(col(RollEntry.meeting_id) == meeting)
        came = select(col(Attendance.member_id)).where(col(Attendance.meeting_id) == meeting)
        people = db.execute(union(on_roll, came).limit(MOST)).scalars().all()
        bearers: dict[str, list[int]] = defaultdict(list)
        for ident, name in members.names(db, people).items():
            bearers[_bare(name)].append(ident)
        return cls(bearers)

    def bearing(self, name: str) -> list[int]:
        """All who bear a name."""
        return self.bearers.get(_bare(name), []) if name else []

    def member(self, name: str) -> int | None:
        """The one who bears a name; None where there is none, or more than one."""
        found = self.bearing(name)
        return found[0] if len(found) == 1 else None


def _bare(name: str) -> str:
    return " ".join(name.split()).casefold()
