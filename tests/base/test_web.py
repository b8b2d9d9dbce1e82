"""The one door: origins, bodies, keys, JSON, refusals as page, fragment or data."""

from collections.abc import Callable, Iterator

import pytest
from cast import Cast
from starlette.applications import Starlette
from starlette.testclient import TestClient

from forum.base import auth, clock, settings, web
from forum.base.auth import CredentialKind
from forum.base.db import reading, transaction
from forum.base.errors import Conflict, Forbidden
from forum.base.forms import Form
from forum.base.links import Relation, link, linked
from forum.base.request import Request
from forum.base.routing import Routes
from forum.base.web import Response

Browser = Callable[..., TestClient]


@pytest.fixture(scope="module")
def probe_app(whole_app: Starlette) -> Iterator[Starlette]:
    """The application with three routes of a room that only stands here."""
    routes = Routes("tests.probe.routes")

    @routes.get("/probe/{n:int}")
    def probe(request: Request, n: int) -> Response:
        with reading() as db:
            return request.page(
                db,
                template="error.html",
                message=f"probe {n}",
                code="probe",
                status_code=200,
                found=linked(db, f"probe:{n}", direction="in"),
                _typed=[],
            )

    @routes.post("/probe/{n:int}", page="probe")
    def tie(request: Request, n: int) -> Response:
        form = request.form
        other = form.integer("other", min=1, max=99)
        form.text("why", max=20, optional=True)
        form.check()
        if other == 13:
            raise Conflict("thirteen is taken")
        with transaction() as tx:
            link(tx, f"probe:{clock.now().microsecond + other}", Relation.NAMES, f"probe:{n}")
            if other == 50:
                raise Forbidden("fifty is not yours")
        return request.done(f"/probe/{n}", note="tied", id=other)

    try:
        yield web.create_app(settings.settings())
    finally:
        Routes.everywhere.remove(routes)


@pytest.fixture
def browser(probe_app: Starlette, cast: Cast) -> Browser:
    def make(name: str | None = None, **headers: str) -> TestClient:
        headers.setdefault("accept-language", "en")
        made = TestClient(probe_app, headers=headers, follow_redirects=False)
        if name:
            with transaction() as tx:
                token = auth.sign_in(tx, cast[name].id, label="test")
            made.cookies.set(auth.COOKIE, token)
        return made

    return make


def tied(n: int) -> int:
    with reading() as db:
        return len(linked(db, f"probe:{n}", direction="in"))


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_site_sends_is_refused(browser: Browser, site: str) -> None:
    answer = browser("bob", **{"sec-fetch-site": site}).post("/probe/1", data={"other": "2"})
    assert answer.status_code == 403
    assert "another site" in answer.text
    assert tied(1) == 0


def test_the_origin_decides_where_fetch_metadata_is_missing(browser: Browser) -> None:
    foreign = browser("bob", origin="https://evil.example").post("/probe/1", data={"other": "2"})
    assert foreign.status_code == 403
    own = browser("bob", origin="http://testserver").post("/probe/1", data={"other": "2"})
    assert own.status_code == 303
    assert tied(1) == 1


def test_an_old_browser_confirms_and_loses_nothing(browser: Browser) -> None:
    old = browser("bob")
    asked = old.post("/probe/1", data={"other": "2", "why": "<b>because</b>"})
    assert asked.status_code == 403
    assert "&lt;b&gt;because" in asked.text
    assert tied(1) == 0
    mark = asked.text.split('name="_confirmed" value="')[1].split('"')[0]
    wrong_place = old.post("/probe/2", data={"other": "2", "_confirmed": mark})
    assert wrong_place.status_code == 403
    done = old.post("/probe/1", data={"other": "2", "_confirmed": mark})
    assert done.status_code == 303
    assert tied(1) == 1


def test_a_bearer_token_needs_no_origin(browser: Browser, cast: Cast) -> None:
    with transaction() as tx:
        token = auth.sign_in(tx, cast.bob.id, label="a program", kind=CredentialKind.TOKEN)
    program = browser(authorization=f"Bearer {token}")
    answer = program.post("/probe/1", json={"other": 3})
    assert answer.status_code == 201
    assert answer.json() == {"url": "/probe/1", "note": "tied", "id": 3}


def test_a_field_that_is_wrong_brings_the_form_back(browser: Browser) -> None:
    bob = browser("bob", **{"sec-fetch-site": "same-origin"})
    assert bob.post("/probe/1", data={"other": "x"}).status_code == 422
    refused = bob.post("/probe/1.json", data={"other": "400", "why": "w" * 30})
    assert refused.status_code == 422
    assert set(refused.json()["fields"]) == {"other", "why"}


