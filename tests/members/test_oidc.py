"""Coming in by OpenID Connect: who gets in, and every way in which somebody else does not."""

import logging
from urllib.parse import parse_qs, urlsplit

import fake_oidc
import pytest
from cast import Cast
from conftest import Client
from fake_oidc import Provider
from sqlalchemy import text
from vouching import come_back, join, refused, set_out

from forum.base import auth, clock, settings
from forum.base.db import reading, transaction
from forum.members.models import Member, Verification
from forum.members.providers import oidc


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_somebody_new_says_a_name_and_is_in(
    client: Client, cast: Cast, provider: Provider, algorithm: str
) -> None:
    provider.algorithm = algorithm
    browser = client(None)
    new = join(browser, provider)
    with reading() as db:
        member = db.get(Member, new)
        assert member is not None
        assert (member.verified, member.password) == (Verification.PROVIDER, None)
    assert browser.get("/settings").status_code == 200
    again = client(None)
    landed = again.get(come_back(again, provider))
    assert (landed.status_code, landed.headers["location"]) == (303, "/")
    assert "Willow" in again.get("/settings").text


def test_only_a_keyed_digest_is_kept(client: Client, cast: Cast, provider: Provider) -> None:
    """Neither the subject nor the address that the token told is anywhere in the database."""
    provider.subject = "subject-of-willow"
    join(client(None), provider)
    with reading() as db:
        tables = db.execute(text("select name from sqlite_master where type = 'table'")).scalars()
        for table in tables.all():
            rows = db.execute(text(f'select * from "{table}"')).all()
            assert "subject-of-willow" not in repr(rows), table
            assert "somebody@example.org" not in repr(rows), table


def test_the_way_back_is_kept(client: Client, cast: Cast, provider: Provider) -> None:
    """Who wanted to a page comes to it, and never to another site."""
    join(client(None), provider)
    for wish, landed in (("/tasks", "/tasks"), ("//evil.example", "/"), ("https://evil", "/")):
        browser = client(None)
        path = f"/sign-in/with/city?next={wish}"
        back = urlsplit(provider.authorize(set_out(browser, path)))
        answer = browser.get(f"{back.path}?{back.query}")
        assert answer.headers["location"] == landed
    browser = client(None)
    back = urlsplit(
        provider.authorize(set_out(browser, "/sign-in/with/city?next=/%5Cevil.example"))
    )
    assert browser.get(f"{back.path}?{back.query}").headers["location"] == "/%5Cevil.example"


def test_a_state_works_once(client: Client, cast: Cast, provider: Provider) -> None:
    """Even with the cookie of the first time and a code of today."""
    join(client(None), provider)
    browser = client(None)
    there = set_out(browser)
    cookie = browser.cookies["attempt"]
    first, second = (urlsplit(provider.authorize(there)) for _time in range(2))
    assert browser.get(f"{first.path}?{first.query}").headers["location"] == "/"
    thief = client(None)
    thief.cookies.set("attempt", cookie)
    refused(thief, f"{second.path}?{second.query}")


def test_anothers_answer_opens_nothing(client: Client, cast: Cast, provider: Provider) -> None:
    """Login CSRF: an attacker's own code and state, in somebody's browser that did not set out."""
    join(client(None), provider)
    attacker = client(None)
    theirs = come_back(attacker, provider)
    refused(client(None), theirs)
    victim = client(None)
    set_out(victim)
    refused(victim, theirs)


def test_a_forged_cookie_opens_nothing(client: Client, cast: Cast, provider: Provider) -> None:
    browser = client(None)
    path = come_back(browser, provider)
    signed = browser.cookies["attempt"]
    forger = client(None)
    forger.cookies.set("attempt", signed[:-4] + ("aaaa" if signed[-4:] != "aaaa" else "bbbb"))
    refused(forger, path)


def test_an_attempt_has_ten_minutes(client: Client, cast: Cast, provider: Provider) -> None:
    browser = client(None)
    path = come_back(browser, provider)
    attempts = pytest.MonkeyPatch()
    later = clock.now().timestamp() + 660
    attempts.setattr("itsdangerous.timed.time.time", lambda: later)
    try:
        refused(browser, path)
    finally:
        attempts.undo()


def test_two_providers_are_not_mixed_up(client: Client, cast: Cast, provider: Provider) -> None:
    """An answer to one is none to the other, and one that names another issuer is none at all."""
    with fake_oidc.provider() as other:
        other.moment = provider.moment
        settings.settings().providers = {"city": provider.table, "bad": {**other.table}}
        browser = client(None)
        path = come_back(browser, provider)
        refused(browser, path.replace("/city/", "/bad/"))
        assert "/token" not in other.asked
        path = come_back(browser, provider)
        refused(browser, f"{path}&iss={other.issuer}")
        provider.about = {"authorization_response_iss_parameter_supported": True}
        oidc.forget()
        refused(browser, come_back(browser, provider))
        named = f"{come_back(browser, provider)}&iss={provider.issuer}"
        assert browser.get(named).status_code == 303


