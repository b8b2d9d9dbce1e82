"""Every GET route, asked for whatever it may hold, by those who may not know of it."""

import itertools
import re
from collections.abc import Iterator

import pytest
from cast import Cast
from conftest import Client
from walled import WORDS, walled

from forum.base import registry
from forum.base.routing import Route, Routes

HIGHEST = 6
WORDS_OF = {
    "stream": [
        f"{kind}:{ident}"
        for kind in ("consultation", "meeting", "station", "member", "poll", "item")
        for ident in range(1, HIGHEST)
    ],
    "format": ["json", "html", "md"],
    "token": ["nothing"],
}
QUERIES = {
    "/audit": [
        "?stream=consultation:1",
        "?stream=meeting:1",
        "?stream=meeting:2",
        "?stream=member:2",
        "?stream=consultation:1&kind=polls",
        "?person=2",
        "?stream=station:1&person=2",
    ],
    "/consultations": ["?station=1", "?page=2"],
    "/meetings": ["?past=1"],
    "/tasks": ["?shown=all", "?shown=all&handler=6", "?shown=all&supervisor=5", "?unit=x"],
    "/reports": ["?tab=mine", "?tab=open", "?tab=decided"],
    "/reports/new": ["?about=argument:1", "?about=argument:2", "?about=item:1", "?about=item:2"],
    "/sanctions": ["?place=consultation:1", "?place=meeting:1", "?place=station:1"],
    "/sanctions/new": ["?place=consultation:1&member=4", "?place=station:1&member=4"],
    "/items/{item:int}": ["?tab=newest", "?tab=thread&under=1", "?under=2", "?tab=agreed&side=pro"],
    "/outcomes/{outcome:int}": ["?revision=1"],
    "/live/{stream}/events": ["?after=0", "?view=meeting", "?view=console", "?view=minutes"],
    "/consultations/new": ["?station=1"],
}
HEADERS: tuple[dict[str, str], ...] = (
    {},
    {"accept": "application/json"},
    {"hx-request": "true", "hx-target": "personal"},
    {"hx-request": "true", "hx-target": "main"},
)


def addresses(route: Route) -> Iterator[str]:
    """The route with everything that may stand in its path, and behind it."""
    names = re.findall(r"\{(\w+)(?::int)?\}", route.path)
    numbers = [str(number) for number in range(1, HIGHEST)]
    kinds = {**WORDS_OF, "kind": sorted(registry.resolvers)}
    for values in itertools.product(*(kinds.get(name, numbers) for name in names)):
        path = route.path
        for name, value in zip(names, values, strict=True):
            path = re.sub(rf"\{{{name}(:int)?\}}", value, path)
        for query in ("", *QUERIES.get(route.path, ())):
            yield path + query


@pytest.mark.parametrize("reader", [None, "charlie"])
def test_nothing_shows_through_the_wall(client: Client, cast: Cast, reader: str | None) -> None:
    walled(cast)
    browser = client(reader)
    gets = [
        route
        for routes in Routes.everywhere
        for route in routes.found.values()
        if route.method == "GET"
    ]
    leaks, broken = [], []
    for route in gets:
        for address in addresses(route):
            for headers in HEADERS:
                answer = browser.get(address, headers=headers)
                seen = f"{answer.status_code} {address} {headers}"
                if answer.status_code >= 500:
                    broken.append(seen)
                found = [word for word in WORDS if word in answer.text]
                if found:
                    leaks.append(f"{seen}: {found}")
    assert leaks == []
    assert broken == []
