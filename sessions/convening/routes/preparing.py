"""The page that says what is done and what is missing before a meeting is convened."""

from zoneinfo import ZoneInfo

from forum.base.db import Db, reading, transaction
from forum.base.errors import Forbidden
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from sessions.convening import kinds, rules, service, words
from sessions.convening.models import QuestionKind
from sessions.convening.queries import preparing, replies
from sessions.meetings import queries as meetings
from sessions.meetings import words as meeting_words
from sessions.meetings.models import MeetingState
from sessions.meetings.queries import MeetingAccess

routes = Routes("sessions.convening.routes")


def organised(db: Db, request: Request, meeting: int) -> MeetingAccess:
    """The meeting, for those who prepare it."""
    access = meetings.meeting_access(db, request.member, meeting)
    if not preparing.organises(access):
        raise Forbidden(_("Only those who prepare this meeting may do this."))
    return access


@routes.get("/meetings/{meeting:int}/prepare")
def prepare(request: Request, meeting: int) -> Response:
    """What is done and what is missing; type, reply and questions; and convening itself."""
    with reading() as db:
        access = organised(db, request, meeting)
        row, said = access.meeting, preparing.prepared(db, meeting)
        steps = preparing.steps(db, access)
        by = said.reply_by.astimezone(ZoneInfo(row.zone)) if said.reply_by else None
        draft = row.state is MeetingState.DRAFT
        return request.page(
            db,
            subject=access.stream,
            meeting=row,
            steps=steps,
            lacking=[step.words for step in steps if step.needed and not step.done],
            prepared=said,
            kind=_(said.kind.name),
            lead=words.lead(said.kind, preparing.counting(db, said.kind)),
            late=draft and not preparing.in_time(db, row, said.kind),
            first_day=preparing.first_day(db, row, said.kind),
            short=preparing.short_notice(db, meeting),
            types=[(each.key, _(each.name)) for each in (*kinds.kinds(), kinds.OTHER)],
            reply_by=by.strftime("%Y-%m-%dT%H:%M") if by else "",
            questions=[
                (question, _(words.QUESTIONS[question.kind]))
                for question in replies.questions(db, meeting)
            ],
            question_kinds=[(kind.value, _(text)) for kind, text in words.QUESTIONS.items()],
            most=rules.QUESTIONS_MOST,
            chairs=access.chairs,
            draft=draft,
            over=row.state in (MeetingState.ADJOURNED, MeetingState.ARCHIVED),
            _words=meeting_words,
        )


def _chaired(request: Request, meeting: int) -> MeetingAccess:
    with reading() as db:
        access = meetings.meeting_access(db, request.member, meeting)
    if not access.chairs:
        raise Forbidden(_("Only the chair of this meeting may do this."))
    return access


@routes.post("/meetings/{meeting:int}/convene", page="prepare")
def convene(request: Request, meeting: int) -> Response:
    """Convene the meeting; `reason` says why the notice is short."""
    _chaired(request, meeting)
    reason = request.form.text("reason", max=500, optional=True)
    request.form.check()
    with transaction() as tx:
        service.convene(tx, request.member, meeting, reason)
    note = _("The meeting is convened; everybody on the roll is told.")
    return request.done(f"/meetings/{meeting}/prepare", note=note)


@routes.post("/meetings/{meeting:int}/short-notice", page="prepare")
def state_reason(request: Request, meeting: int) -> Response:
    """Say why the notice is short, before a meeting that was announced is brought forward."""
    _chaired(request, meeting)
    reason = request.form.text("reason", max=500)
    request.form.check()
    with transaction() as tx:
        service.state_reason(tx, request.member, meeting, reason)
    note = _("The reason is on record. Now set the new time.")
    return request.done(f"/meetings/{meeting}/edit#terms", note=note)


@routes.post("/meetings/{meeting:int}/preparation", page="prepare")
def set_preparation(request: Request, meeting: int) -> Response:
    """Say of what type the meeting is, and whether and by when replies are asked."""
    zone = _chaired(request, meeting).meeting.zone
    form = request.form
    key = form.choice("type", ["", *(each.key for each in kinds.kinds())], default="")
    reply_by = form.moment("reply_by", optional=True, zone=zone)
    form.check()
    with transaction() as tx:
        service.set_preparation(
            tx, request.member, meeting, key, asks=form.flag("asks"), reply_by=reply_by
        )
    return request.done(f"/meetings/{meeting}/prepare", note=_("Saved."))


@routes.post("/meetings/{meeting:int}/questions", page="prepare")
def ask(request: Request, meeting: int) -> Response:
    """Ask a question with the reply; `options` holds one answer a line."""
    form = request.form
    with reading() as db:
        organised(db, request, meeting)
    sentence = form.text("question", max=200)
    kind = form.choice("kind", QuestionKind, default=QuestionKind.TEXT)
    lines = form.text("options", max=2000, optional=True).splitlines()
    options = tuple(line.strip() for line in lines if line.strip())
    if len(options) > rules.QUESTIONS_MOST or any(len(option) > 100 for option in options):
        form.wrong("options", _("At most ten answers of a hundred characters."))
    form.check()
    with transaction() as tx:
        made = service.ask(
            tx,
            request.member,
            meeting,
            sentence,
            kind,
            options=options,
            required=form.flag("required"),
        )
    return request.done(f"/meetings/{meeting}/prepare#questions", note=_("Saved."), id=made)


@routes.post("/meetings/{meeting:int}/questions/{question:int}/drop")
def drop_question(request: Request, meeting: int, question: int) -> Response:
    """Ask a question no more."""
    with transaction() as tx:
        service.drop_question(tx, request.member, meeting, question)
    note = _("The question and the answers to it are gone.")
    return request.done(f"/meetings/{meeting}/prepare#questions", note=note)
