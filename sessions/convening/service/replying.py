"""Everybody on the roll says whether and where they come; a clerk says it for who has no phone."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.i18n import _
from forum.base.minors import GuardianFirst
from sessions.convening import rules
from sessions.convening.events import Replied
from sessions.convening.models import Answer, QuestionAnswer, QuestionKind, Reply
from sessions.convening.queries import preparing, replies
from sessions.convening.queries.replies import QuestionRow
from sessions.convening.service import proxies, seats
from sessions.convening.service.common import note
from sessions.meetings import presence
from sessions.meetings import rules as meeting_rules
from sessions.meetings.models import MeetingState, Method
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.service.common import hold, touch


class Said(NamedTuple):
    """An answer: to which venue one comes, or who stands in; and the answers to the questions."""

    answer: Answer
    venue: int | None = None
    holder: int | None = None
    answers: Mapping[int, str] = {}


def reply(tx: Db, actor: Actor, meeting: int, said: Said, *, member: int | None = None) -> bool:
    """Answer for oneself, or with `member` for somebody else; False where one waits for a seat.

    The latest answer holds. Whoever changes the venue stands at its end.
    """
    access, _row = hold(tx, actor, meeting)
    who = person(tx, access, actor, member)
    _open(access)
    answers: dict[int, str] = {}
    if said.answer is Answer.COMES:
        access.venue(said.venue or 0)
        answers = checked(replies.questions(tx, meeting), said.answers)
    venue = said.venue if said.answer is Answer.COMES else None
    _stand_in(tx, access, actor, who, said)
    row = tx.get(Reply, (meeting, who))
    before = (row.answer, row.venue_id) if row else None
    if row is None:
        row = Reply(
            meeting_id=meeting,
            member_id=who,
            answer=said.answer,
            turn=0,
            at=clock.now(),
            entered_by=actor.id,
        )
    if before != (said.answer, venue):
        row.turn, row.seated_at = _next_turn(tx, meeting), None
    row.answer, row.venue_id = said.answer, venue
    row.at, row.entered_by = clock.now(), actor.id
    tx.add(row)
    _keep(tx, meeting, who, answers)
    tx.flush()
    left = before[1] if before else None
    if venue is not None:
        seats.move_up(tx, actor, meeting, venue, but=who)
    if left is not None and left != venue:
        seats.move_up(tx, actor, meeting, left)
    seated = row.seated_at is not None
    if before != (said.answer, venue):
        method = Method.SELF if who == actor.id else Method.DESK
        event = Replied(who, said.answer, venue, seated, method)
        note(tx, actor, meeting, event, member=who)
        touch(tx, actor, meeting, who)
    return seated or said.answer is not Answer.COMES


def person(tx: Db, access: MeetingAccess, actor: Actor, member: int | None) -> int:
    """Who answers; Forbidden where the actor may not do so for them."""
    if member is not None and not preparing.organises(access):
        raise Forbidden(_("Only those who prepare this meeting may do this."))
    if member is None and access.access.standing.banned:
        raise Forbidden(_("You have been excluded from here."))
    if member is None and actor.asleep:
        raise GuardianFirst
    who = actor.id if member is None else member
    if not presence.entitled(tx, access.meeting.id, [who]).get(who, False):
        raise Forbidden(_("Only who is on the roll of the meeting answers."))
    return who


def _open(access: MeetingAccess) -> None:
    state = access.meeting.state
    if state is MeetingState.DRAFT:
        raise Conflict(_("One answers once the meeting is convened."))
    if state not in rules.REPLYING:
        raise Conflict(_("The meeting is over."))


def _stand_in(tx: Db, access: MeetingAccess, actor: Actor, who: int, said: Said) -> None:
    """Give the proxy, or take it back; from the beginning of the meeting on it stays as it is."""
    if said.answer is Answer.PROXY:
        if said.holder is None:
            words = _("Say who comes in your place.")
            raise Invalid(words, fields={"holder": words})
        proxies.give(tx, actor, access, who, said.holder, paper=False)
    elif access.meeting.state in meeting_rules.AHEAD:
        proxies.take_back(tx, actor, access.meeting.id, who)


def _next_turn(tx: Db, meeting: int) -> int:
    last = select(func.max(col(Reply.turn))).where(col(Reply.meeting_id) == meeting)
    return (tx.execute(last).scalar_one() or 0) + 1


def _keep(tx: Db, meeting: int, who: int, answers: Mapping[int, str]) -> None:
    seats.forget_answers(tx, meeting, who)
    tx.add_all(
        QuestionAnswer(question_id=question, member_id=who, body=body)
        for question, body in answers.items()
        if body
    )


def checked(questions: list[QuestionRow], given: Mapping[int, str]) -> dict[int, str]:
    """The answers as they are kept; Invalid, by field, where one lacks or was not offered."""
    wrong: dict[str, str] = {}
    kept: dict[int, str] = {}
    for question in questions:
        text = given.get(question.id, "").strip()
        offered = question.options
        if question.kind is QuestionKind.YES_NO:
            offered = ["yes", "no"]
        if not text and question.required:
            wrong[question.field] = _("Please fill this in.")
        elif text and question.kind is not QuestionKind.TEXT and text not in offered:
            wrong[question.field] = _("Please choose one.")
        elif len(text) > rules.ANSWER_MOST:
            wrong[question.field] = _("At most %(n)s characters.") % {"n": rules.ANSWER_MOST}
        kept[question.id] = text
    if wrong:
        raise Invalid(_("Please look at the marked fields."), fields=wrong)
    return kept
