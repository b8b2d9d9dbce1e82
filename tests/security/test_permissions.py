"""The permission matrix: every route for every role, in their own place and in another's.

docs/permissions.md is this table. After a change that is meant, write it anew:
FOLKMOOT_WRITE=1 run.py test tests/security/test_permissions.py
"""

import os
import re
from collections.abc import Generator
from typing import Any

import pytest
from arriving import arriving
from cast import Cast
from conftest import Client
from e2e.occasions import OCCASIONS
from house.tree import ROOT
from moving import moving
from security.belongings import belongings
from security.test_reading_walls import WORDS_OF
from security.test_writing_walls import FORM, OTHERWISE
from sqlmodel import Session
from starlette.testclient import TestClient
from walled import walled

from forum.base import auth, db, limits, registry
from forum.base.db import transaction
from forum.base.routing import Route, Routes
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Visibility
from forum.members import service as accounts
from forum.members.models import Role
from forum.stations import service as stations
from forum.stations.models import Tier

DOCUMENT = ROOT / "docs" / "permissions.md"
ELSEWHERE = "far"
STAFF = (Role.REPRESENTATIVE, Role.SECRETARY, Role.OPERATOR, Role.MODERATOR)
# Who asks: the column's words, and who it is in the cast, or in another place.
READERS: dict[str, str | None] = {
    "guest": None,
    "outsider": "charlie",
    "resident": "bob",
    "muted": "dana",
    "handler": "hui",
    "representative": "rong",
    "secretary": "shu",
    "operator": "clerk",
    "moderator": "alice",
    "staff elsewhere": ELSEWHERE,
    "administrator": "admin",
}
ALLOWED, SIGN_IN, NO, HIDDEN = "yes", "401", "403", "404"
ORDER = (ALLOWED, NO, SIGN_IN, HIDDEN)
KINDS = {**WORDS_OF, "kind": ["consultation", "item", "meeting"], "entry": ["e1"]}
NUMBERS = ["1", "2"]
# What depends on this browser alone, or exists in a demo only.
APART = re.compile(r"/(demo|kiosk|style|first)\b")


def undone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that is tried is rolled back, so that each try meets the same state."""

    def never(place: db.Storage) -> Generator[db.Db, None, frozenset[str]]:
        with Session(place.write_engine, expire_on_commit=False) as tx:
            yield tx
            tx.flush()
            tx.rollback()
        return frozenset()

    monkeypatch.setattr(db, "_commit", never)


def elsewhere(cast: Cast) -> str:
    """Somebody who is everything in a place of its own, and nobody here; their token."""
    with transaction() as tx:
        details = stations.Details(Tier.STATION, "Far Court station", "FAR")
        station = stations.create(tx, cast.admin, details)
        ident = accounts.register(tx, login="far", name="Far", password=None, lang="en")
        for role in STAFF:
            accounts.grant(tx, None, ident, role, f"station:{station}")
        return auth.sign_in(tx, ident, label="far")


def browser(client: Client, reader: str | None, token: str) -> TestClient:
    """The browser of one column."""
    if reader != ELSEWHERE:
        return client(reader)
    made = client(None)
    made.cookies.set(auth.COOKIE, token)
    return made


def verdict(status: int) -> str:
    """What an answer says of the permission: to be told of a wrong word, one must be let in."""
    return {401: SIGN_IN, 403: NO, 404: HIDDEN}.get(status, ALLOWED)


def tried(asks: TestClient, route: Route, numbers: dict[str, str]) -> str:
    """The best verdict over the first two things that the path may name, or that of `numbers`."""
    best = HIDDEN
    for number in NUMBERS if "{" in route.path else NUMBERS[:1]:
        path = route.path.replace("/queue/{kind}", "/queue/held")
        for name in re.findall(r"\{(\w+)(?::int)?\}", route.path):
            value = KINDS[name][0] if name in KINDS else numbers.get(name, number)
            path = re.sub(rf"\{{{name}(:int)?\}}", value, path, count=1)
        limits.clear()
        if route.method == "GET":  # as data: what stands on the page the reading walls look at
            answer = asks.get(path, headers={"accept": "application/json"})
        else:
            answer = asks.post(path, data=FORM | OTHERWISE.get(route.path, {}))
        assert answer.status_code < 500, (route.method, path)
        signs_in = answer.headers.get("location", "").startswith("/sign-in")
        found = SIGN_IN if signs_in else verdict(answer.status_code)
        best = min(best, found, key=ORDER.index)
        if best == ALLOWED:
            break
    return best


def routes() -> list[Route]:
    """Every route, by path and then by verb."""
    found = [
        route
        for several in Routes.everywhere
        for route in several.found.values()
        if not APART.match(route.path)
    ]
    return sorted(found, key=lambda route: (route.path, route.method))


def matrix(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """A row a route: its verb and path, and the verdict for each reader."""
    walled(cast)
    for happen in OCCASIONS:
        if happen not in (arriving, moving):  # lets the outsider in; has a place open to all
            happen(cast)
    numbers = belongings(client, cast)
    token = elsewhere(cast)
    with transaction() as tx:  # in the open: who is nobody here may read, and no more
        terms = (Visibility.PUBLIC, Eligibility.LISTED, "Asia/Shanghai")
        draft = consultations.Draft("A lift", "A lift", "A lift", *terms)
        consultations.edit(tx, cast.alice, cast.consultation, draft)
    readers = [browser(client, reader, token) for reader in READERS.values()]
    undone(monkeypatch)
    return [
        (f"{route.method} {route.path}", *(tried(asks, route, numbers) for asks in readers))
        for route in routes()
    ]


def written(rows: list[tuple[str, ...]]) -> str:
    """The document."""
    head = ("route", *READERS)
    lines = [
        "# Who may do what",
        "",
        "Every route, tried in a public consultation as everybody who may come by: people of",
        "its own place, and staff of another one. **yes**: let in (a wrong state or a wrong word",
        "may still be refused, in words); **401**: asked to sign in; **403**: refused; **404**:",
        "for this reader it does not exist. Made by tests/security/test_permissions.py,",
        "which fails when the table and the server differ.",
        "",
        f"| {' | '.join(head)} |",
        f"|{'---|' * len(head)}",
    ]
    lines += [f"| `{row[0]}` | {' | '.join(row[1:])} |" for row in rows]
    return "\n".join(lines) + "\n"


def test_the_matrix_is_the_documented_one(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry.load()
    rows = matrix(client, cast, monkeypatch)
    document = written(rows)
    if os.environ.get("FOLKMOOT_WRITE"):
        DOCUMENT.write_text(document)
    assert DOCUMENT.read_text() == document
    by_route: dict[str, dict[str, Any]] = {
        row[0]: dict(zip(READERS, row[1:], strict=True)) for row in rows
    }
    for name, verdicts in by_route.items():
        # Whatever the rules say: being somebody elsewhere is being nobody here.
        if verdicts["staff elsewhere"] == ALLOWED and "/settings/" not in name:
            own = ("outsider", "representative", "secretary", "operator", "moderator")
            assert ALLOWED in {verdicts[reader] for reader in own}, name
