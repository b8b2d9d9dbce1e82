"""Writing down what somebody says, reading it back, setting it right; nothing is lost."""

from typing import NamedTuple

from sqlalchemy import select, update
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.events import Audience, seal
from forum.base.i18n import _
from forum.base.links import Relation, link
from forum.base.refs import ref
from forum.followups import service as followups
from sessions.reception import rules
from sessions.reception.categories import Category
from sessions.reception.events import (
    ReadBack,
    VisitorForgotten,
    WordCorrected,
    WordRecorded,
    WordStruck,
)
from sessions.reception.models import NoteKind, Visitor, VisitState, Word, WordRevision
from sessions.reception.service.common import count, require, take, take_word, tell
from sessions.reception.service.handling import write_note


class Said(NamedTuple):
    """What somebody said: on what, where it is, and what of it others may read."""

    body: str
    category: Category
    place: str = ""
    named: bool = False
    open: bool = False


def record_word(
    tx: Db, actor: Actor, meeting: int, visitor: int, said: Said, *, nonce: str | None = None
) -> int:
    """Write down one matter of a visitor who is being received; returns the word."""
    found, row = take(tx, actor, meeting, visitor)
    require(found.access, rules.WRITTEN)
    if row.state not in rules.SEEN:
        raise Conflict(_("Receive the visitor first; then write down what they say."))
    if nonce and (before := _recorded_with(tx, visitor, nonce)):
        return before
    _check(said)
    numbers = select(col(Word.number)).where(col(Word.meeting_id) == meeting)
    word = Word(
        meeting_id=meeting,
        venue_id=row.venue_id,
        visitor_id=visitor,
        number=rules.next_number(list(tx.execute(numbers).scalars())),
        category=said.category,
        named=said.named,
        open=said.open,
        at=clock.now(),
        nonce=nonce or None,
        author_id=actor.id,
    )
    tx.add(word)
    tx.flush()
    revision, digest = _word_as(tx, actor, row, word, said)
    link(tx, ref("word", word.id), Relation.HELD_IN, found.access.stream)
    _unconfirm(row)
    recorded = WordRecorded(
        word.id, word.number, visitor, row.number, row.venue_id, said.category, revision, digest
    )
    tell(tx, actor, meeting, recorded, subject=ref("word", word.id))
    count(tx, meeting, row.venue_id)
    return word.id


def _recorded_with(tx: Db, visitor: int, nonce: str) -> int | None:
    query = select(col(Word.id)).where(col(Word.visitor_id) == visitor, col(Word.nonce) == nonce)
    return tx.execute(query).scalar_one_or_none()


def _check(said: Said) -> None:
    if not said.body.strip() or len(said.body) > rules.TEXT_MOST:
        words = _("Write down what was said, in at most %(n)s characters.") % {"n": rules.TEXT_MOST}
        raise Invalid(words, fields={"body": words})


def _word_as(tx: Db, actor: Actor, visitor: Visitor, word: Word, said: Said) -> tuple[int, str]:
    sealed = seal(said.body)
    made = WordRevision(
        word_id=word.id,
        member_id=visitor.member_id,
        body=said.body,
        place=said.place,
        salt=sealed.salt,
        author_id=actor.id,
        at=clock.now(),
    )
    tx.add(made)
    tx.flush()
    word.revision_id = made.id
    tx.flush()
    return made.id, sealed.digest


def _unconfirm(row: Visitor) -> None:
    """What was confirmed was something else: it has to be read back again."""
    row.confirmed, row.signed, row.confirmed_at = None, False, None


def correct(tx: Db, actor: Actor, meeting: int, word: int, said: Said) -> None:
    """Set right what was written down; the former words are kept.

    What is no longer for everybody takes the task that was promised on it along.
    """
    _found, visitor, row = take_word(tx, actor, meeting, word)
    _check(said)
    revision, digest = _word_as(tx, actor, visitor, row, said)
    row.category, row.named, row.open = said.category, said.named, said.open
    row.corrections += 1
    if row.task_id is not None and not said.open:
        followups.narrow(tx, row.task_id, Audience.DESK)
    _unconfirm(visitor)
    tx.flush()
    event = WordCorrected(word, said.category, revision, digest)
    tell(tx, actor, meeting, event, subject=ref("word", word))
    count(tx, meeting, row.venue_id)


def strike(tx: Db, actor: Actor, meeting: int, word: int, reason: str) -> None:
    """Take out a word that was recorded by mistake; it no longer counts, and stays readable."""
    _found, visitor, row = take_word(tx, actor, meeting, word)
    if row.task_id is not None:
        raise Conflict(_("Something was promised on it: that has to be carried out or closed."))
    row.struck = True
    _unconfirm(visitor)
    note, digest = write_note(tx, actor, word, NoteKind.STRIKE, reason)
    tell(tx, actor, meeting, WordStruck(word, note, digest), subject=ref("word", word))
    count(tx, meeting, row.venue_id)


def read_back(
    tx: Db, actor: Actor, meeting: int, visitor: int, *, confirmed: bool, signed: bool = False
) -> None:
    """Keep whether the visitor confirmed what was read back to them, and signed the sheet."""
    found, row = take(tx, actor, meeting, visitor)
    require(found.access, rules.WRITTEN)
    if row.state not in rules.SEEN:
        raise Conflict(_("Receive the visitor first; then write down what they say."))
    signed = signed and confirmed
    if (row.confirmed, row.signed) == (confirmed, signed):
        return
    row.confirmed, row.signed, row.confirmed_at = confirmed, signed, clock.now()
    tx.flush()
    event = ReadBack(visitor, confirmed, signed)
    tell(tx, actor, meeting, event, subject=ref("visitor", visitor))


def forget(tx: Db, actor: Actor, meeting: int, visitor: int) -> None:
    """Erase what somebody without an account left here; numbers, matters and ways stay."""
    found, row = take(tx, actor, meeting, visitor)
    if not found.leads:
        raise Forbidden(_("Only the chair or the secretary may do this."))
    if row.member_id is not None:
        raise Conflict(_("Whoever has an account has it erased there, and this goes with it."))
    if row.state == VisitState.WAITING:
        raise Conflict(_("They are still waiting: let them leave first."))
    row.name = row.contact = row.home = None
    theirs = select(col(Word.id)).where(col(Word.visitor_id) == visitor)
    tx.execute(
        update(WordRevision)
        .where(col(WordRevision.word_id).in_(theirs))
        .values(body="", place="", salt=None)
    )
    tx.flush()
    tell(tx, actor, meeting, VisitorForgotten(visitor), subject=ref("visitor", visitor))
