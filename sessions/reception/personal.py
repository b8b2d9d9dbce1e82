"""What of a person lies at a reception: words, name and contact go with them, numbers stay."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlmodel import col

from forum.base import i18n, sealing
from forum.base.db import Db
from forum.base.i18n import _
from forum.base.registry import Fate, carried, personal
from sessions.meetings.models import Meeting
from sessions.reception import words
from sessions.reception.categories import Category
from sessions.reception.models import Visitor, Word, WordNote, WordRevision

# Somebody without an account asks the desk, which has `service.forget` for it.
personal(
    Visitor,
    owner="member_id",
    columns={
        "name": Fate.ERASE,
        "contact": Fate.ERASE,
        "home": Fate.ERASE,
        "state": Fate.NOBODY,
        "nonce": Fate.NOBODY,
    },
)
personal(
    Word,
    owner=None,
    columns={
        "category": Fate.NOBODY,
        "route": Fate.NOBODY,
        "refusal": Fate.NOBODY,
        "nonce": Fate.NOBODY,
    },
)
personal(
    WordRevision,
    owner="member_id",
    columns={"body": Fate.ERASE, "place": Fate.ERASE, "salt": Fate.ERASE},
)
# What a representative or a clerk answers is said in office and part of the record.
personal(
    WordNote,
    owner="author_id",
    columns={"kind": Fate.NOBODY, "body": Fate.KEEP, "salt": Fate.NOBODY},
)


@carried("reception")
def _brought(db: Db, member: int) -> Mapping[str, list[str]]:
    """What somebody said at receptions, and how they wished to be reached."""
    visits = db.execute(
        select(col(Visitor.came_at), col(Meeting.title), col(Visitor.contact), col(Visitor.home))
        .join(Meeting, col(Meeting.id) == col(Visitor.meeting_id))
        .where(col(Visitor.member_id) == member)
        .order_by(col(Visitor.id))
    )
    came = [
        " · ".join(
            [i18n.date(at), title, *(sealing.unsealed(part) or "" for part in parts if part)]
        )
        for at, title, *parts in visits
    ]
    found = db.execute(
        select(col(Word.at), col(Word.number), col(Word.category), col(WordRevision.body))
        .join(WordRevision, col(WordRevision.id) == col(Word.revision_id))
        .where(col(WordRevision.member_id) == member)
        .order_by(col(Word.id))
    )
    lines = [
        f"{i18n.date(at)} · {words.title(number, Category(about))} · {body}"
        for at, number, about, body in found
    ]
    return {_("Your visits to receptions"): came, _("What you said at receptions"): lines}
