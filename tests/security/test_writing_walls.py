"""Every POST route, filled in rightly, by those who may not: refused, and nothing has changed."""

import re
from functools import cache

import pytest
from cast import Cast
from conftest import Client
from sqlalchemy import TextClause, text
from walled import walled

from forum.base.db import reading, transaction
from forum.base.routing import Routes
from forum.base.tables import metadata
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Visibility
from forum.members.models import StandingKind
from moderation.reports.models import Rule
from moderation.sanctions import service as sanctions

# What everybody does with their own account, or may do anywhere. (A kiosk's verbs have tests of
# their own: what they refuse depends on the browser, not on the person alone.)
OWN = re.compile(
    r"/(sign-in|sign-out|register|first|settings|language|appearance|hints|inbox|drafts|demo"
    r"|enter|join|rules/accept|new-password|contacts|kiosk)\b"
)
FORM = {
    "about": "argument:1", "act": "adjourn", "answer": "An answer", "body": "Some words",
    "by": "1", "card": "warm", "casting": "yes", "channel": "hands", "choice": "yes",
    "code": "NEW1",
    "decision": "1", "due": "2030-01-01", "entitled": "1", "handler": "6", "item": "2",
    "kind": "discussion", "link": "down", "login": "bob", "logins": "bob", "meeting": "1",
    "member": "3", "method": "majority", "minutes": "5", "name": "A name", "nonce": "ab" * 16,
    "note": "A note", "opinion": "agree", "place": "consultation:1", "poll": "1",
    "position": "1", "purpose": "A purpose", "question": "A question?", "rating": "satisfied",
    "reason": "A reason", "result": "dismissed", "role": "moderator", "role_logins": "bob",
    "rule": "other", "ruling": "upheld", "seconds": "60", "secrecy": "secret", "seed": "3 5",
    "sentence": "A sentence", "staff_login": "bob", "stage": "closed", "stance": "pro",
    "starts_at": "2030-01-01T10:00", "state": "withdrawn", "summary": "A summary",
    "supervisor": "5", "taken": "yes", "template": "community", "term": "1d",
    "tier": "station", "title": "A title",
    "unit": "A unit", "until": "2030-01-01T10:00", "venue": "1", "words": "Words",
    "first": "2030-01-01", "last": "2030-02-01", "number": "9", "office": "member",
    "text": "A text", "motion": "1", "seconders": "2",
    "attendance": "1", "alt": "A tree", "size": "9", "offset": "0", "change": "reword",
    "zone": "UTC", "deed": "in", "proof": "document",
    "projection": "1", "shows": "agenda",
    "box": "1", "papers": "3", "found": "5", "into": "2", "unreturned": "0",
    "profile": "square_root", "least": "4",
    "reporter": "5", "answer_days": "3", "rating_days": "3",
    "principal": "3", "delegate": "3", "commit": "ab" * 32, "signature": "AAAA",
    "procedure": "four_two", "day": "2026-01-02", "who": "The branch", "agreed": "yes",
    "posted_at": "The board", "first_day": "2026-01-02", "days": "7",
    "script": "red_tea", "facilitator": "3", "seen": "1", "prompt": "A question", "group": "1",
}  # fmt: skip
OTHERWISE = {
    "/meetings/{meeting:int}/motions": {"sort": "main", "place": ""},
    "/motions/{motion:int}/put": {"secrecy": "open"},
    "/motions/{motion:int}/refer": {"place": ""},
    "/motions/{motion:int}/split": {"parts": "One part.\n\nAnother part."},
    "/counter/{member:int}/verify": {"method": "staff"},
    "/counter/{member:int}/phone": {"phone": "13800000000"},
    "/sanctions": {"kind": "muted"},
    "/counter": {"login": "bob"},
    "/measures/{measure:int}/decide": {"result": "upheld"},
    "/moderation/queue/{kind}/{ident:int}/act": {"act": "hide"},
    "/meetings/{meeting:int}/venues": {"kind": "sub", "venue": ""},
    "/meetings/{meeting:int}/list": {"rule": "balanced"},
    "/tasks/{task:int}/answer": {"result": "solved"},
    "/polls/{poll:int}/check": {"code": "ab" * 16},
    "/meetings/{meeting:int}/reception/{visitor:int}/step": {"step": "leave"},
    "/meetings/{meeting:int}/reception/{visitor:int}/words": {"category": "other"},
    "/meetings/{meeting:int}/reception/{visitor:int}/read-back": {"confirmed": "yes"},
    "/meetings/{meeting:int}/reception/words/{word:int}/correct": {"category": "other"},
    "/meetings/{meeting:int}/reception/words/{word:int}/handle": {"route": "street"},
    "/procedures/{procedure:int}/again": {"stage": "proposal"},
    "/stations/{station:int}/seats": {"term": "1"},
    # For oneself: only a desk does this for others.
    "/duty/{report:int}/questions": {"member": ""},
    "/workshops/{workshop:int}/notes": {"member": ""},
    "/workshops/{workshop:int}/positions": {"member": ""},
    "/papers/{box:int}/entry": {"place": "1"},
    "/papers/{box:int}/settle": {"place": "1"},
    "/papers/{box:int}/agree": {"place": "1"},
    "/hooks": {
        "dialect": "wecom", "label": "A chat", "address": "https://robot.example/", "feed": "tasks",
    },
}  # fmt: skip


