"""Every GET route, asked for whatever it may hold, by those who may not know of it."""

import itertools
import re
from collections.abc import Iterator

import pytest
from cast import Cast
from conftest import Client
from walled import PRIVATE, WORDS, walled

from forum.base import registry
from forum.base.routing import Route, Routes

NUMBERS = ["1", "2", "3"]
WORDS_OF = {
    "stream": [f"{kind}:{n}" for kind in ("consultation", "meeting", "member") for n in NUMBERS],
    "format": ["json", "html", "md"],
    "token": ["nothing"],
    "spot": [
        f"{kind}:{n}" for kind in ("item", "task", "argument", "held", "outcome") for n in NUMBERS
    ],
    "provider": ["nothing"],
    "feed": ["meetings", "minutes", "decisions", "outcomes", "tasks"],
    "code": ["nothing"],
}
QUERIES = {
    "/audit": [
        "?stream=consultation:1",
        "?stream=meeting:1",
        "?stream=meeting:2",
        "?stream=member:4",
        "?stream=consultation:1&kind=polls",
        "?stream=consultation:1&kind=reports",
        "?person=2",
        "?stream=station:1&person=2",
    ],
    "/meetings": ["?past=1", "?station=1", "?station=1&past=1"],
    "/stations/{station:int}/minutes": ["?state=approved"],
    "/tasks": ["?station=1", "?shown=all", "?shown=all&handler=6", "?shown=all&supervisor=5"],
    "/moderation": ["?place=consultation:1", "?place=meeting:1"],
    "/moderation/queue": ["?place=consultation:1", "?kind=report"],
    "/moderation/settings": ["?place=consultation:1"],
    "/reports": ["?tab=mine", "?tab=open", "?tab=decided"],
    "/reports/new": ["?about=argument:1", "?about=argument:2", "?about=item:1"],
    "/sanctions": ["?place=consultation:1", "?place=meeting:1", "?place=station:1"],
    "/sanctions/new": ["?place=consultation:1&member=4"],
    "/items/{item:int}": ["?tab=newest", "?tab=thread&under=1", "?under=2"],
    "/outcomes/{outcome:int}": ["?revision=1"],
    "/live/{stream}/events": ["?after=0", "?view=meeting", "?view=desk", "?view=console"],
    "/consultations/new": ["?station=1"],
    "/consultations/setup": ["?station=1"],
    "/consultations": ["?station=1", "?archived=1"],
    "/people": ["?place=consultation:1", "?place=station:1", "?place=meeting:1"],
    "/people/{member:int}": ["?place=consultation:1", "?place=station:1"],
    "/people/import": ["?place=consultation:1"],
    "/admin": ["?place=consultation:1", "?place=station:1"],
    "/rules": ["?place=consultation:1", "?place=station:1"],
    "/rules/edit": ["?place=consultation:1"],
}
BLOCK = {"hx-request": "true", "hx-target": "main"}


def addresses(route: Route) -> Iterator[str]:
    """The route with everything that may stand in its path, and behind it."""
    names = re.findall(r"\{(\w+)(?::int)?\}", route.path)
    known = {**WORDS_OF, "kind": sorted(registry.resolvers)}
    for values in itertools.product(*(known.get(name, NUMBERS) for name in names)):
        path = route.path
        for name, value in zip(names, values, strict=True):
            path = re.sub(rf"\{{{name}(:int)?\}}", value, path)
        for query in ("", *QUERIES.get(route.path, ())):
            yield path + query


def asked() -> Iterator[str]:
    """Every address."""
    for routes in Routes.everywhere:
        for route in routes.found.values():
            if route.method == "GET":
                yield from addresses(route)


@pytest.mark.parametrize(
    ("reader", "words"), [(None, WORDS), ("charlie", WORDS), ("bob", PRIVATE)], ids=str
)
def test_nothing_shows_through_the_wall(
    client: Client, cast: Cast, reader: str | None, words: tuple[str, ...]
) -> None:
    """No word of it in any answer, and no answer that is a fault: as data, then as a page."""
    walled(cast)
    browser = client(reader)
    seen = []
    for address in asked():
        ways = [{"accept": "application/json"}, {}, BLOCK]
        for headers in ways:
            answer = browser.get(address, headers=headers)
            found = [word for word in words if word in answer.text]
            if found or answer.status_code >= 500:
                seen.append(f"{answer.status_code} {address} {headers}: {found}")
            if answer.status_code >= 400:
                break  # a refusal says the same in any form
    assert seen == []


def test_the_words_do_stand_behind_the_wall(client: Client, cast: Cast) -> None:
    """The walk above would find them: whoever leads reads each of them somewhere."""
    walled(cast)
    browser = client("alice")
    texts = [
        browser.get(address).text
        for address in (
            "/consultations/1", "/items/1", "/items/2", "/polls/1", "/polls/2", "/minutes/1",
            "/decisions/1", "/meetings/2", "/meetings/3/edit", "/reports/1", "/sanctions/1",
            "/held/1", "/measures/1", "/meetings/2/reception/1", "/duty/1",
            "/consultations/1/invitations",
        )
    ]  # fmt: skip
    for word in (*WORDS, *PRIVATE):
        assert any(word in text for text in texts), word
