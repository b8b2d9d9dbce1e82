"""Answering an invitation, for oneself or for somebody who has no phone; and who answered what."""

from typing import Any

from forum.base.db import Db, reading, transaction
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.web import Form, Request, Response, Routes
from forum.members import queries as members
from forum.members.paging import page
from sessions.convening import rules, service, words
from sessions.convening.models import Answer
from sessions.convening.queries import preparing, proxies, replies
from sessions.convening.routes.preparing import organised
from sessions.meetings import presence
from sessions.meetings import queries as meetings
from sessions.meetings import rules as meeting_rules
from sessions.meetings import words as meeting_words
from sessions.meetings.models import VenueKind
from sessions.meetings.queries import MeetingAccess

routes = Routes("sessions.convening.routes")
SIZE = 100


def _asked(db: Db, access: MeetingAccess, member: int) -> dict[str, Any]:
    """What the form of somebody's reply shows."""
    row, said = access.meeting, preparing.prepared(db, access.meeting.id)
    mine = replies.reply(db, row.id, member)
    own = proxies.of_person(db, row.id, member)
    given = next((each for each in own if each.principal_id == member), None)
    waits = mine is not None and mine.answer is Answer.COMES and not mine.seated
    return {
        "meeting": row,
        "prepared": said,
        "options": _options(db, access, said.kind.proxies),
        "mine": mine,
        "chosen": _chosen(mine),
        "ahead": replies.ahead(db, row.id, member) if waits else 0,
        "given": given,
        "held": [each for each in own if each.holder_id == member],
        "questions": replies.questions(db, row.id),
        "answers": replies.answers(db, row.id, [member]).get(member, {}),
        "open": row.state in rules.REPLYING,
        "begun": row.state not in meeting_rules.AHEAD,
        "short": preparing.short_notice(db, row.id),
        "venues": [(venue, meeting_words.venue(venue.kind)) for venue in access.venues],
    }


def _options(db: Db, access: MeetingAccess, proxies_most: int) -> list[tuple[str, str, str]]:
    """The answers that can be given: a venue each, with the seats that are left."""
    expected = replies.counted(db, access.meeting.id).venues
    offered = []
    for venue in access.venues:
        now = expected.get(venue.id, replies.Expected())
        left = None if venue.seats is None else max(venue.seats - now.seated, 0)
        hint = "" if left is None else _("%(left)s of %(seats)s seats are free.")
        if left == 0:
            hint = _("All %(seats)s seats are taken; %(waiting)s wait. Who leaves makes room.")
        online = venue.kind is VenueKind.ONLINE
        said = _("I take part online") if online else _("I come to: %(venue)s")
        offered.append(
            (
                f"venue-{venue.id}",
                said % {"venue": venue.name},
                hint % {"left": left, "seats": venue.seats, "waiting": now.waiting},
            )
        )
    if proxies_most and access.meeting.state in meeting_rules.AHEAD:
        hint = _("Somebody else on the roll stands in for you, and votes for you.")
        offered.append(("proxy", _("I send somebody in my place"), hint))
    offered.append(("away", _("I cannot come"), ""))
    return offered


def _chosen(mine: replies.Mine | None) -> str:
    if mine is None:
        return ""
    return f"venue-{mine.venue_id}" if mine.answer is Answer.COMES else mine.answer.value


def _said(db: Db, form: Form, access: MeetingAccess) -> service.Said:
    """What a form says: `reply` is venue-<id>, proxy or away."""
    known = {f"venue-{venue.id}": venue.id for venue in access.venues}
    choice = form.choice("reply", [*known, "proxy", "away"])
    answers = {
        question.id: form.text(question.field, max=rules.ANSWER_MOST, optional=True)
        for question in replies.questions(db, access.meeting.id)
    }
    holder = _holder(db, form, access) if choice == "proxy" else None
    form.check()
    answer = Answer.COMES if choice in known else Answer(choice)
    return service.Said(answer, known.get(choice), holder, answers)


def _holder(db: Db, form: Form, access: MeetingAccess) -> int | None:
    text = form.text("holder", max=80)
    found = replies.on_roll(db, access.meeting.id, text) if text else []
    if text and not found:
        form.wrong("holder", _("Nobody on the roll has this name."))
    elif len(found) > 1:
        form.wrong("holder", _("Several people here have this name; give the login name."))
    return found[0] if len(found) == 1 else None