def posts() -> list[str]:
    """The paths of all verbs but those of one's own account."""
    found = [
        route.path
        for routes in Routes.everywhere
        for route in routes.found.values()
        if route.method == "POST" and not OWN.match(route.path)
    ]
    assert len(found) > 90
    return found


@cache
def counting() -> TextClause:
    """The question how many rows each table has."""
    tables = (table.name for table in metadata.sorted_tables)
    counts = (f'(SELECT count(*) FROM "{name}")' for name in tables)
    return text("SELECT " + ", ".join(counts))


def rows() -> tuple[int, ...]:
    """How many rows each table has; every change leaves one in the log."""
    with reading() as tx:
        return tuple(tx.execute(counting()).one())


def tried(client: Client, who: str | None) -> dict[str, int]:
    """The status of each verb, tried on the first and second of everything; and what it changed."""
    browser = client(who)
    found: dict[str, int] = {}
    before = rows()
    for path in posts():
        form = FORM | OTHERWISE.get(path, {})
        for number in ("1", "2"):
            named = path.replace("{entry}", "e1").replace("{spot}", "item:1")
            named = named.replace("/queue/{kind}", "/queue/held")
            address = re.sub(r"\{\w+(?::int)?\}", number, named)
            answer = browser.post(address, data=form)
            assert answer.status_code < 500, address
            after = rows()
            if answer.status_code not in (401, 403, 404) or after != before:
                found[address] = answer.status_code
            before = after
    return found


@pytest.mark.parametrize("who", [None, "charlie"])
def test_nothing_is_done_through_the_wall(client: Client, cast: Cast, who: str | None) -> None:
    walled(cast)
    assert tried(client, who) == {}


@pytest.mark.parametrize("who", ["alice", "rong", "hui"])
def test_an_office_does_not_outlast_a_ban(client: Client, cast: Cast, who: str) -> None:
    """Whoever is banned leads nothing, presses for nothing and keeps no desk, even in the open."""
    walled(cast)
    terms = (Visibility.PUBLIC, Eligibility.LISTED, "Asia/Shanghai")
    with transaction() as tx:
        draft = consultations.Draft("A lift", "A lift", "A lift", *terms)
        consultations.edit(tx, cast.alice, cast.consultation, draft)
        sanctions.impose(
            tx, cast.admin, cast[who].id, f"station:{cast.station}", StandingKind.BANNED,
            rule=Rule.ATTACK, reason="Threats", until=None,
        )  # fmt: skip
    found = tried(client, who)
    done = {address for address, status in found.items() if status < 400}
    # A report is a call for help; a roll that is frozen is nobody's to shorten.
    assert done <= {"/reports", "/polls/1/ballot", "/meetings/2/check-out"}
    assert not {path: status for path, status in found.items() if status not in (303, 200, 409)}
