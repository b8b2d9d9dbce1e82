"""How a vote is conducted: made, opened, counted, closed, published, voided."""

from collections.abc import Callable
from typing import Any

from forum.agenda import queries as agenda
from forum.base.db import Db, reading, transaction
from forum.base.i18n import _
from forum.base.web import Form, Request, Response, Routes
from voting.boxes.models import Channel
from voting.methods.majority import NO, YES
from voting.methods.method import methods
from voting.polls import drafting, queries, service, setting
from voting.polls.rules import Count
from voting.polls.service.common import refused

routes = Routes("voting.polls.routes")


@routes.get("/items/{item:int}/polls/new")
def new_poll(request: Request, item: int) -> Response:
    """The form for a vote on an item: the question, who knows who voted how, what carries."""
    with reading() as db:
        access, row = agenda.item_access(db, request.member, item)
        if not access.moderates:
            raise refused(request.member)
        profile = drafting.chosen(request, meeting=False)
        return request.page(
            db,
            item=row,
            zone=access.consultation.zone,
            _way=methods()[profile.method] if profile else setting.chosen(request),
            _profile=profile,
            _profiles=drafting.offers(meeting=False),
            _given=drafting.of_profile(profile) if profile else {},
            _ways=setting.ways(among=False),
            _among=setting.ways(among=True),
            _secrecies=drafting.secrecies(),
            _quorums=drafting.quorums(drafting.asks(profile)),
        )


@routes.post("/items/{item:int}/polls", page="new_poll")
def create(request: Request, item: int) -> Response:
    """Prepare a vote; with `now` it opens at once."""
    with reading() as db:
        zone = agenda.item_access(db, request.member, item).access.consultation.zone
    draft = drafting.draft(request.form, zone)
    at_once = request.form.flag("now")
    request.form.check()
    with transaction() as tx:
        with setting.named(methods()[draft.method]):
            made = service.create(tx, request.member, item, draft)
        if at_once:
            service.open(tx, request.member, made)
    note = _("The vote is open.") if at_once else _("The vote is prepared.")
    return request.done(f"/polls/{made}", note=note, id=made)


def _act(request: Request, poll: int, verb: Callable[[Db], None], note: str) -> Response:
    request.form.check()
    with transaction() as tx:
        verb(tx)
    return request.done(f"/polls/{poll}", note=note)


@routes.post("/polls/{poll:int}/open", page="poll")
def open_poll(request: Request, poll: int) -> Response:
    """Begin casting, with the consultation's eligible members on the roll."""
    note = _("The vote is open.")
    return _act(request, poll, lambda tx: service.open(tx, request.member, poll), note)


@routes.post("/polls/{poll:int}/close", page="poll")
def close(request: Request, poll: int) -> Response:
    """End casting."""
    note = _("The vote is closed.")
    return _act(request, poll, lambda tx: service.close(tx, request.member, poll), note)


@routes.post("/polls/{poll:int}/publish", page="poll")
def publish(request: Request, poll: int) -> Response:
    """Make the result public; a tie, if nobody is to break it, with `undecided`."""
    open_end = request.form.flag("undecided")
    request.form.check()
    with transaction() as tx:
        public = service.publish(tx, request.member, poll, undecided=open_end)
    later = _("The result is announced as soon as it is there.")
    note = _("The result is published.") if public else later
    return request.done(f"/polls/{poll}", note=note)


@routes.post("/polls/{poll:int}/void", page="poll")
def void(request: Request, poll: int) -> Response:
    """Declare that it decides nothing, and why."""
    reason = request.form.text("reason", max=2000)
    note = _("The vote is void.")
    return _act(request, poll, lambda tx: service.void(tx, request.member, poll, reason), note)


@routes.post("/polls/{poll:int}/lot", page="poll")
def draw_lot(request: Request, poll: int) -> Response:
    """Where options are even: one writes down what was drawn, a second one confirms it."""
    seed = request.form.text("seed", max=200)
    request.form.check()
    with transaction() as tx:
        drawn = service.draw_lot(tx, request.member, poll, seed)
    waits = _("Written down. Now a second person writes down the same numbers.")
    return request.done(f"/polls/{poll}", note=_("The lot is drawn.") if drawn else waits)


@routes.post("/polls/{poll:int}/casting", page="poll")
def break_tie(request: Request, poll: int) -> Response:
    """The chair's casting vote."""
    choice = request.form.choice("casting", [YES, NO])
    note = _("The casting vote is counted.")
    return _act(request, poll, lambda tx: service.break_tie(tx, request.member, poll, choice), note)


def _count(form: Form, choices: list[str]) -> tuple[str, Channel, Count]:
    def number(name: str) -> int:
        return form.integer(name, optional=True, max=10**7) or 0

    venue = form.text("venue", max=64)
    channel = form.choice("channel", [Channel.HANDS, Channel.PAPER], default=Channel.HANDS)
    votes = {value: number(f"votes_{value}") for value in choices}
    count = Count(votes, number("blank"), number("invalid"), number("unreturned"))
    return venue, Channel(channel), count


def _teller(
    request: Request, poll: int, verb: Callable[..., None], note: str, **more: str
) -> Response:
    with reading() as db:
        row = queries.poll_access(db, request.member, poll).poll
    asked = [choice.value for choice in row.way.choices(row.rule)]
    venue, channel, count = _count(request.form, asked)

    def act(tx: Db) -> Any:
        verb(tx, request.member, poll, venue, count, channel=channel, **more)

    return _act(request, poll, act, note)


@routes.post("/polls/{poll:int}/hands", page="poll")
def enter_hands(request: Request, poll: int) -> Response:
    """A first teller's count of a hall or box."""
    return _teller(request, poll, service.enter_hands, _("The count is entered."))


@routes.post("/polls/{poll:int}/hands/confirm", page="poll")
def confirm_hands(request: Request, poll: int) -> Response:
    """A second teller's own count."""
    reason = request.form.text("reason", max=2000, optional=True)
    done = _("Both counts agree.")
    return _teller(request, poll, service.confirm_hands, done, reason=reason)


@routes.post("/polls/{poll:int}/hands/except", page="poll")
def except_venue(request: Request, poll: int) -> Response:
    """Finish without a venue, and why."""
    form = request.form
    venue, reason = form.text("venue", max=64), form.text("reason", max=2000)
    channel = Channel(form.choice("channel", [Channel.HANDS, Channel.PAPER], default=Channel.HANDS))

    def act(tx: Db) -> None:
        service.except_venue(tx, request.member, poll, venue, reason, channel=channel)

    return _act(request, poll, act, _("The venue is left out."))


@routes.post("/polls/{poll:int}/hall", page="poll")
def take_in_hall(request: Request, poll: int) -> Response:
    """Somebody on the roll came to a venue and votes there."""
    form = request.form
    venue, member = form.text("venue", max=64), form.integer("member", min=1)

    def act(tx: Db) -> None:
        service.take_in_hall(tx, request.member, poll, member, venue)

    return _act(request, poll, act, _("They vote at the venue."))
