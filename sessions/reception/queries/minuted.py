"""What the minutes take from a reception: words that may be read, names that may stand."""

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from sessions.reception.models import NoteKind, Visitor, Word, WordNote, WordRevision


def quoted(db: Db, meeting: int) -> dict[tuple[str, int], str]:
    """The words that visitors let everybody read, and why others were struck, by kind and id."""
    found = db.execute(
        select(col(Word.id), col(WordRevision.body))
        .join(WordRevision, col(WordRevision.id) == col(Word.revision_id))
        .where(col(Word.meeting_id) == meeting, col(Word.open), col(Word.struck).is_(False))
    )
    struck = db.execute(
        select(col(WordNote.id), col(WordNote.body))
        .join(Word, col(Word.id) == col(WordNote.word_id))
        .where(col(Word.meeting_id) == meeting, col(WordNote.kind) == NoteKind.STRIKE)
    )
    reasons = {("word_strike", ident): body for ident, body in struck}
    return reasons | {("word", ident): body for ident, body in found}


def named(db: Db, meeting: int) -> dict[int, int]:
    """Whose words they are, for those who have an account and let their name stand at every word.

    Each word is minuted with the visitor's number: a name at one would be a name at all of them.
    """
    kept = select(col(Word.visitor_id)).where(
        col(Word.meeting_id) == meeting, col(Word.named).is_(False), col(Word.struck).is_(False)
    )
    found = db.execute(
        select(col(Word.id), col(Visitor.member_id))
        .join(Visitor, col(Visitor.id) == col(Word.visitor_id))
        .where(
            col(Word.meeting_id) == meeting,
            col(Word.struck).is_(False),
            col(Word.visitor_id).not_in(kept),
            col(Visitor.member_id).is_not(None),
        )
    )
    return {word: member for word, member in found if member is not None}
