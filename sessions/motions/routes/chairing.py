"""What the chair does with motions: their order, votes, consensus; dividing and sending away."""

import re

from forum.base.db import transaction
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from sessions.meetings import service as meetings
from sessions.motions import queries, rules, service
from sessions.motions.routes.common import acted, back
from voting.boxes.models import Channel
from voting.methods.majority import THRESHOLD
from voting.polls.models import Secrecy

routes = Routes("sessions.motions.routes")
_GAP = re.compile(r"\n\s*\n")


@routes.post("/meetings/{meeting:int}/motions/terms", page="motions")
def set_terms(request: Request, meeting: int) -> Response:
    """Say by how many a motion must be seconded."""
    seconders = request.form.integer("seconders", max=max(rules.SECONDERS))
    request.form.check()
    with transaction() as tx:
        service.set_terms(tx, request.member, meeting, seconders)
    return request.done(back(request.form, meeting), note=_("Motions are taken like this now."))


@routes.post("/meetings/{meeting:int}/motions/take-up", page="motions")
def take_up(request: Request, meeting: int) -> Response:
    """Go on with a motion that was postponed or referred."""
    motion = request.form.integer("motion", min=1)
    request.form.check()
    with transaction() as tx:
        new = service.take_up(tx, request.member, meeting, motion)
    note = _("The motion is before the meeting again.")
    return request.done(back(request.form, meeting, new), note=note, id=new)


@routes.post("/motions/{motion:int}/order", page="motion")
def order(request: Request, motion: int) -> Response:
    """Put an amendment before the others to the same text."""
    reason = request.form.text("reason", max=300)
    request.form.check()
    return acted(
        request,
        motion,
        lambda tx, actor: service.order(tx, actor, motion, reason),
        _("It goes first, and everybody reads why."),
    )


@routes.post("/motions/{motion:int}/put", page="motion")
def put(request: Request, motion: int) -> Response:
    """Put the motion whose turn it is to the vote; with `now` the vote opens at once."""
    form = request.form
    share = form.choice("threshold", [value for value, _label in THRESHOLD.options], default="")
    rule = {"threshold": share} if share else {}
    way = service.Way(
        rule,
        form.choice("secrecy", Secrecy, default=Secrecy.OPEN),
        form.choice("channel", Channel, default=Channel.HANDS),
    )
    at_once = form.flag("now")
    form.check()
    with transaction() as tx:
        poll = service.put(tx, request.member, motion, way)
        row = queries.of_ids(tx, [motion])[0]
        if at_once:
            meetings.open_poll(tx, request.member, row.meeting_id, poll)
    note = _("The vote is open.") if at_once else _("The vote is prepared.")
    return request.done(back(form, row.meeting_id, motion), note=note, id=poll)


@routes.post("/motions/{motion:int}/seek-consensus")
def seek_consensus(request: Request, motion: int) -> Response:
    """Ask whether anybody objects."""
    return acted(
        request,
        motion,
        lambda tx, actor: service.seek_consensus(tx, actor, motion),
        _("Everybody is asked whether they object."),
    )


@routes.post("/motions/{motion:int}/consensus")
def declare_consensus(request: Request, motion: int) -> Response:
    """Nobody objected."""
    return acted(
        request,
        motion,
        lambda tx, actor: service.declare_consensus(tx, actor, motion),
        _("Carried without objection."),
    )


@routes.post("/motions/{motion:int}/split", page="motion")
def split(request: Request, motion: int) -> Response:
    """Divide the question; an empty line stands between the parts."""
    text = request.form.text("parts", max=rules.TEXT_MOST)
    request.form.check()
    parts = [part.strip() for part in _GAP.split(text) if part.strip()]
    return acted(
        request,
        motion,
        lambda tx, actor: service.split(tx, actor, motion, parts),
        _("The question is divided; its parts are decided one after the other."),
    )


@routes.post("/motions/{motion:int}/postpone", page="motion")
def postpone(request: Request, motion: int) -> Response:
    """Leave a motion for a later meeting."""
    to = request.form.integer("to", optional=True, min=1)
    words = request.form.text("words", max=500, optional=True)
    request.form.check()
    return acted(
        request,
        motion,
        lambda tx, actor: service.postpone(tx, actor, motion, to=to, words=words),
        _("The motion is left for a later meeting."),
    )


@routes.post("/motions/{motion:int}/refer", page="motion")
def refer(request: Request, motion: int) -> Response:
    """Send a motion to a committee or station, or to whom the words name."""
    place = request.form.text("place", max=64, optional=True)
    words = request.form.text("words", max=500, optional=True)
    request.form.check()
    return acted(
        request,
        motion,
        lambda tx, actor: service.refer(tx, actor, motion, place=place, words=words),
        _("The motion is referred."),
    )
