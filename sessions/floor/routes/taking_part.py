"""What somebody does for themselves: come online, go, and vote in an open vote."""

import anyio.to_thread

from forum.base.auth import actor_for
from forum.base.db import reading, transaction
from forum.base.errors import Conflict
from forum.base.i18n import _
from forum.base.minors import GuardianFirst
from forum.base.web import Request, Response, Routes
from forum.base.writer import submit
from sessions.meetings import queries
from sessions.meetings import service as meetings
from voting.polls import queries as polls
from voting.polls import service as voting

routes = Routes("sessions.floor.routes")


@routes.post("/meetings/{meeting:int}/check-in", page="meeting")
async def check_in(request: Request, meeting: int) -> Response:
    """Check in at the online venue; many at once share a commit."""
    item = meetings.CheckIn(request.credential, meeting)
    attendance = await submit(meetings.check_in_batch, item)
    return request.done(f"/meetings/{meeting}", note=_("You are checked in."), id=attendance)


@routes.post("/meetings/{meeting:int}/check-out", page="meeting")
def check_out(request: Request, meeting: int) -> Response:
    """Leave the meeting."""
    with transaction() as tx:
        meetings.check_out(tx, request.member, meeting, [request.member.id])
    return request.done(f"/meetings/{meeting}", note=_("You have left the meeting."))


@routes.post("/meetings/{meeting:int}/polls/{poll:int}/ballot", unlogged=True)
async def vote(request: Request, meeting: int, poll: int) -> Response:
    """Vote without leaving the meeting's page; secret votes are cast on the page of the vote."""
    choice = request.form.text("choice", max=40)
    request.form.check()
    await anyio.to_thread.run_sync(_open_vote, request, meeting, poll)
    receipt = await submit(voting.cast_batch, voting.Cast(request.credential, poll, choice))
    note = _("Your vote was changed.") if receipt.again else _("Your vote is counted.")
    return request.done(f"/meetings/{meeting}", note=note)


def _open_vote(request: Request, meeting: int, poll: int) -> None:
    with reading() as db:
        actor = actor_for(db, request.credential)
        if actor and actor.asleep:
            raise GuardianFirst
        queries.meeting_access(db, actor, meeting)
        if polls.poll_access(db, actor, poll).poll.secret:
            raise Conflict(_("A secret vote is cast on its own page."))
