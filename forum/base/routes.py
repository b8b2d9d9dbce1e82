"""The ground floor's own addresses: uploaded files, and the style page of a demo."""

from urllib.parse import quote

from starlette.responses import FileResponse, Response

from forum.base import files
from forum.base.db import reading
from forum.base.errors import NotFound
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
    """Every building block of the pages, on one page; in a demo only."""
    if not settings().demo:
        raise NotFound(_("There is nothing at this address."))
    return request.page(None)
