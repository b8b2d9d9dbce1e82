"""Which way a word goes, what was answered, and what was promised: a task like any other."""

from datetime import datetime
from typing import NamedTuple

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid
from forum.base.events import Audience, seal
from forum.base.i18n import _
from forum.base.links import Relation
from forum.base.refs import ref
from forum.followups import service as followups
from sessions.reception import queries, rules
from sessions.reception.events import WordNoted, WordPromised, WordRouted
from sessions.reception.models import NoteKind, Refusal, Route, Word, WordNote
from sessions.reception.queries import Counter
from sessions.reception.service.common import count, take_word, tell


class Handling(NamedTuple):
    """What is proposed, which way it goes, and what the visitor was told."""

    route: Route
    proposed: str = ""
    refusal: Refusal | None = None
    answer: str = ""
    elsewhere: str = ""


class Promise(NamedTuple):
    """By whom, what and by when; under the eye of which representative."""

    title: str
    body: str
    supervisor_id: int
    due: datetime
    handler_id: int | None = None
    unit: str = ""


def write_note(tx: Db, actor: Actor, word: int, kind: NoteKind, body: str) -> tuple[int, str]:
    """Keep an official text; returns its id and the digest for the event."""
    if not body.strip() or len(body) > rules.TEXT_MOST:
        words = _("Please fill this in.")
        raise Invalid(words, fields={kind.value: words, "reason": words})
    sealed = seal(body)
    row = WordNote(
        word_id=word,
        kind=kind,
        body=body,
        salt=sealed.salt,
        author_id=actor.id,
        at=clock.now(),
    )
    tx.add(row)
    tx.flush()
    return row.id, sealed.digest


def handle(tx: Db, actor: Actor, meeting: int, word: int, handling: Handling) -> None:
    """Say which way a word goes; said anew, the texts said before are kept."""
    _found, _visitor, row = take_word(tx, actor, meeting, word)
    _check(row, handling)
    before = next(one for one in queries.of_visitor(tx, _found, row.visitor_id) if one.id == word)
    for kind, body in (
        (NoteKind.PROPOSED, handling.proposed),
        (NoteKind.ANSWER, handling.answer),
        (NoteKind.ELSEWHERE, handling.elsewhere),
    ):
        if body and body != before.note(kind):
            note, digest = write_note(tx, actor, word, kind, body)
            noted = WordNoted(word, kind, note, digest)
            tell(tx, actor, meeting, noted, subject=ref("word", word))
    refusal = handling.refusal if handling.route is Route.DECLINED else None
    if (before.route, before.refusal) == (handling.route, refusal):
        return
    row.route, row.refusal = handling.route, refusal
    tx.flush()
    routed = WordRouted(word, handling.route, refusal)
    tell(tx, actor, meeting, routed, subject=ref("word", word))
    count(tx, meeting, row.venue_id)


def _check(row: Word, handling: Handling) -> None:
    wrong = {}
    needed = rules.asked(handling.route)
    if needed is NoteKind.ANSWER and not handling.answer:
        wrong["answer"] = _("Write down what was answered.")
    if needed is NoteKind.ELSEWHERE:
        if not handling.elsewhere:
            wrong["elsewhere"] = _("Tell them where to go instead, and write it down.")
        if handling.refusal is None:
            wrong["refusal"] = _("Say why it is not accepted.")
    if wrong:
        raise Invalid(_("Please look at the marked fields."), fields=wrong)
    if row.task_id is not None and not rules.may_promise(handling.route):
        raise Conflict(_("Something was promised on it: that has to be carried out or closed."))


def promise(tx: Db, actor: Actor, meeting: int, word: int, given: Promise) -> int:
    """Promise that somebody does something by a date; the task runs on like every other one.

    Pressing twice gives one task. Whoever said it is told of what becomes of it and judges it;
    what they do not let everybody read is no public task either.
    """
    found, visitor, row = take_word(tx, actor, meeting, word)
    if row.task_id is not None:
        return row.task_id
    if not rules.may_promise(Route(row.route) if row.route else None):
        raise Conflict(_("Say first which way it goes. What was answered or declined needs none."))
    _check_offices(tx, found, given)
    row.task_id = followups.assign(
        tx,
        actor,
        place=found.access.access.stream,
        places=found.places,
        cites=ref("word", word),
        relation=Relation.ANSWERS,
        concerned=[visitor.member_id] if visitor.member_id else [],
        audience=Audience.PUBLIC if row.open else Audience.DESK,
        **given._asdict(),
    )
    tx.flush()
    promised = WordPromised(word, row.task_id)
    tell(tx, actor, meeting, promised, subject=ref("word", word))
    return row.task_id


def _check_offices(tx: Db, found: Counter, given: Promise) -> None:
    words = _("Choose one of those who hold this office here.")
    if given.supervisor_id not in {row.id for row in queries.representatives(tx, found)}:
        raise Invalid(words, fields={"supervisor": words})
    handlers = {row.id for row in queries.handlers(tx, found)}
    if given.handler_id is not None and given.handler_id not in handlers:
        raise Invalid(words, fields={"handler": words})
