"""Cards held up, counted in a hall; and the group somebody says they belong to."""

from forum.base.db import transaction
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.base.writer import submit
from sessions.floor import service
from sessions.floor.models import Card
from sessions.floor.routes.common import back

routes = Routes("sessions.floor.routes")


@routes.post("/meetings/{meeting:int}/cards", page="meeting", unlogged=True)
async def hold_card(request: Request, meeting: int) -> Response:
    """Hold up a card, or take it down; many at once share a commit and a count.

    Sent twice it does the same once, so no answer need be kept; and no log says who it was.
    """
    card = request.form.choice("card", Card)
    up = request.form.choice("up", ["yes", "no"], default="yes") == "yes"
    request.form.check()
    item = service.Holding(request.credential, meeting, card, up)
    await submit(service.hold_cards_batch, item)
    return request.done(f"/meetings/{meeting}")


@routes.post("/meetings/{meeting:int}/desk/{venue:int}/cards", page="desk")
def count_cards(request: Request, meeting: int, venue: int) -> Response:
    """Enter how many people in the hall hold up which card."""
    form = request.form
    numbers = {card: form.integer(card.value, optional=True, min=0, max=9999) or 0 for card in Card}
    form.check()
    with transaction() as tx:
        service.count_hall(tx, request.member, meeting, venue, numbers)
    return request.done(f"/meetings/{meeting}/desk/{venue}", note=_("The cards are counted."))


@routes.post("/meetings/{meeting:int}/group", page="meeting")
def declare_group(request: Request, meeting: int) -> Response:
    """Say which group one belongs to; `member` when a desk says it for somebody."""
    form = request.form
    name = form.text("group", max=40, optional=True)
    member = form.integer("member", optional=True, min=1)
    form.check()
    with transaction() as tx:
        service.declare_group(tx, request.member, meeting, name, member=member)
    return request.done(back(form, meeting), note=_("It is written down."))
