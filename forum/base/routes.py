"""The ground floor's own addresses: uploaded files, the app on a phone, the style page."""

from urllib.parse import quote

from starlette.responses import FileResponse, JSONResponse, Response

from forum.base import files, installed, samples
from forum.base.db import reading
from forum.base.errors import NotFound
from forum.base.forms import Form
from forum.base.i18n import _
from forum.base.request import Request
from forum.base.routing import Routes
from forum.base.settings import settings

routes = Routes(__name__)


@routes.get("/files/{file:int}")
def file(request: Request, file: int) -> Response:
    """An uploaded file, inert: it can run nothing, frame nothing, and is what it says it is."""
    with reading() as db:
        found = files.find(db, request.actor, file)
    path = files.path_of(found.digest)
    if not path.exists():
        raise NotFound(_("There is no such file."))
    shown = "inline" if found.media_type.startswith("image/") else "attachment"
    headers = {
        "cache-control": "private, max-age=3600",
        "content-disposition": f"{shown}; filename*=UTF-8''{quote(found.name)}",
        "content-security-policy": "sandbox; default-src 'none'",
        "cross-origin-resource-policy": "same-origin",
        "etag": f'"{found.digest}"',
    }
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return FileResponse(path, headers=headers, media_type=found.media_type)


@routes.get("/style")
def style(request: Request) -> Response:
    """Every building block of the pages with its states, on one page; in a demo only."""
    if not settings().demo:
        raise NotFound(_("There is nothing at this address."))
    words = samples.sample(request.lang)
    refused = Form(
        {"body": [""], "name": [words["long"][:30]], "venue": ["2"]},
        errors={"body": words["wrong"], "name": words["too_long"], "venue": words["wrong"]},
        action="/style",
    )
    return request.page(None, status=200, form=refused, s=words, pairs=samples.pairs())


@routes.get("/manifest.webmanifest")
def manifest(request: Request) -> Response:
    """What a phone needs to know to take the site as an app."""
    headers = {"cache-control": "no-cache"}
    kind = "application/manifest+json"
    return JSONResponse(installed.manifest(), headers=headers, media_type=kind)


@routes.get("/service-worker.js")
def service_worker(request: Request) -> Response:
    """The script that answers when the line is cut; at the root, for it serves all beneath."""
    headers = {"cache-control": "no-cache"}
    return Response(installed.worker(), headers=headers, media_type="text/javascript")


@routes.get("/offline")
def offline(request: Request) -> Response:
    """What this device keeps, told by its own script: the page itself knows no reader."""
    request.actor = None
    return request.page(None)
