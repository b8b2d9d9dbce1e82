"""Routes: the paths and verbs that a room's routes.py declares."""

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any, ClassVar

from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.routing import BaseRoute, Match
from starlette.routing import Route as HttpRoute
from starlette.types import ASGIApp, Receive, Scope, Send

Handler = Callable[..., Any]


class _Ident(IntegerConvertor):
    """A number that a database can hold: what is longer is no address of ours."""

    regex = "[0-9]{1,18}"


register_url_convertor("int", _Ident())


@dataclass(frozen=True)
class Route:
    """One path and verb of a room."""

    method: str
    path: str
    handler: Handler
    room: str
    page: str | None = None
    unlogged: bool = False
    open: bool = False

    @property
    def name(self) -> str:
        """The route function's name; its page's template bears it too."""
        return self.handler.__name__

    @cached_property
    def parallel(self) -> bool:
        """Whether the handler is async (it then loads no actor by itself)."""
        return inspect.iscoroutinefunction(self.handler)


class _Way:
    """A route and who answers there; Starlette's own is made when a request may first mean it."""

    def __init__(self, route: Route, door: ASGIApp) -> None:
        self.shape = _shape(_NUMBER.sub("0", route.path))
        self._route = route
        self._door = door

    @cached_property
    def http(self) -> HttpRoute:
        """As Starlette matches it."""
        name = f"{self._route.room}:{self._route.name}"
        return HttpRoute(self._route.path, self._door, methods=[self._route.method], name=name)


class Fork(BaseRoute):
    """Routes by shape of path: a request asks the few that it can mean, not all."""

    def __init__(self, routes: Iterable[tuple[Route, ASGIApp]]) -> None:
        self._found: dict[str, list[_Way]] = {}
        for route, door in routes:
            way = _Way(route, door)
            self._found.setdefault(_OTHER if "{" in way.shape else way.shape, []).append(way)

        # In a burst everybody asks for the same few paths.
        self._known = lru_cache(maxsize=256)(self._look)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As Starlette's router does over all of them: the first full match, else a partial one."""
        if scope["type"] != "http":
            return Match.NONE, {}
        return self._known(scope["method"], scope["path"], scope.get("root_path", ""))

    def _look(self, method: str, path: str, root_path: str) -> tuple[Match, Scope]:
        scope = {"type": "http", "method": method, "path": path, "root_path": root_path}
        partial: tuple[Match, Scope] = Match.NONE, {}
        for way in chain(*(self._found.get(shape, ()) for shape in (_shape(path), _OTHER))):
            match, more = way.http.matches(scope)
            if match is Match.FULL:
                return match, {**more, "fork": way.http.app}
            if match is Match.PARTIAL and partial[0] is Match.NONE:
                # It says that the verb is wrong.
                partial = match, {**more, "fork": way.http.handle}
        return partial

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand over to the route that matched."""
        await scope["fork"](scope, receive, send)


_NUMBER = re.compile(r"\{\w+:int\}")
_OTHER = "{}"  # the shape of paths with a part that is not a number


def _shape(path: str) -> str:
    """The path with every number as #: /polls/7/ballot is /polls/#/ballot."""
    return "/".join("#" if part.isdigit() else part for part in path.split("/"))


class Routes:
    """A room's routes; `routes = Routes(__name__)` in its routes.py."""

    everywhere: ClassVar[list["Routes"]] = []

    def __init__(self, module: str) -> None:
        self.room = module.split(".")[-2]
        self.found: dict[str, Route] = {}
        Routes.everywhere.append(self)

    def get(self, path: str) -> Callable[[Handler], Handler]:
        """A page; its template is templates/<room>/<function name>.html."""
        return self._add("GET", path)

    def post(
        self, path: str, *, page: str | None = None, unlogged: bool = False, open: bool = False
    ) -> Callable[[Handler], Handler]:
        """A verb. `page`: the GET function that shows its form again when a field is wrong.

        `unlogged`: no access-log line, and no answer stored under an Idempotency-Key (secret
        ballots; codes that are shown once: a retry makes others). `open`: no origin
        check, for what is harmless from anywhere.
        """
        return self._add("POST", path, page=page, unlogged=unlogged, open=open)

    def _add(self, method: str, path: str, **facts: Any) -> Callable[[Handler], Handler]:
        def add(handler: Handler) -> Handler:
            name = f"{method} {handler.__name__}"
            if name in self.found:
                raise RuntimeError(f"{self.room}: two routes are called {name}")
            self.found[name] = Route(method, path, handler, self.room, **facts)
            return handler

        return add
