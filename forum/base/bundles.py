"""What is joined of many files and goes out as one: packed as well as it can be, once."""

from collections.abc import Callable
from functools import cached_property
from gzip import compress
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


class Bundle:
    """A bundle as it goes out: its bytes, both ways, and the address that changes with them.

    It is made when it is first asked for: a start does not wait for it.
    """

    def __init__(self, name: str, make: Callable[[], str], media_type: str) -> None:
        self.path = f"/static/{name}"
        self.media_type = media_type
        self._make = make

    @cached_property
    def plain(self) -> bytes:
        """As it was written."""
        return self._make().encode()

    @cached_property
    def packed(self) -> bytes:
        """The same, compressed."""
        return compress(self.plain, 9, mtime=0)

    @cached_property
    def address(self) -> str:
        """Where it is fetched, with a digest so that it can be kept for good."""
        return f"{self.path}?v={sha256(self.plain).hexdigest()[:10]}"

    @property
    def route(self) -> Route:
        """Where it is fetched; it stands before the folder /static."""
        return Route(self.path, self.answer)

    async def answer(self, http: Request) -> Response:
        """The bundle, for good if it was asked for by its digest."""
        lasting = "v" in http.query_params
        headers = {
            "cache-control": "public, max-age=31536000, immutable" if lasting else "no-cache",
            "vary": "accept-encoding",
        }
        if "gzip" not in http.headers.get("accept-encoding", ""):
            return Response(self.plain, headers=headers, media_type=self.media_type)
        headers["content-encoding"] = "gzip"
        return Response(self.packed, headers=headers, media_type=self.media_type)
