"""A counter's screen: begun by an operator, bound to a station, left with its PIN alone."""

import pytest
from cast import Cast
from conftest import Client
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import col
from starlette.testclient import TestClient

from forum.base import auth, clock, kiosk, pictures
from forum.base.db import reading
from forum.base.live import endpoints
from forum.members.models import Member

PIN = "2468"


def begun(client: Client, cast: Cast) -> TestClient:
    """The clerk's browser, which is a kiosk now."""
    screen = client("clerk")
    made = screen.post("/kiosk/start", data={"station": cast.station, "pin": PIN})
    assert made.headers["location"] == "/kiosk"
    return screen


@pytest.mark.usefixtures("data")
def test_the_cookie_says_the_station_and_opens_with_its_pin_alone() -> None:
    cookie = kiosk.begin(7, PIN)
    found = kiosk.read(cookie)
    assert found is not None
    assert found.station == 7
    assert kiosk.opens(found, PIN)
    assert kiosk.opens(found, f" {PIN} ")
    for wrong in ("", "2469", "24680"):
        assert not kiosk.opens(found, wrong)
    assert kiosk.begin(7, PIN) != cookie


@pytest.mark.usefixtures("data")
@given(st.text())
def test_a_cookie_that_we_did_not_sign_makes_no_kiosk(cookie: str) -> None:
    assert kiosk.read(cookie) is None
    _words, _dot, seal = kiosk.begin(7, PIN).rpartition(".")
    assert kiosk.read(f"{cookie}.{seal}") is None


@pytest.mark.usefixtures("data")
def test_the_pin_does_not_stand_in_the_cookie() -> None:
    one, other = (kiosk.read(kiosk.begin(7, PIN)) for _turn in range(2))
    assert one is not None
    assert other is not None
    assert one.lock != other.lock
    assert not kiosk.opens(one._replace(station=8), PIN)


@pytest.mark.parametrize("who", ["bob", "alice", "rong"])
def test_only_who_keeps_the_counter_begins(client: Client, cast: Cast, who: str) -> None:
    form = {"station": cast.station, "pin": PIN}
    assert client(who).post("/kiosk/start", data=form).status_code == 403
    assert "Only the operators" in client(who).get("/kiosk/start").text
    assert client(None).post("/kiosk/start", data=form).status_code == 401
    assert client("admin").post("/kiosk/start", data=form).status_code == 303
    assert client("clerk").post("/kiosk/start", data=form | {"pin": "12"}).status_code == 422


def test_nobody_is_signed_in_on_a_kiosk(client: Client, cast: Cast) -> None:
    screen = client("clerk")
    made = screen.post("/kiosk/start", data={"station": cast.station, "pin": PIN})
    assert f'{auth.COOKIE}=""; HttpOnly; Max-Age=0' in made.headers["set-cookie"]
    with reading() as db:
        assert auth.credentials_of(db, cast.clerk.id) == []
    page = screen.get("/kiosk").text
    assert "Lilac Court station" in page
    assert "data-kiosk" in page[:400]
    assert "data-shared-device" in page[:400]
    assert 'data-mode="elder"' in page[:400]
    assert screen.get("/").headers["location"] == "/kiosk"
    assert screen.get("/sign-in?next=/polls/3").headers["location"] == "/kiosk/phone?to=/polls/3"
    assert screen.get("/register").headers["location"].startswith("/kiosk/phone")
    form = {"login": "newcomer", "name": "New", "password": "a long enough word"}
    assert screen.post("/register", data=form).status_code == 403
    assert screen.post("/sign-in", data={"login": "bob", "password": "x"}).status_code == 403
    with reading() as db:
        query = select(col(Member.id)).where(col(Member.login) == "newcomer")
        assert db.execute(query).first() is None


def test_a_sign_in_that_is_smuggled_in_is_nobodys(client: Client, cast: Cast) -> None:
    screen = begun(client, cast)
    bob = client("bob").cookies[auth.COOKIE]
    screen.cookies.set(auth.COOKIE, bob)
    assert screen.get("/settings").headers["location"].startswith("/sign-in")
    said = {"stance": "pro", "body": "I am Bob"}
    assert screen.post(f"/items/{cast.item}/arguments", data=said).status_code == 403
    cookies = f"{auth.COOKIE}={bob}; {kiosk.COOKIE}={screen.cookies[kiosk.COOKIE]}"
    assert endpoints._reader({"cookie": cookies}, None).credential is None
    assert endpoints._reader({"cookie": f"{auth.COOKIE}={bob}"}, None).credential is not None


def test_a_kiosks_pages_are_kept_apart_from_those_of_guests(client: Client, cast: Cast) -> None:
    path = f"/items/{cast.item}"
    assert "data-kiosk" not in client(None).get(path).text
    assert "data-kiosk" in begun(client, cast).get(path).text
    assert "data-kiosk" not in client(None).get(path).text


def test_beginning_anew_forgets_how_the_one_before_read(client: Client, cast: Cast) -> None:
    screen = begun(client, cast)
    screen.post("/language", data={"lang": "zh_Hans_CN"})
    screen.post("/appearance", data={"text_size": "30"})
    assert 'data-text="30"' in screen.get("/kiosk").text
    screen.get("/kiosk/again")
    assert {"lang", "text", "theme", "mode"}.isdisjoint(screen.cookies)
    assert kiosk.COOKIE in screen.cookies


def test_the_pin_ends_it_and_guessing_is_slow(client: Client, cast: Cast) -> None:
    screen = begun(client, cast)
    with clock.at(clock.now()):
        tried = [screen.post("/kiosk/leave", data={"pin": f"000{n}"}).status_code for n in range(6)]
    assert tried == [422] * 5 + [429]
    other = begun(client, cast)
    assert other.post("/kiosk/leave", data={"pin": PIN}).headers["location"] == "/"
    assert kiosk.COOKIE not in other.cookies
    assert other.get("/kiosk/leave").status_code == 404


def test_the_slip_holds_the_words_and_nothing_is_published(client: Client, cast: Cast) -> None:
    screen = begun(client, cast)
    assert "Which kind of lift?" in screen.get("/kiosk/say").text
    form = {"topic": cast.item, "stance": "con", "body": "Not before <my> window"}
    slip = screen.post("/kiosk/say", data=form)
    assert slip.status_code == 200
    assert "Not before &lt;my&gt; window" in slip.text
    assert "Nothing has been published yet" in slip.text
    assert slip.headers["cache-control"] == "private, no-store"
    assert client("alice").get(f"/items/{cast.item}.json").json()["arguments"] == []
    assert screen.post("/kiosk/say", data=form | {"body": ""}).status_code == 422
    assert screen.post("/kiosk/say", data=form | {"topic": 99}).status_code == 409
    assert client("bob").post("/kiosk/say", data=form).status_code == 404


def test_the_code_leads_to_this_site_alone(client: Client, cast: Cast) -> None:
    screen = begun(client, cast)
    code = str(pictures.qr(f"http://testserver/items/{cast.item}"))
    assert code in screen.get(f"/kiosk/phone?to=/items/{cast.item}").text
    away = screen.get("/kiosk/phone?to=//elsewhere.example/").text
    assert str(pictures.qr("http://testserver/")) in away
