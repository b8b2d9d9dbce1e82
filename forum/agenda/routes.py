"""The agenda on its consultation's page, and the forms of items."""

from forum.agenda import attaching, held, queries, rules, service, words
from forum.agenda.models import ItemKind, ItemState
from forum.agenda.queries import ItemRow
from forum.agenda.service import proposing
from forum.base import limits
from forum.base.db import Db, reading, transaction
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.base.registry import panel
from forum.base.web import Form, Request, Response, Routes
from forum.consultations import pages
from forum.consultations import queries as consultations
from forum.consultations import words as stages
from forum.consultations.changes import differences
from forum.consultations.rules import Deed
from forum.members import queries as members

routes = Routes(__name__)
__all__ = ["attaching", "routes"]  # the first is imported for what it registers
MINUTES_MOST = 24 * 60


@panel("consultations:consultation", order=10)
def agenda(db: Db, request: Request, subject: str) -> str | None:
    """The tree of items with what was said on each, and the proposals that wait."""
    _kind, consultation = parse(subject)
    access = consultations.access(db, request.actor, consultation)
    found = queries.items(db, consultation)
    proposals = [item for item in found if item.state is ItemState.PROPOSED]
    return request.fragment(
        db,
        "agenda/agenda.html",
        consultation=access.consultation,
        items=[item for item in found if item.state is not ItemState.PROPOSED],
        proposals=proposals,
        waiting=held.mine(db, request.actor, consultation),
        moderates=access.moderates and rules.may_arrange(access.consultation.stage),
        may_propose=access.may(Deed.PROPOSE),
        words=words,
    )


@routes.get("/consultations/{consultation:int}/items/new")
def new_item(request: Request, consultation: int) -> Response:
    """The form for an item, or for proposing a topic."""
    with reading() as db:
        access = consultations.access(db, request.member, consultation)
        if not access.moderates:
            consultations.require(access, Deed.PROPOSE)
        parents = queries.items(db, consultation) if access.moderates else []
        return request.page(
            db,
            consultation=access.consultation,
            proposes=not access.moderates,
            parents=_outline(parents),
            kinds=[(kind.value, words.kind(kind)) for kind in ItemKind],
        )


@routes.post("/consultations/{consultation:int}/items", page="new_item")
def create(request: Request, consultation: int) -> Response:
    """Put an item on the agenda (moderators), or propose a topic (everybody else)."""
    draft = _draft(request.form)
    parent = request.form.integer("parent", optional=True)
    request.form.check()
    limits.check(f"propose:{request.member.id}", per_minute=10, burst=40)
    with transaction() as tx:
        access = consultations.access(tx, request.member, consultation)
        if access.moderates:
            new = service.create(tx, request.member, consultation, draft, parent=parent)
            return request.done(f"/items/{new}", note=_("The item stands on the agenda."), id=new)
        made = proposing.submit(tx, request.member, consultation, draft)
    return _sent(
        request,
        made,
        _("Your topic is proposed. You will be told whether it is put on the agenda."),
    )


def _sent(request: Request, made: proposing.Proposed, published: str) -> Response:
    note = _("A moderator looks at it first. You will be told.") if made.held else published
    return request.done(made.url, note=note, id=made.id, held=made.held)


@routes.get("/proposals/{proposal:int}")
def proposal(request: Request, proposal: int) -> Response:
    """A proposal that waits until somebody has looked at it, for its author and the moderators."""
    with reading() as db:
        access, row = held.access(db, request.member, proposal)
        return request.page(
            db,
            subject=ref("proposal", proposal),
            text=row,
            consultation=access.consultation,
            mine=row.author_id == request.member.id,
        )


def _draft(form: Form) -> service.Draft:
    return service.Draft(
        title=form.text("title", max=120),
        body=form.text("body", max=20_000, optional=True),
        kind=form.choice("kind", ItemKind, default=ItemKind.DISCUSSION),
        minutes=form.integer("minutes", optional=True, min=1, max=MINUTES_MOST),
    )


def _outline(items: list[ItemRow]) -> list[tuple[int, str]]:
    return [(item.id, f"{item.number} {item.title}") for item in items]


@routes.get("/consultations/{consultation:int}/agenda/print")
def agenda_sheet(request: Request, consultation: int) -> Response:
    """The agenda on paper; higher rooms add when and where it is dealt with."""
    with reading() as db:
        access = consultations.access(db, request.actor, consultation)
        return request.page(
            db,
            subject=access.stream,
            chain=[],
            consultation=access.consultation,
            stage=stages.stage(access.consultation.stage),
            timeline=pages.timeline(db, access),
            items=_on_agenda(db, consultation),
            _words=words,
            _stages=stages,
        )