def test_a_refusal_keeps_what_was_typed_and_undoes_the_rest(browser: Browser) -> None:
    bob = browser("bob", **{"sec-fetch-site": "same-origin"})
    words = "eine lange\nErklärung, die niemand zweimal tippen will"
    refused = bob.post("/probe/1", data={"other": "13", "text": words})
    assert refused.status_code == 409
    assert "die niemand zweimal tippen will" in refused.text
    assert bob.post("/probe/1", data={"other": "50"}).status_code == 403
    assert tied(1) == 0


def test_a_retry_with_the_same_key_is_answered_but_not_done_again(browser: Browser) -> None:
    bob = browser("bob", **{"sec-fetch-site": "same-origin", "idempotency-key": "k1"})
    first = bob.post("/probe/1", data={"other": "2"})
    again = bob.post("/probe/1", data={"other": "2"})
    assert (first.status_code, first.headers["location"]) == (303, "/probe/1")
    assert (again.status_code, again.headers["location"]) == (303, "/probe/1")
    assert tied(1) == 1
    assert bob.post("/probe/1", data={"other": "3"}).status_code == 422  # another request


def test_a_refused_request_may_be_tried_again_under_its_key(browser: Browser) -> None:
    bob = browser("bob", **{"sec-fetch-site": "same-origin", "idempotency-key": "k2"})
    assert bob.post("/probe/1", data={"other": "50"}).status_code == 403
    assert bob.post("/probe/1", data={"other": "50"}).status_code == 403


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"{", "application/json"),
        (b"[1, 2]", "application/json"),
        (b'{"other": {"deep": 1}}', "application/json"),
        (b'{"other": []}', "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"a&" * 5000, "application/x-www-form-urlencoded"),
    ],
)
def test_a_body_that_cannot_be_read_is_the_senders_fault(
    browser: Browser, content: bytes, kind: str
) -> None:
    bob = browser("bob", **{"sec-fetch-site": "same-origin"})
    answer = bob.post("/probe/1", content=content, headers={"content-type": kind})
    assert answer.status_code == 422


def test_a_body_of_ten_megabytes_is_refused_unread(browser: Browser) -> None:
    bob = browser("bob", **{"sec-fetch-site": "same-origin"})
    assert bob.post("/probe/1", data={"why": "x" * 10_000_000}).status_code == 413


def test_every_page_is_data_behind_json(browser: Browser) -> None:
    answer = browser().get("/probe/7.json")
    assert answer.json()["message"] == "probe 7"
    assert "_typed" not in answer.json()
    assert browser().get("/nowhere.json").json()["error"] == "not_found"


def test_a_page_carries_the_headers_that_protect_it(browser: Browser) -> None:
    answer = browser().get("/probe/7")
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-request-id"]


def test_data_may_not_be_taken_for_a_page(browser: Browser) -> None:
    headers = browser().get("/probe/7.json").headers
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-request-id"]


def test_unknown_addresses_and_wrong_verbs_are_told_in_words(browser: Browser) -> None:
    nowhere = browser(**{"accept-language": "zh-CN"}).get("/nowhere")
    assert nowhere.status_code == 404
    assert 'lang="zh-CN"' in nowhere.text
    assert browser().get("/probe/x").status_code == 404
    assert browser(**{"sec-fetch-site": "same-origin"}).put("/probe/1").status_code == 405


def test_a_note_is_shown_once(browser: Browser) -> None:
    bob = browser("bob", **{"sec-fetch-site": "same-origin"})
    bob.post("/probe/1", data={"other": "2"})
    assert "tied" in bob.get("/probe/1").text
    assert "tied" not in bob.get("/probe/1").text


def test_a_note_is_not_for_what_a_page_asks_by_itself(browser: Browser) -> None:
    bob = browser("bob", **{"sec-fetch-site": "same-origin"})
    bob.post("/probe/1", data={"other": "2"})
    assert "tied" not in bob.get("/probe/1", headers={"x-folkmoot-background": "1"}).text
    assert "tied" in bob.get("/probe/1").text


def test_health_is_told(browser: Browser) -> None:
    assert browser().get("/healthz").json() == {"status": "ok"}


def test_fields_are_read_with_their_bounds() -> None:
    form = Form({"n": ["7"], "t": [" a\r\nb\0 "], "many": ["1", "", "x"], "when": ["tomorrow"]})
    assert form.integer("n") == 7
    assert form.text("t") == "a\nb"
    assert form.lists("many") == ["1", "x"]
    assert form.integers("many") == []
    form.moment("when")
    assert form.choice("missing", ["a", "b"]) == "a"
    assert set(form.errors) == {"many", "when", "missing"}
