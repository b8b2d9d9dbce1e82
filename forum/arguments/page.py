"""The page of an item: the whole discussion in few queries, for guests kept whole by version."""

from typing import Any
from urllib.parse import urlencode

from forum.agenda import guests
from forum.agenda import queries as agenda
from forum.agenda import words as agenda_words
from forum.agenda.queries import ItemAccess
from forum.arguments import held, pieces, queries, service, threads, words
from forum.arguments.models import Stance
from forum.arguments.queries import ArgumentRow
from forum.arguments.rules import Order
from forum.base.db import Db, reading
from forum.base.errors import NotFound, Refusal
from forum.base.events import head
from forum.base.fragments import Bulk
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.web import Request, Response
from forum.consultations import queries as consultations
from forum.consultations.guests import keepable
from forum.consultations.rules import Deed


def item(request: Request, ident: int) -> Response:
    """The item, its arguments in the order asked for, and what the reader may do."""
    with reading() as db:
        version = guests.of_item(db, ident) if request.actor is None else None
        if version and (kept := request.fresh(version)):
            return kept
        access = agenda.item_access(db, request.actor, ident)
        row, whole = access.item, access.access
        order = request.query.choice("tab", Order, default=Order.SIDES)
        side = _side(request)
        under = _under(db, request, access)
        if under is not None and under.item_id != ident:
            return request.done(f"/arguments/{under.id}")
        reader = request.actor.id if request.actor else None
        thread = threads.page(
            db,
            ident,
            reader=reader,
            order=order,
            side=side,
            under=under,
            after=request.query.text("after", max=3000, optional=True),
        )
        alone = order in (Order.NEWEST, Order.AGREED)
        look = pieces.look(db, access, alone=alone, base=under.depth if under else 0)
        html = pieces.rendered(db, look, thread.lines, reader=reader)
        refusal = _refusal(db, access)
        after = head(db, whole.stream)
        return request.page(
            db,
            subject=ref("item", ident),
            version=version,
            keep=keepable(whole),
            page_name="agenda:item",
            live={"stream": whole.stream, "view": "", "after": after},
            item=row,
            consultation=whole.consultation,
            state=agenda_words.state(row.state),
            tone=agenda_words.tone(row.state),
            kind=agenda_words.kind(row.kind),
            proposer=row.proposer,
            may={
                "argue": refusal is None,
                "edit": agenda.may_edit(whole, row),
                "step": bool(agenda.steps(whole, row)),
            },
            refusal=refusal.message if refusal else "",
            order=order,
            orders=_orders(ident, order),
            sides=_sides(ident, order, side),
            under=under,
            next=_address(ident, order, side, under, thread.next) if thread.next else "",
            first=_address(ident, order, side, under) if request.query.value("after") else "",
            waiting=held.mine(db, request.actor, ident),
            arguments=_plain(db, access, thread) if request.wants == "json" else (),
            _balance=pieces.balance(request, db, row, after),
            _form=pieces.argue_form(request, db, ident) if refusal is None else "",
            **_shown(thread, html, order),
        )


def _side(request: Request) -> Stance | None:
    typed = request.query.value("side")
    return Stance(typed) if typed in list(Stance) else None


def _under(db: Db, request: Request, access: ItemAccess) -> ArgumentRow | None:
    ident = request.query.integer("under", optional=True)
    if ident is None:
        return None
    found = queries.in_full(db, [ident], moderates=access.access.moderates).get(ident)
    if found is None:
        raise NotFound(_("There is no such argument."))
    if found.item_id != access.item.id:  # it has been moved, or never stood here
        queries.argument_access(db, request.actor, ident)
    return found


def _refusal(db: Db, access: ItemAccess) -> Refusal | None:
    """Why the reader cannot add an argument; None where they can."""
    return consultations.refusal(access.access, Deed.ARGUE) or service.settled(db, access.item)


def _address(
    ident: int,
    order: Order,
    side: Stance | None = None,
    under: ArgumentRow | None = None,
    after: str = "",
) -> str:
    query = {"tab": order.value, "side": side or "", "after": after}
    kept = {name: value for name, value in query.items() if value}
    if under is not None:
        kept["under"] = str(under.id)
    return f"/items/{ident}?{urlencode(kept)}"


def _orders(ident: int, current: Order) -> list[tuple[str, str, bool]]:
    return [
        (_address(ident, order) + "#arguments", words.order(order), order is current)
        for order in Order
    ]


def _sides(ident: int, order: Order, current: Stance | None) -> list[tuple[str, str, bool]]:
    every = [(_address(ident, order) + "#arguments", _("All"), current is None)]
    return every + [
        (_address(ident, order, side) + "#arguments", words.stance(side), side is current)
        for side in Stance
    ]


def _shown(thread: threads.Thread, html: list[bytes], order: Order) -> dict[str, Any]:
    """The fragments as the template takes them: by side, or (where none takes one) in one list."""
    columns: dict[str, list[bytes]] = {Stance.PRO: [], Stance.CON: [], "": []}
    for line, piece in zip(thread.lines, html, strict=True):
        columns[line.side if line.side in columns else ""].append(piece)
    if order is Order.SIDES and (columns[Stance.PRO] or columns[Stance.CON]):
        pro, con, other = map(Bulk, columns.values())
        return {"_layout": "sides", "_pro": pro, "_con": con, "_other": other}
    return {"_layout": "thread" if html else "empty", "_thread": Bulk(html)}


def _plain(db: Db, access: ItemAccess, thread: threads.Thread) -> list[dict[str, object]]:
    """The same arguments as data."""
    idents = [line.id for line in thread.lines]
    full = queries.in_full(db, idents, moderates=access.access.moderates)
    return [{**full[line.id]._asdict(), "opinion": line.opinion} for line in thread.lines]
