"""The inbox: what one is told, read and unread."""

from forum.base.db import reading, transaction
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.members import inbox as box
from forum.members.paging import page

routes = Routes("forum.members.routes")


@routes.get("/inbox")
def inbox(request: Request) -> Response:
    """What one was told, newest first."""
    actor = request.member
    only = request.query.flag("unread")
    number = request.query.integer("page", optional=True, min=1) or 1
    with reading() as db:
        lines, total = box.lines(db, actor, only_unread=only, offset=(number - 1) * box.PAGE)
        return request.page(
            db,
            lines=lines,
            only_unread=only,
            pager=page(
                "/inbox", number=number, total=total, size=box.PAGE, unread="1" if only else ""
            ),
        )


@routes.get("/inbox/{row:int}")
def follow(request: Request, row: int) -> Response:
    """Go to what a line is about; the line is read with it."""
    actor = request.member
    with reading() as db:
        url = box.target(db, actor, row)
    if url is None:
        raise NotFound(_("There is no such message."))
    with transaction() as tx:
        box.mark_read(tx, actor, [row])
    return request.done(url)


@routes.post("/inbox/read")
def mark_read(request: Request) -> Response:
    """Mark the chosen lines as read, or all."""
    rows = request.form.integers("row")
    request.form.check()
    with transaction() as tx:
        marked = box.mark_read(tx, request.member, rows or None)
    return request.done("/inbox", note=_("Marked as read."), marked=marked)
