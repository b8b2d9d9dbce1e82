"""What one does with an argument: answer, change, react, hide, follow to its place."""

from forum.agenda.queries import ItemAccess
from forum.arguments import attaching, page, pieces, queries, rules, service, threads, words
from forum.arguments import held as waiting
from forum.arguments.models import Opinion, Stance
from forum.arguments.queries import ArgumentRow
from forum.attachments import along
from forum.attachments import service as attachments
from forum.attachments.along import Along
from forum.base import limits
from forum.base.auth import Actor
from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict, Forbidden
from forum.base.i18n import _
from forum.base.notes import Undo
from forum.base.refs import ref
from forum.base.web import Form, Request, Response, Routes
from forum.consultations import queries as consultations
from forum.consultations.changes import differences
from forum.consultations.rules import Deed

routes = Routes(__name__)
__all__ = ["attaching", "routes"]  # the first is imported for what it registers


@routes.get("/items/{item:int}")
def item(request: Request, item: int) -> Response:
    """An item, what was said on it, and what higher rooms add (votes, decisions)."""
    return page.item(request, item)


@routes.post("/items/{item:int}/arguments", page="item")
def argue(request: Request, item: int) -> Response:
    """Put an argument on an item; with `parent`, an answer."""
    body, stance = _argument(request.form)
    parent = request.form.integer("parent", optional=True)
    author, file = _written(request)
    with transaction() as tx:
        made = service.submit(tx, author, item, body=body, stance=stance, parent=parent)
        _attach(tx, author, made, file)
    return _sent(request, made, _("Your argument is published."), file)


def _attach(tx: Db, author: Actor, made: service.Submitted, file: Along | None) -> None:
    if file is not None:
        attachments.add(tx, author, made.place, file)


def _sent(
    request: Request, made: service.Submitted, published: str, file: Along | None
) -> Response:
    note = _("A moderator looks at it first. You will be told.") if made.held else published
    note = f"{note} {along.unseen(file)}".rstrip()
    return request.done(made.url, note=note, id=made.id, held=made.held)


def _written(request: Request) -> tuple[Actor, Along | None]:
    """Who wrote, and the file that came along; faster than anybody types is refused."""
    author = request.member
    limits.check(f"argue:{author.id}", per_minute=20, burst=60)
    file = along.read(request.form, author)
    request.form.check()
    return author, file


def _argument(form: Form) -> tuple[str, Stance]:
    return form.text("body", max=rules.BODY_MOST), form.choice("stance", Stance)


@routes.get("/arguments/{argument:int}")
def argument(request: Request, argument: int) -> Response:
    """An argument's lasting address: on to where it stands; its data for programs."""
    with reading() as db:
        access, row = _found(db, request, argument)
        if request.wants == "json":
            mine = queries.opinion(db, request.actor, argument)
            return request.page(db, argument=row, opinion=mine, item=access.item)
        return request.done(queries.place(db, row))


def _found(db: Db, request: Request, argument: int) -> tuple[ItemAccess, ArgumentRow]:
    access = queries.argument_access(db, request.actor, argument)
    full = queries.in_full(db, [argument], moderates=access.access.moderates)
    return access, full[argument]


@routes.get("/arguments/{argument:int}/reply")
def reply(request: Request, argument: int) -> Response:
    """The form for an answer, under what it answers."""
    with reading() as db:
        access, row = _found(db, request, argument)
        consultations.require(access.access, Deed.ARGUE)
        if row.hidden:
            raise Conflict(_("This argument has been hidden; it cannot be answered."))
        return _form(db, request, access, row)


def _form(db: Db, request: Request, access: ItemAccess, row: ArgumentRow) -> Response:
    return request.page(
        db,
        item=access.item,
        argument=row,
        consultation=access.access.consultation,
        stances=words.choices(),
        most=rules.BODY_MOST,
        body=queries.source(db, row.id),
        accepted=along.ACCEPTED,
    )


@routes.post("/arguments/{argument:int}/replies", page="reply")
def answer(request: Request, argument: int) -> Response:
    """Answer an argument."""
    body, stance = _argument(request.form)
    author, file = _written(request)
    with transaction() as tx:
        above = queries.argument_access(tx, author, argument)
        made = service.submit(tx, author, above.item.id, body=body, stance=stance, parent=argument)
        _attach(tx, author, made, file)
    return _sent(request, made, _("Your answer is published."), file)


@routes.get("/arguments/{argument:int}/edit")
def edit(request: Request, argument: int) -> Response:
    """The form with one's own words as they stand."""
    with reading() as db:
        access, row = _found(db, request, argument)
        if row.author_id != request.member.id:
            raise Forbidden(_("Only its author may change an argument."))
        consultations.require(access.access, Deed.ARGUE)
        return _form(db, request, access, row)


