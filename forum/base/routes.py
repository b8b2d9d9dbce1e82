"""The ground floor's own addresses: uploaded files."""

from urllib.parse import quote

from starlette.responses import FileResponse, Response

from forum.base import files
from forum.base.db import reading
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.request import Request
from forum.base.routing import Routes

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