@routes.get("/meetings/{meeting:int}/reply")
def reply(request: Request, meeting: int) -> Response:
    """One's own answer to the invitation."""
    with reading() as db:
        access = meetings.meeting_access(db, request.member, meeting)
        service.person(db, access, request.member, None)
        return request.page(db, subject=access.stream, **_asked(db, access, request.member.id))


@routes.post("/meetings/{meeting:int}/reply", page="reply")
def answer(request: Request, meeting: int) -> Response:
    """Answer, or change one's mind."""
    with reading() as db:
        access = meetings.meeting_access(db, request.member, meeting)
        service.person(db, access, request.member, None)
        said = _said(db, request.form, access)
    with transaction() as tx:
        seated = service.reply(tx, request.member, meeting, said)
    note = _("Thank you. Your answer is kept.")
    if not seated:
        note = _("You are on the waiting list; we tell you when a seat becomes free.")
    return request.done(f"/meetings/{meeting}/reply", note=note, seated=seated)


@routes.get("/meetings/{meeting:int}/replies")
def replies_(request: Request, meeting: int) -> Response:
    """Who answered what, for those who prepare the meeting."""
    show = request.query.text("show", max=10, optional=True)
    text = request.query.text("q", max=60, optional=True)
    number = request.query.integer("page", optional=True, min=1) or 1
    request.query.check()
    with reading() as db:
        access = organised(db, request, meeting)
        offset = (number - 1) * SIZE
        found, total = replies.lines(db, meeting, show=show, text=text, offset=offset, limit=SIZE)
        counted = replies.counted(db, meeting)
        questions = replies.questions(db, meeting)
        return request.page(
            db,
            template="convening/replies.html",
            subject=access.stream,
            meeting=access.meeting,
            venues={venue.id: venue for venue in access.venues},
            counted=counted,
            lines=found,
            answers=replies.answers(db, meeting, [line.member_id for line in found]),
            questions=questions,
            proxies=proxies.proxies(db, meeting),
            show=show,
            text=text,
            pager=page(
                f"/meetings/{meeting}/replies",
                number=number, total=total, size=SIZE, show=show, q=text,
            ),
            open=access.meeting.state in rules.REPLYING,
            begun=access.meeting.state not in meeting_rules.AHEAD,
            _words=words,
        )  # fmt: skip


@routes.get("/meetings/{meeting:int}/replies/{member:int}")
def reply_of(request: Request, meeting: int, member: int) -> Response:
    """The answer of somebody on the roll, entered for them."""
    with reading() as db:
        access = organised(db, request, meeting)
        if not presence.entitled(db, meeting, [member]).get(member, False):
            raise NotFound(_("This person is not on the roll."))
        return request.page(
            db,
            subject=access.stream,
            member=member,
            name=members.names(db, [member]).get(member, ""),
            **_asked(db, access, member),
        )


@routes.post("/meetings/{meeting:int}/replies/{member:int}", page="reply_of")
def answer_for(request: Request, meeting: int, member: int) -> Response:
    """Enter what somebody without a phone answered."""
    with reading() as db:
        access = organised(db, request, meeting)
        said = _said(db, request.form, access)
    with transaction() as tx:
        seated = service.reply(tx, request.member, meeting, said, member=member)
    note = _("Saved.") if seated else _("Saved; they are on the waiting list.")
    return request.done(f"/meetings/{meeting}/replies", note=note, seated=seated)


@routes.post("/meetings/{meeting:int}/replies/{member:int}/proxy", page="reply_of")
def enter_proxy(request: Request, meeting: int, member: int) -> Response:
    """Enter a proxy given on paper."""
    form = request.form
    with reading() as db:
        access = organised(db, request, meeting)
        holder = _holder(db, form, access)
    if not form.flag("seen"):
        form.wrong("seen", _("Enter it once you have seen the document."))
    form.check()
    with transaction() as tx:
        service.enter_proxy(tx, request.member, meeting, member, holder or 0, seen=True)
    return request.done(f"/meetings/{meeting}/replies#proxies", note=_("The proxy is entered."))


@routes.post("/proxies/{proxy:int}/revoke")
def revoke_proxy(request: Request, proxy: int) -> Response:
    """Take a proxy back, or decline one."""
    with transaction() as tx:
        meeting = service.revoke_proxy(tx, request.member, proxy)
    back = "replies#proxies" if request.form.value("back") == "replies" else "reply"
    return request.done(f"/meetings/{meeting}/{back}", note=_("The proxy does not hold any more."))