def test_the_same_subject_of_two_providers_is_two_people(
    client: Client, cast: Cast, provider: Provider
) -> None:
    with fake_oidc.provider() as other:
        other.moment = provider.moment
        first = join(client(None), provider)
        settings.settings().providers = {"city": {**other.table}}
        assert join(client(None), other, "Aspen") != first


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": None},
        {"authorization_endpoint": 7},
    ],
    ids=str,
)
def test_a_wrong_discovery_is_refused(
    client: Client, cast: Cast, provider: Provider, about: dict[str, object]
) -> None:
    provider.about = about
    assert client(None).get("/sign-in/with/city").status_code == 403


def test_who_says_no_there_is_not_in_here(client: Client, cast: Cast, provider: Provider) -> None:
    browser = client(None)
    query = parse_qs(urlsplit(set_out(browser)).query)
    refused(browser, f"/sign-in/with/city/back?error=access_denied&state={query['state'][0]}")


def test_a_code_of_nobody_is_refused(client: Client, cast: Cast, provider: Provider) -> None:
    browser = client(None)
    query = parse_qs(urlsplit(set_out(browser)).query)
    refused(browser, f"/sign-in/with/city/back?code=guessed&state={query['state'][0]}")


def test_a_provider_that_is_down_is_said(client: Client, cast: Cast, provider: Provider) -> None:
    settings.settings().providers = {"city": {**provider.table, "issuer": "http://127.0.0.1:9"}}
    answer = client(None).get("/sign-in/with/city")
    assert answer.status_code == 502
    assert "City ID does not answer" in answer.text


def test_a_private_provider_is_not_asked(client: Client, cast: Cast, provider: Provider) -> None:
    """A hall must say that it means it."""
    settings.settings().allow_private_addresses = False
    settings.settings().providers = {"hall": {**provider.table, "issuer": "https://10.0.0.1"}}
    assert client(None).get("/sign-in/with/hall").status_code == 502


def test_an_unfinished_table_is_left_out(
    client: Client, cast: Cast, data: object, caplog: pytest.LogCaptureFixture
) -> None:
    """The journal says which and why, and quotes no secret."""
    settings.settings().providers = {
        "plain": {"issuer": "http://city.example", "client_id": "x", "secret": "hush-hush"},
        "odd": {"kind": "saml"},
        "Bad Key": {"issuer": "https://city.example", "client_id": "x"},
    }
    with caplog.at_level(logging.ERROR, "folkmoot.providers"):
        assert "/sign-in/with/" not in client(None).get("/sign-in").text
    assert all(name in caplog.text for name in ("plain", "odd", "Bad Key"))
    assert "hush-hush" not in caplog.text + repr(settings.settings())


def test_closed_registration_is_closed_here_too(
    client: Client, cast: Cast, provider: Provider
) -> None:
    from forum.members import options, service  # noqa: PLC0415

    with transaction() as tx:
        service.set_options(tx, cast.admin, "platform", {options.REGISTRATION.key: "closed"})
    browser = client(None)
    assert browser.get(come_back(browser, provider)).status_code == 403


def test_the_second_step_stands_behind_it(
    client: Client, cast: Cast, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service is the first step only."""
    join(client(None), provider)
    monkeypatch.setattr("forum.members.second.has", lambda _db, _member: True)
    browser = client(None)
    answer = browser.get(come_back(browser, provider))
    assert answer.headers["location"] == "/sign-in/code"
    assert auth.COOKIE not in browser.cookies


def test_a_link_to_nowhere(client: Client, cast: Cast, provider: Provider) -> None:
    assert client(None).get("/sign-in/with/nobody").status_code == 404
    assert client(None).get("/sign-in/with/nobody/back").status_code == 404
    assert client(None).get("/register/with/guess").status_code == 404
    assert client(None).post("/register/with/guess", data={"name": "A"}).status_code == 404
    assert client("bob").get("/sign-in/with/city").headers["location"] == "/"


def test_the_sign_in_page_offers_it(client: Client, cast: Cast, provider: Provider) -> None:
    page = client(None).get("/sign-in?next=/tasks").text
    assert 'href="/sign-in/with/city?next=/tasks"' in page
    assert "Sign in with City ID" in page
    assert "City ID" in client(None).get("/register").text
