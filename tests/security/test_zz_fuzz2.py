import json
import re
from pathlib import Path

import pytest
from walled import walled

from forum.base.routing import Routes

src = Path("/tmp/post_explore.py").read_text()
ns = {}
exec("FORM =" + src.split("FORM =")[1].split("def dump")[0], ns)
FORM, OVER = ns["FORM"], ns["OVER"]
NASTY = {
    "surrogate": "\ud800x",
    "nul": "a\0b",
    "huge": "9" * 40,
    "long": "x" * 300000,
    "sup": "²",
    "far": "9999-12-31T23:59",
    "early": "0001-01-01T00:00",
    "neg": "-1",
    "emoji": "😀" * 50,
    "deep": "1. " * 2600,
    "pct": "%(title)s%s{0}",
    "big": "2147483648",
    "list": ["a", "b"],
}
SKIP = {
    "/sign-out",
    "/settings/password",
    "/settings/devices/{device:int}/sign-out",
    "/settings/devices/others",
}


@pytest.mark.parametrize("who", ["alice", "admin"])
@pytest.mark.parametrize("nasty", sorted(NASTY))
def test_x(client, cast, nasty, who):
    walled(cast)
    b = client(who)
    b._transport.raise_server_exceptions = False
    posts = [r for rs in Routes.everywhere for r in rs.found.values() if r.method == "POST"]
    bad = []
    for r in posts:
        if r.path in SKIP:
            continue
        base = {**FORM, **OVER.get(r.path, {})}
        path = re.sub(
            r"\{(\w+)(?::int)?\}", lambda m: {"entry": "e1", "token": "x"}.get(m[1], "1"), r.path
        )
        src = __import__("inspect").getsource(r.handler)
        names = [n for n in base if True]
        for n in names:
            if f'"{n}"' not in src and n not in (
                "title",
                "body",
                "zone",
                "summary",
                "method",
                "question",
                "due",
                "unit",
                "handler",
                "starts_at",
                "venue",
                "logins",
                "role_logins",
                "login",
                "staff_login",
                "name",
                "code",
                "parent_id",
            ):
                continue
            form = {**base, n: NASTY[nasty]}
            a = b.post(path, content=json.dumps(form), headers={"content-type": "application/json"})
            if a.status_code >= 500:
                bad.append((a.status_code, r.path, n))
    print("BAD", who, nasty, sorted(set(bad)))
    queries = [
        "page",
        "station",
        "under",
        "after",
        "tab",
        "side",
        "q",
        "person",
        "stream",
        "kind",
        "day",
        "handler",
        "supervisor",
        "unit",
        "shown",
        "about",
        "place",
        "member",
        "revision",
        "view",
        "next",
        "back",
        "parent",
        "unread",
        "past",
    ]
    gets = [r for rs in Routes.everywhere for r in rs.found.values() if r.method == "GET"]
    badg = []
    v = NASTY[nasty]
    if isinstance(v, str) and len(v) < 5000:
        from urllib.parse import quote

        for r in gets:
            path = re.sub(
                r"\{(\w+)(?::int)?\}",
                lambda m: {
                    "entry": "e1",
                    "token": "x",
                    "stream": "consultation:1",
                    "kind": "item",
                    "format": "json",
                }.get(m[1], "1"),
                r.path,
            )
            src = __import__("inspect").getsource(r.handler)
            for q in queries:
                a = b.get(path + f"?{q}=" + quote(v.encode("utf-8", "surrogatepass")))
                if a.status_code >= 500:
                    badg.append((path, q))
    print("BADGET", who, nasty, badg)