@routes.get("/consultations/{consultation:int}/briefing/print")
def briefing_pack(request: Request, consultation: int) -> Response:
    """The purpose, the texts of the briefing and of all items in one document."""
    with reading() as db:
        access = consultations.access(db, request.actor, consultation)
        return request.page(
            db,
            consultation=access.consultation,
            texts=pages.briefing(db, consultation),
            items=[
                (item.number, item.title, words.kind(item.kind), item.html)
                for item in _on_agenda(db, consultation)
            ],
        )


def _on_agenda(db: Db, consultation: int) -> list[ItemRow]:
    found = queries.items(db, consultation)
    return [item for item in found if item.state not in rules.OFF_AGENDA]


@routes.get("/items/{item:int}/edit")
def edit_item(request: Request, item: int) -> Response:
    """The form with an item as it stands."""
    with reading() as db:
        access, row = queries.item_access(db, request.member, item)
        service.require_editable(access, row)
        return request.page(
            db,
            consultation=access.consultation,
            item=row,
            body=queries.source(db, item),
            kinds=[(kind.value, words.kind(kind)) for kind in ItemKind],
        )


@routes.post("/items/{item:int}", page="edit_item")
def change(request: Request, item: int) -> Response:
    """Change an item's text, kind or time."""
    draft = _draft(request.form)
    request.form.check()
    with transaction() as tx:
        made = proposing.edit(tx, request.member, item, draft)
    return _sent(request, made, _("Saved."))


@routes.get("/items/{item:int}/steps")
def steps(request: Request, item: int) -> Response:
    """What may happen to an item next, and where it stands in the agenda."""
    with reading() as db:
        access, row = queries.item_access(db, request.member, item)
        next_steps = queries.steps(access, row)
        if not next_steps:
            consultations.require_moderator(access)
        tree = queries.items(db, row.consultation_id) if access.moderates else []
        return request.page(
            db,
            consultation=access.consultation,
            item=row,
            state=words.state(row.state),
            steps=[
                (step.value, words.step(step), _reason_hint(row.state, step)) for step in next_steps
            ],
            arranges=access.moderates and rules.may_arrange(access.consultation.stage),
            parents=_outline([other for other in tree if not other.path.startswith(row.path)]),
        )


def _reason_hint(state: ItemState, step: ItemState) -> str:
    return _("Needs a reason") if rules.needs_reason(state, step) else ""


@routes.post("/items/{item:int}/state", page="steps")
def change_state(request: Request, item: int) -> Response:
    """Take an item a step on."""
    state = request.form.choice("state", ItemState)
    reason = request.form.text("reason", max=500, optional=True)
    request.form.check()
    with transaction() as tx:
        service.change_state(tx, request.member, item, state, reason)
    note = _("The item is now “%(state)s”.") % {"state": words.state(state)}
    return request.done(f"/items/{item}", note=note)


@routes.post("/items/{item:int}/move", page="steps")
def move(request: Request, item: int) -> Response:
    """Put an item elsewhere in the agenda."""
    parent = request.form.integer("parent", optional=True)
    position = request.form.integer("position", min=1, max=rules.SIBLINGS_MOST)
    request.form.check()
    with transaction() as tx:
        service.move(tx, request.member, item, parent, position)
        _access, row = queries.item_access(tx, request.member, item)
    note = _("The agenda has a new order.")
    return request.done(f"/consultations/{row.consultation_id}#agenda", note=note)


@routes.get("/items/{item:int}/history")
def history(request: Request, item: int) -> Response:
    """The steps of an item's life and every text it had, with the differences."""
    with reading() as db:
        access, row = queries.item_access(db, request.actor, item)
        texts = queries.revisions(db, item)
        moves = queries.moves(db, item)
        people = [*(text.author_id for text in texts), *(move.moved_by for move in moves)]
        earlier = [text.body for text in texts[1:]] + [""]
        return request.page(
            db,
            consultation=access.consultation,
            item=row,
            moves=moves,
            texts=texts,
            names=members.names(db, [person for person in people if person]),
            _changes=[
                differences(before, text.body) for before, text in zip(earlier, texts, strict=True)
            ],
            _words=words,
        )
