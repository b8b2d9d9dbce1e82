"""A meeting is drafted from a type, prepared, and convened in time or with a stated reason."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, select
from sqlmodel import col

from forum.agenda import service as agenda
from forum.agenda.models import ItemKind
from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid, NotFound
from forum.base.events import seal
from forum.base.i18n import _
from sessions.convening import kinds, rules
from sessions.convening.events import (
    NoticeShortened,
    PreparationSet,
    QuestionAsked,
    QuestionDropped,
)
from sessions.convening.kinds import Kind
from sessions.convening.models import (
    Preparation,
    Question,
    QuestionAnswer,
    QuestionKind,
    ShortNotice,
)
from sessions.convening.queries import preparing
from sessions.convening.service.common import note, organised
from sessions.meetings import service as meetings
from sessions.meetings.models import MeetingState, VenueKind
from sessions.meetings.rules import Act
from sessions.meetings.service.common import chaired, require_unfinished


class Plan(NamedTuple):
    """All that one form says of meetings to be prepared; they begin at these times."""

    kind: str
    draft: meetings.Draft
    starts: tuple[datetime, ...]
    venue: str
    address: str = ""
    online: bool = False
    items: bool = False


def prepare(tx: Db, actor: Actor, consultation: int, plan: Plan) -> list[int]:
    """Prepare a meeting of a type, with its venues and usual items; one for each beginning."""
    kind = kinds.chosen(plan.kind)
    length = (plan.draft.ends_at or plan.draft.starts_at) - plan.draft.starts_at
    made = []
    for starts in plan.starts:
        ends = starts + length if length else None
        draft = plan.draft._replace(starts_at=starts, ends_at=ends)
        meeting = meetings.draft_meeting(tx, actor, consultation, draft)
        main = meetings.Place(VenueKind.MAIN, plan.venue, plan.address)
        meetings.set_venue(tx, actor, meeting, main)
        if plan.online:
            meetings.set_venue(tx, actor, meeting, meetings.Place(VenueKind.ONLINE, _("Online")))
        if kind.key:
            set_preparation(tx, actor, meeting, kind.key, asks=kind.asks)
        made.append(meeting)
    if plan.items:
        _put_on(tx, actor, consultation, kind, made)
    return made


def _put_on(tx: Db, actor: Actor, consultation: int, kind: Kind, made: list[int]) -> None:
    """The usual items of the type, once, on the order of the day of each of these meetings."""
    for point in kind.items:
        text = agenda.Draft(
            _(point.title), _(point.body) if point.body else "", ItemKind(point.kind), point.minutes
        )
        item = agenda.create(tx, actor, consultation, text)
        for meeting in made:
            meetings.add_item(tx, actor, meeting, item)


def set_preparation(
    tx: Db,
    actor: Actor,
    meeting: int,
    key: str,
    *,
    asks: bool,
    reply_by: datetime | None = None,
) -> None:
    """Say of what type the meeting is, whether everybody is asked for a reply, and by when."""
    access, _row = chaired(tx, actor, meeting)
    require_unfinished(access)
    kind = kinds.chosen(key)
    now = preparing.prepared(tx, meeting).kind
    if access.meeting.state is not MeetingState.DRAFT and kind != now:
        raise Conflict(_("It has been announced; its type stays as it is."))
    if reply_by is not None and reply_by > access.meeting.starts_at:
        sentence = _("Ask for replies before the meeting begins.")
        raise Invalid(sentence, fields={"reply_by": sentence})
    row = tx.get(Preparation, meeting) or Preparation(meeting_id=meeting)
    row.kind, row.asks, row.reply_by = kind.key, asks, reply_by
    tx.add(row)
    tx.flush()
    note(tx, actor, meeting, PreparationSet(kind.key, asks, reply_by))


def state_reason(tx: Db, actor: Actor, meeting: int, reason: str) -> None:
    """Say why the notice is short; it stands in the log, on the notice and in the minutes."""
    access, _row = chaired(tx, actor, meeting)
    require_unfinished(access)
    row, kind = access.meeting, preparing.prepared(tx, meeting).kind
    if row.state is MeetingState.DRAFT and preparing.in_time(tx, row, kind):
        raise Conflict(_("The notice is in time; no reason is needed."))
    now, sealed = clock.now(), seal(reason)
    said = ShortNotice(
        meeting_id=meeting, body=reason, salt=sealed.salt, at=now, author_id=actor.id
    )
    tx.add(said)
    tx.flush()
    given = rules.given(now, row.starts_at, row.zone, working=preparing.counting(tx, kind))
    event = NoticeShortened(said.id, given, kind.lead, kind.working, sealed.digest)
    note(tx, actor, meeting, event)


def convene(tx: Db, actor: Actor, meeting: int, reason: str = "") -> None:
    """Convene the meeting; `reason` says why the notice is shorter than its type demands."""
    if reason:
        state_reason(tx, actor, meeting, reason)
    meetings.step(tx, actor, meeting, Act.CONVENE)


def ask(
    tx: Db,
    actor: Actor,
    meeting: int,
    words: str,
    kind: QuestionKind,
    *,
    options: tuple[str, ...] = (),
    required: bool = False,
) -> int:
    """Ask a question with the reply, at the end of those there are."""
    access = organised(tx, actor, meeting)
    require_unfinished(access)
    there = preparing_questions(tx, meeting)
    if there >= rules.QUESTIONS_MOST:
        raise Conflict(_("At most %(n)s questions.") % {"n": rules.QUESTIONS_MOST})
    if kind is QuestionKind.CHOICE and len(set(options)) < 2:
        sentence = _("Give two answers or more, one a line.")
        raise Invalid(sentence, fields={"options": sentence})
    row = Question(
        meeting_id=meeting,
        position=there + 1,
        kind=kind,
        words=words,
        options=list(dict.fromkeys(options)) if kind is QuestionKind.CHOICE else None,
        required=required,
    )
    tx.add(row)
    tx.flush()
    note(tx, actor, meeting, QuestionAsked(row.id))
    return row.id


def preparing_questions(tx: Db, meeting: int) -> int:
    """How many questions there are."""
    query = select(func.count()).where(col(Question.meeting_id) == meeting)
    return int(tx.execute(query).scalar_one())


def drop_question(tx: Db, actor: Actor, meeting: int, question: int) -> None:
    """Ask a question no more; what was answered to it goes."""
    access = organised(tx, actor, meeting)
    require_unfinished(access)
    row = tx.get(Question, question)
    if row is None or row.meeting_id != meeting:
        raise NotFound(_("There is no such question."))
    tx.execute(delete(QuestionAnswer).where(col(QuestionAnswer.question_id) == question))
    tx.delete(row)
    tx.flush()
    note(tx, actor, meeting, QuestionDropped(question))
