"""Attaching a file: by one plain form, or piece by piece with a script that goes on after a cut."""

from starlette.datastructures import UploadFile
from starlette.responses import JSONResponse

from forum.attachments import queries, service, spots
from forum.attachments.along import ACCEPTED, ALT_MOST
from forum.attachments.queries import Progress
from forum.base.db import reading, transaction
from forum.base.errors import Invalid
from forum.base.forms import Form
from forum.base.i18n import _
from forum.base.settings import settings
from forum.base.web import Request, Response, Routes

routes = Routes(__name__)

PIECE = 512 * 1024


@routes.get("/attach/{spot}")
def attach(request: Request, spot: str) -> Response:
    """The form: the file, and what it shows if it is a picture."""
    with reading() as db:
        found = spots.find(db, request.member, spot)
        service.require(found)
        return request.page(
            db,
            title=found.title,
            url=found.url,
            spot=spot,
            under_way=queries.under_way(db, request.member, spot),
            most=settings().max_upload // 1_000_000,
            _piece=PIECE,
            _accepted=ACCEPTED,
        )


@routes.post("/attach/{spot}", page="attach")
def attach_whole(request: Request, spot: str) -> Response:
    """A file that came with the form."""
    form, actor = request.form, request.member
    with reading() as db:
        service.require(spots.find(db, actor, spot))
    alt = form.text("alt", max=ALT_MOST, optional=True)
    given = form.file("file")
    if given is None:
        form.wrong("file", _("Please choose a file."))
    form.check()
    data = given.file.read() if given else b""
    name = (given.filename or "") if given else ""
    with transaction() as tx:
        begun = service.begin(
            tx, actor, spot, name=name[:300], size=len(data), mark="whole", alt=alt
        )
    service.write(begun, 0, data)
    with transaction() as tx:
        service.advance(tx, actor, begun.id, begun.received, len(data) - begun.received)
    return _finish(request, begun._replace(received=len(data)))


@routes.post("/attach/{spot}/uploads")
def begin(request: Request, spot: str) -> Response:
    """Begin to send a file, or hear how much of it is here already."""
    form, actor = request.form, request.member
    name, mark = form.text("name", max=300), form.text("mark", max=200, optional=True)
    size = form.integer("size", min=1)
    alt = form.text("alt", max=ALT_MOST, optional=True)
    form.check()
    with transaction() as tx:
        begun = service.begin(tx, actor, spot, name=name, size=size, mark=mark, alt=alt)
    return _told(request, begun)


@routes.get("/uploads/{upload:int}")
def upload(request: Request, upload: int) -> Response:
    """How much has come: asked after a cut."""
    with reading() as db:
        return _told(request, queries.own(db, request.member, upload))


@routes.post("/uploads/{upload:int}")
def send_piece(request: Request, upload: int) -> Response:
    """The next piece; it must begin where the one before ended."""
    form, actor = request.form, request.member
    with reading() as db:
        known = queries.own(db, actor, upload)
    offset = form.integer("offset")
    data = _piece(form, form.file("piece"))
    if offset == known.received and offset + len(data) <= known.size:
        service.write(known, offset, data)
    with transaction() as tx:
        received = service.advance(tx, actor, upload, offset, len(data))
    return _told(request, known._replace(received=received))


def _piece(form: Form, given: UploadFile | None) -> bytes:
    data = given.file.read(PIECE + 1) if given else b""
    if not 0 < len(data) <= PIECE:
        form.wrong("piece", _("A piece has at most %(n)s bytes.") % {"n": PIECE})
    form.check()
    return data


@routes.post("/uploads/{upload:int}/finish")
def finish(request: Request, upload: int) -> Response:
    """All of it is here: look at it and attach it."""
    with reading() as db:
        known = queries.own(db, request.member, upload)
    return _finish(request, known)


@routes.post("/uploads/{upload:int}/give-up")
def give_up(request: Request, upload: int) -> Response:
    """Do not send it after all."""
    with transaction() as tx:
        known = queries.own(tx, request.member, upload)
        service.give_up(tx, upload)
    return request.done(f"/attach/{known.place}", note=_("It is given up."))


@routes.get("/files/{file:int}/edit")
def edit_file(request: Request, file: int) -> Response:
    """What a picture shows, and taking a file away."""
    actor = request.member
    with reading() as db:
        found, spot = service.changeable(db, actor, file)
        return request.page(
            db,
            id=file,
            name=found.name,
            url=found.url,
            alt=found.alt,
            picture=found.picture,
            back=spot.url,
        )


@routes.post("/files/{file:int}", page="edit_file")
def describe(request: Request, file: int) -> Response:
    """Say what a picture shows."""
    alt = request.form.text("alt", max=ALT_MOST)
    request.form.check()
    with transaction() as tx:
        url = service.describe(tx, request.member, file, alt)
    return request.done(f"{url}#files", note=_("Saved."))


@routes.post("/files/{file:int}/remove")
def remove(request: Request, file: int) -> Response:
    """Take a file away."""
    with transaction() as tx:
        url = service.remove(tx, request.member, file)
    return request.done(f"{url}#files", note=_("The file is taken away."))


def _finish(request: Request, known: Progress) -> Response:
    """Read and look through it outside any transaction; what is refused is forgotten."""
    actor = request.member
    try:
        content = service.prepare(known)
    except Invalid as refusal:
        with transaction() as tx:
            service.give_up(tx, known.id)
        raise Invalid(refusal.message, fields={"file": refusal.message}) from refusal
    with transaction() as tx:
        new = service.finish(tx, actor, known, content)
        url = spots.find(tx, actor, known.place).url
    note = _("The file is attached.")
    if content.media_type.startswith("image/") and not known.alt:
        note = _("The picture is attached. Please say what it shows, for those who do not see it.")
        return request.done(f"/files/{new}/edit", note=note, id=new)
    return request.done(f"{url}#files", note=note, id=new)


def _told(request: Request, known: Progress) -> Response:
    facts = {"id": known.id, "offset": known.received, "size": known.size, "piece": PIECE}
    return JSONResponse(facts, headers={"cache-control": "no-store"})
