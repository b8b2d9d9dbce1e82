"""Appeals from a ruling: raised, seconded, taken back, put to the vote, given in to."""

from collections.abc import Callable

from forum.base.auth import Actor
from forum.base.db import Db, reading, transaction
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from sessions.floor import points, queries, service
from sessions.floor.routes.common import back
from voting.boxes.models import Channel

routes = Routes("sessions.floor.routes")


@routes.post("/speakers/{speech:int}/appeal")
def appeal(request: Request, speech: int) -> Response:
    """Appeal from the ruling on a point of order; `member` when a desk does it for somebody."""
    member = request.form.integer("member", optional=True, min=1)
    request.form.check()
    with transaction() as tx:
        made = service.appeal(tx, request.member, speech, member=member)
    with reading() as db:
        meeting = queries.speech_row(db, speech).meeting_id
    note = _("The ruling is appealed.")
    return request.done(back(request.form, meeting), note=note, id=made)


def _act(
    request: Request, appeal: int, verb: Callable[[Db, Actor, int], object], note: str
) -> Response:
    with transaction() as tx:
        verb(tx, request.member, appeal)
    with reading() as db:
        meeting = points.appealed(db, appeal).meeting_id
    return request.done(back(request.form, meeting), note=note)


@routes.post("/appeals/{appeal:int}/second")
def second(request: Request, appeal: int) -> Response:
    """Support an appeal; `member` when a desk does it for somebody."""
    member = request.form.integer("member", optional=True, min=1)
    request.form.check()

    def act(tx: Db, actor: Actor, ident: int) -> None:
        service.second(tx, actor, ident, member=member)

    return _act(request, appeal, act, _("The appeal is seconded."))


@routes.post("/appeals/{appeal:int}/withdraw")
def withdraw_appeal(request: Request, appeal: int) -> Response:
    """Take one's appeal back."""
    return _act(request, appeal, service.withdraw_appeal, _("The appeal is withdrawn."))


@routes.post("/appeals/{appeal:int}/put")
def put_appeal(request: Request, appeal: int) -> Response:
    """Put an appeal to the vote."""
    channel = request.form.choice("channel", Channel, default=Channel.HANDS)
    request.form.check()

    def act(tx: Db, actor: Actor, ident: int) -> None:
        service.put_appeal(tx, actor, ident, channel=channel)

    return _act(request, appeal, act, _("The vote is prepared."))


@routes.post("/appeals/{appeal:int}/yield")
def yield_ruling(request: Request, appeal: int) -> Response:
    """Withdraw the ruling that is appealed."""
    return _act(request, appeal, service.yield_ruling, _("The ruling is withdrawn."))
