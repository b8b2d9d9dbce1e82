"""The life of a vote: mended, given more time, reminded of, taken back, held again."""

from forum.base.db import reading, transaction
from forum.base.errors import Conflict
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.members.paging import page as paged
from voting.methods.common.profiles import PROFILES
from voting.polls import drafting, living, queries, rules, service, setting, waiting
from voting.polls.models import PollState
from voting.polls.rules import Quorum, Verb
from voting.polls.service.common import refused

routes = Routes("voting.polls.routes")
PAGE = 50


@routes.get("/polls/{poll:int}/edit")
def edit_poll(request: Request, poll: int) -> Response:
    """A draft in its form, for those who lead the vote."""
    with reading() as db:
        found = queries.poll_access(db, request.member, poll)
        row = found.poll
        if not found.manages:
            raise refused(request.member)
        if not rules.may(Verb.CHANGE, row.state) or living.about_another(db, poll):
            raise Conflict(_("This vote cannot be changed any more."))
        zone = found.access.consultation.zone
        text = living.texts(db, poll)[-1][1].removeprefix(row.question).strip()
        return request.page(
            db,
            poll=row,
            zone=zone,
            _way=row.way,
            _profile=PROFILES.get(row.rule.get("profile", "")),
            _given=drafting.of_poll(row, text, zone),
            _secrecies=drafting.secrecies(),
            _quorums=drafting.quorums(Quorum.read(row.quorum) if row.quorum else None),
        )


@routes.post("/polls/{poll:int}/edit", page="edit_poll")
def change(request: Request, poll: int) -> Response:
    """Mend a draft."""
    with reading() as db:
        found = queries.poll_access(db, request.member, poll)
    draft = drafting.draft(request.form, found.access.consultation.zone, kept=found.poll)
    request.form.check()
    with transaction() as tx, setting.named(found.poll.way):
        service.change(tx, request.member, poll, draft)
    return request.done(f"/polls/{poll}#preview", note=_("The draft is mended."))


@routes.post("/polls/{poll:int}/extend", page="poll")
def extend(request: Request, poll: int) -> Response:
    """Give more time."""
    with reading() as db:
        zone = queries.poll_access(db, request.member, poll).access.consultation.zone
    until = request.form.moment("until", zone=zone)
    reason = request.form.text("reason", max=2000)
    request.form.check()
    with transaction() as tx:
        service.extend(tx, request.member, poll, until, reason)
    return request.done(f"/polls/{poll}", note=_("There is more time to vote."))


@routes.post("/polls/{poll:int}/remind", page="poll")
def remind(request: Request, poll: int) -> Response:
    """Remind those who have not voted yet."""
    with transaction() as tx:
        service.remind(tx, request.member, poll)
    return request.done(f"/polls/{poll}", note=_("The reminder goes out."))


@routes.get("/polls/{poll:int}/missing")
def missing(request: Request, poll: int) -> Response:
    """Who has not voted yet: names in a named vote, in a secret one their number alone."""
    with reading() as db:
        found = queries.poll_access(db, request.member, poll)
        row = found.poll
        if not found.manages:
            raise refused(request.member)
        if row.state is not PollState.STARTED:
            raise Conflict(_("This can be seen only while the vote is open."))
        number = request.query.integer("page", optional=True, min=1, max=10**6) or 1
        request.query.check()
        total = waiting.number(db, row)
        skip = (number - 1) * PAGE
        names = [] if row.secret else waiting.names(db, poll, skip=skip, limit=PAGE)
        pager = paged(f"/polls/{poll}/missing", number=number, total=total, size=PAGE)
        return request.page(db, poll=row, total=total, names=names, pager=pager)


@routes.post("/polls/{poll:int}/ballot/undo", page="poll", unlogged=True)
def undo(request: Request, poll: int) -> Response:
    """Take one's own vote back, while a named vote is open."""
    with transaction() as tx:
        service.undo(tx, request.member, poll)
    return request.done(f"/polls/{poll}", note=_("Your vote is taken back."))


@routes.post("/polls/{poll:int}/again", page="poll")
def again(request: Request, poll: int) -> Response:
    """Prepare another round of a vote that decided nothing."""
    with transaction() as tx:
        made = service.again(tx, request.member, poll)
    note = _("The next round is prepared. Look at it before you open it.")
    return request.done(f"/polls/{made}", note=note, id=made)