@routes.post("/arguments/{argument:int}", page="edit")
def change(request: Request, argument: int) -> Response:
    """Put one's own argument differently."""
    body = request.form.text("body", max=rules.BODY_MOST)
    author, file = _written(request)
    with transaction() as tx:
        waits = service.edit(tx, author, argument, body)
        made = service.Submitted(waits or argument, held=waits is not None)
        _attach(tx, author, made, file)
    return _sent(request, made, _("Changed; the earlier wording stays readable."), file)


@routes.get("/held/{held:int}")
def held(request: Request, held: int) -> Response:
    """A text that waits until somebody has looked at it, for its author and the moderators."""
    with reading() as db:
        access, row = waiting.access(db, request.member, held)
        return request.page(
            db,
            subject=ref("held", held),
            text=row,
            item=access.item,
            consultation=access.access.consultation,
            mine=row.author_id == request.member.id,
            may=pieces.look(db, access).answers,
            stance=words.stance(row.stance),
            tone=words.TONES[row.stance],
            most=rules.BODY_MOST,
        )


@routes.post("/held/{held:int}", page="held")
def change_held(request: Request, held: int) -> Response:
    """Put a text of one's own that waits differently."""
    body = request.form.text("body", max=rules.BODY_MOST)
    author, file = _written(request)
    with transaction() as tx:
        service.revise_held(tx, author, held, body)
        _attach(tx, author, service.Submitted(held, held=True), file)
    return request.done(f"/held/{held}", note=_("Changed. A moderator looks at it again."))


@routes.get("/arguments/{argument:int}/revisions")
def revisions(request: Request, argument: int) -> Response:
    """Every wording of an argument and what changed; of a hidden one for moderators alone."""
    with reading() as db:
        access, row = _found(db, request, argument)
        if row.hidden and not access.access.moderates:
            raise Forbidden(_("This argument has been hidden."))
        found = queries.revisions(db, argument)
        earlier = ["", *(each.body for each in found[:-1])]
        changes = [
            differences(before, each.body) for before, each in zip(earlier, found, strict=True)
        ]
        return request.page(
            db,
            item=access.item,
            argument=row,
            consultation=access.access.consultation,
            revisions=found,
            _changes=changes,
        )


@routes.post("/arguments/{argument:int}/reaction")
def react(request: Request, argument: int) -> Response:
    """Agree, disagree, pass, or take it back ("none")."""
    choice = request.form.choice("opinion", [*Opinion, "none"])
    request.form.check()
    # In the address, not in fields: a page has two hundred of these forms.
    revision = request.query.integer("revision", optional=True)
    opinion = None if choice == "none" else Opinion(choice)
    limits.check(f"react:{request.member.id}", per_minute=120, burst=300)
    with transaction() as tx:
        service.react(tx, request.member, argument, opinion, revision=revision)
    if request.wants == "block":
        return _piece(request, argument)
    return request.done(_back(request, argument), opinion=choice)


def _piece(request: Request, argument: int) -> Response:
    """The argument alone as it now is, for the place on the page where it stood."""
    view = request.query.value("view")
    base = min(int(view), rules.PATH_DEPTH) if view.isdecimal() and len(view) < 4 else 0
    with reading() as db:
        access = queries.argument_access(db, request.actor, argument)
        look = pieces.look(db, access, alone=view == "alone", base=base)
        lines = threads.some(db, [argument], reader=request.member.id)
        html = b"".join(pieces.rendered(db, look, lines, reader=request.member.id))
    return request.send(html, "text/html; charset=utf-8")


def _back(request: Request, argument: int) -> str:
    """The page of the item that the reader came from, so that they do not lose their place."""
    came, _sharp, _place = request.headers.get("referer", "").partition("#")
    if came.startswith(f"{request.base_url}/items/"):
        return f"{came.removeprefix(request.base_url)}#argument-{argument}"
    return f"/arguments/{argument}"


@routes.get("/arguments/{argument:int}/hide")
def hiding(request: Request, argument: int) -> Response:
    """The form that asks for the reason."""
    with reading() as db:
        access, row = _found(db, request, argument)
        consultations.require_moderator(access.access)
        return request.page(
            db,
            item=access.item,
            argument=row,
            consultation=access.access.consultation,
            most=rules.REASON_MOST,
        )


@routes.post("/arguments/{argument:int}/hide", page="hiding")
def hide(request: Request, argument: int) -> Response:
    """Take an argument out of sight."""
    reason = request.form.text("reason", max=rules.REASON_MOST)
    request.form.check()
    with transaction() as tx:
        service.hide(tx, request.member, argument, reason)
        author = queries.in_full(tx, [argument], moderates=True)[argument].author_id
    note = _("Hidden. Its place and your reason stay; its author is told.")
    own = author == request.member.id  # then somebody else decides whether it is shown again
    undo = None if own else Undo(f"/arguments/{argument}/restore")
    return request.done(f"/arguments/{argument}", note=note, undo=undo)


@routes.post("/arguments/{argument:int}/restore")
def restore(request: Request, argument: int) -> Response:
    """Bring a hidden argument back."""
    with transaction() as tx:
        service.restore(tx, request.member, argument)
    return request.done(f"/arguments/{argument}", note=_("It can be read again."))
