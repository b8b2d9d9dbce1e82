"""The contract of every kind of receiver, and what each of them signs."""

import hmac
import json
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.base import registry
from forum.hooks.ports import Dialect, Key, Told, Verdict, dialects

registry.load()
NOW = datetime(2026, 3, 5, 11, tzinfo=UTC)
EVENT = json.dumps({"specversion": "1.0", "id": "e1", "source": "s", "type": "t", "data": {}})
SECRET = "whsec_" + b64encode(b"k" * 32).decode()
TOLD = Told("It is decided: a lift", "https://moot.example/decisions/1", "Moot", EVENT)
EACH = pytest.mark.parametrize("each", list(dialects.values()), ids=list(dialects))
ROBOTS = {"wecom": "errcode", "dingtalk": "errcode", "feishu": "code"}


def test_these_stand() -> None:
    assert set(dialects) >= {"wecom", "dingtalk", "feishu", "webhook"}


@EACH
def test_it_posts_json_to_its_address_with_the_words_and_the_link(each: Dialect) -> None:
    made = each.post("https://robot.example/send?key=1", SECRET, TOLD, NOW)
    assert made.url.startswith("https://robot.example/send?key=1")
    assert json.loads(made.body)
    if each.name in ROBOTS:
        assert TOLD.title in made.body.decode()
        assert TOLD.url in made.body.decode()
    assert "json" in made.headers["content-type"]


@EACH
@given(title=st.text(max_size=4000))
def test_nothing_that_a_title_holds_is_too_long_or_breaks_it(each: Dialect, title: str) -> None:
    made = each.post("https://robot.example/", SECRET, TOLD._replace(title=title), NOW)
    assert len(made.body) <= 40_000
    json.loads(made.body)


@EACH
def test_long_titles_fit(each: Dialect) -> None:
    made = each.post("https://robot.example/", SECRET, TOLD._replace(title="电梯" * 5000), NOW)
    assert len(made.body) <= each.most


@EACH
def test_its_answers_are_judged(each: Dialect) -> None:
    fine = b'{"errcode": 0, "code": 0}'
    assert each.judge(200, fine) is Verdict.TAKEN
    assert each.judge(410, b"") is Verdict.GONE
    assert each.judge(400, b"") is Verdict.NO
    for status in (429, 500, 503):
        assert each.judge(status, b"") is Verdict.LATER


@pytest.mark.parametrize("name", ROBOTS)
@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"{}", b'"x"', b"\xff", b'{"errcode": []}']
)
def test_an_answer_without_a_code_is_no_yes(name: str, body: bytes) -> None:
    assert dialects[name].judge(200, body) is not Verdict.TAKEN


@pytest.mark.parametrize(
    ("name", "code", "verdict"),
    [
        ("wecom", 45009, Verdict.LATER), ("wecom", 93000, Verdict.GONE),
        ("wecom", 40008, Verdict.NO),
        ("dingtalk", 130101, Verdict.LATER), ("dingtalk", 300005, Verdict.GONE),
        ("dingtalk", 310000, Verdict.NO),
        ("feishu", 9499, Verdict.LATER), ("feishu", 19001, Verdict.GONE),
        ("feishu", 19021, Verdict.NO),
    ],
)  # fmt: skip
def test_a_robots_codes(name: str, code: int, verdict: Verdict) -> None:
    body = json.dumps({ROBOTS[name]: code}).encode()
    assert dialects[name].judge(200, body) is verdict


def test_dingtalk_signs_the_address() -> None:
    made = dialects["dingtalk"].post("https://d.example/?access_token=1", "SEC1", TOLD, NOW)
    query = parse_qs(urlsplit(made.url).query)
    moment = query["timestamp"][0]
    assert moment == str(int(NOW.timestamp() * 1000))
    wanted = hmac.new(b"SEC1", f"{moment}\nSEC1".encode(), sha256).digest()
    assert b64decode(query["sign"][0]) == wanted
    assert (
        dialects["dingtalk"].post("https://d.example/", "", TOLD, NOW).url == "https://d.example/"
    )


def test_feishu_signs_the_body() -> None:
    body = json.loads(dialects["feishu"].post("https://f.example/", "S1", TOLD, NOW).body)
    assert body["timestamp"] == str(int(NOW.timestamp()))
    wanted = hmac.new(f"{body['timestamp']}\nS1".encode(), b"", sha256).digest()
    assert b64decode(body["sign"]) == wanted
    assert "sign" not in json.loads(
        dialects["feishu"].post("https://f.example/", "", TOLD, NOW).body
    )


def test_webhooks_are_signed_as_the_standard_says() -> None:
    made = dialects["webhook"].post("https://p.example/", SECRET, TOLD, NOW)
    ident, moment = made.headers["webhook-id"], made.headers["webhook-timestamp"]
    signed = f"{ident}.{moment}.".encode() + made.body
    version, _comma, given_signature = made.headers["webhook-signature"].partition(",")
    assert version == "v1"
    assert b64decode(given_signature) == hmac.new(b"k" * 32, signed, sha256).digest()
    assert made.headers["content-type"] == "application/cloudevents+json"


@EACH
def test_it_says_where_its_secret_comes_from(each: Dialect) -> None:
    assert isinstance(each.key, Key)
