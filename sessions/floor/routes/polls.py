"""Votes in the meeting: prepared, opened, counted by hand, closed and announced."""

from forum.base.db import reading, transaction
from forum.base.errors import Conflict, Forbidden
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from sessions.floor import screens
from sessions.floor.routes.common import back
from sessions.meetings import presence, queries
from sessions.meetings import service as meetings
from voting.boxes.models import Channel
from voting.methods.method import methods
from voting.polls import drafting, setting
from voting.polls import queries as polls
from voting.polls.models import PollState, Secrecy
from voting.polls.rules import Count
from voting.polls.service import Draft

routes = Routes("sessions.floor.routes")


@routes.post("/meetings/{meeting:int}/polls", page="console")
def hold_poll(request: Request, meeting: int) -> Response:
    """Prepare a vote on the current item; with `now` it opens at once."""
    form = request.form
    question = form.text("question", max=200)
    secrecy = form.choice("secrecy", Secrecy, default=Secrecy.OPEN)
    channel = form.choice("channel", Channel, default=Channel.HANDS)
    asked = [way.name for way in setting.ways(among=False, weights=True)]
    way = methods()[form.choice("method", asked, default="majority")]
    rule = setting.settings(form, way)
    weighed = form.choice("counted", ["heads", "weight"], default="heads") == "weight"
    at_once = form.flag("now")
    form.check()
    draft = Draft(question, method=way.name, rule=rule, secrecy=secrecy, weighed=weighed)
    with transaction() as tx:
        poll = meetings.hold_poll(tx, request.member, meeting, draft, channel=channel)
        if at_once:
            meetings.open_poll(tx, request.member, meeting, poll)
    note = _("The vote is open.") if at_once else _("The vote is prepared.")
    return request.done(back(form, meeting), note=note, id=poll)


@routes.get("/meetings/{meeting:int}/polls/new")
def new_vote(request: Request, meeting: int) -> Response:
    """A vote among several options on the item that is open: first the way, then the options."""
    with reading() as db:
        access = queries.meeting_access(db, request.member, meeting)
        if not access.chairs:
            raise Forbidden(_("Only the chair of this meeting may do this."))
        weights = bool(presence.weights(db, meeting))
        profile = drafting.chosen(request, meeting=True, weights=weights)
        return request.page(
            db,
            meeting=access.meeting,
            _way=methods()[profile.method] if profile else setting.chosen(request),
            _profile=profile,
            _profiles=drafting.offers(meeting=True, weights=weights),
            _given=drafting.of_profile(profile) if profile else {},
            _quorums=drafting.quorums(drafting.asks(profile)),
            _among=setting.ways(among=True),
            _secrecies=screens.secrecies(),
            _channels=screens.channels(),
        )


@routes.post("/meetings/{meeting:int}/polls/among", page="new_vote")
def hold_among(request: Request, meeting: int) -> Response:
    """Prepare a vote among options, or one by a majority of law; electronic unless chosen else."""
    form = request.form
    known = [*setting.ways(among=True), *setting.ways(among=False, weights=True)]
    way = methods()[form.choice("method", [one.name for one in known])]
    channel = form.choice("channel", Channel, default=Channel.ONLINE)
    rule, quorum = setting.settings(form, way), drafting.quorum(form)
    law = form.text("profile", max=40, optional=True)
    draft = Draft(
        form.text("question", max=200),
        method=way.name,
        rule=rule,
        quorum=quorum,
        profile=drafting.kept_profile(law, way, rule, quorum),
        secrecy=form.choice("secrecy", Secrecy, default=Secrecy.OPEN),
        options=setting.options(form, way),
        lot=form.text("lot", max=200, optional=True),
    )
    at_once = form.flag("now")
    form.check()
    with transaction() as tx, setting.named(way):
        poll = meetings.hold_poll(tx, request.member, meeting, draft, channel=channel)
        if at_once:
            meetings.open_poll(tx, request.member, meeting, poll)
    note = _("The vote is open.") if at_once else _("The vote is prepared.")
    return request.done(f"/meetings/{meeting}/console", note=note, id=poll)


@routes.post("/meetings/{meeting:int}/polls/{poll:int}/again")
def hold_again(request: Request, meeting: int, poll: int) -> Response:
    """Prepare another round of a vote that decided nothing."""
    with transaction() as tx:
        made = meetings.hold_again(tx, request.member, meeting, poll)
    note = _("The next round is prepared. Look at it before you open it.")
    return request.done(f"/meetings/{meeting}/console", note=note, id=made)


@routes.post("/meetings/{meeting:int}/polls/{poll:int}/open")
def open_poll(request: Request, meeting: int, poll: int) -> Response:
    """Freeze the roll and put the question."""
    with transaction() as tx:
        meetings.open_poll(tx, request.member, meeting, poll)
    return request.done(back(request.form, meeting), note=_("The vote is open."))


@routes.post("/meetings/{meeting:int}/polls/{poll:int}/close")
def close_poll(request: Request, meeting: int, poll: int) -> Response:
    """End the vote."""
    with transaction() as tx:
        meetings.close_poll(tx, request.member, meeting, poll)
    return request.done(back(request.form, meeting), note=_("The vote is closed."))


@routes.post("/meetings/{meeting:int}/polls/{poll:int}/publish")
def publish_poll(request: Request, meeting: int, poll: int) -> Response:
    """Announce the result."""
    with transaction() as tx:
        public = meetings.publish_poll(tx, request.member, meeting, poll)
    later = _("The result is announced as soon as it is there.")
    note = _("The result is announced.") if public else later
    return request.done(back(request.form, meeting), note=note)


@routes.post("/meetings/{meeting:int}/desk/{venue:int}/hands", page="desk")
def enter_count(request: Request, meeting: int, venue: int) -> Response:
    """A teller's count of this venue; with `second`, the second teller's own."""
    form = request.form
    poll = form.integer("poll", min=1)
    form.check()
    with reading() as db:
        access = queries.meeting_access(db, request.member, meeting)
        row = polls.poll_access(db, request.member, poll).poll
    if row.meeting != access.stream or row.state is PollState.CREATED:
        raise Conflict(_("There is nothing to count here."))
    asked = [choice.value for choice in row.way.choices(row.rule)]
    votes = {value: form.integer(f"votes_{value}", optional=True) or 0 for value in asked}
    rest = [form.integer(name, optional=True) or 0 for name in ("blank", "invalid", "unreturned")]
    second, reason = form.flag("second"), form.text("reason", max=2000, optional=True)
    form.check()
    count = Count(votes, *rest)
    with transaction() as tx:
        meetings.enter_count(
            tx, request.member, meeting, poll, venue, count, second=second, reason=reason
        )
    note = _("Both counts agree.") if second else _("The count is entered.")
    return request.done(f"/meetings/{meeting}/desk/{venue}", note=note)
