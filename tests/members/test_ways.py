"""Sign-in services of one's own account: tying one to it, taking it off."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from cast import Cast
from conftest import Client
from fake_oidc import Provider
from starlette.testclient import TestClient
from vouching import come_back, join

from forum.base import auth, clock, events, settings
from forum.base.db import reading, transaction
from forum.base.events import Audience
from forum.members import people
from forum.members.models import Verification
from forum.members.passwords import hashed
from forum.members.service import providers as ties
from forum.members.service.accounts import set_password

PASSWORD = "correct horse"


@pytest.fixture
def bob(client: Client, cast: Cast) -> TestClient:
    """Bob's browser; he has a password."""
    with transaction() as tx:
        set_password(tx, None, cast.bob.id, hashed(PASSWORD))
    return client("bob")


def go_on(browser: TestClient, provider: Provider, **form: str) -> str:
    """Confirm; returns the way back from the provider."""
    answer = browser.post("/settings/ways/city", data=form or {"password": PASSWORD})
    assert answer.status_code == 200, answer.text
    address = answer.text.partition(f'href="{provider.issuer}')[2].partition('"')[0]
    back = urlsplit(provider.authorize(provider.issuer + address.replace("&amp;", "&")))
    return f"{back.path}?{back.query}"


def test_a_service_opens_the_account_from_then_on(
    client: Client, cast: Cast, provider: Provider, bob: TestClient
) -> None:
    answer = bob.get(go_on(bob, provider))
    assert (answer.status_code, answer.headers["location"]) == (303, "/settings/ways")
    assert "City ID opens your account from now on." in bob.get("/settings/ways").text
    with reading() as db:
        assert people.account(db, cast.bob).verified == Verification.PROVIDER
        told = events.history(db, f"member:{cast.bob.id}", audience=Audience.MODERATOR)
    linked = next(stored for stored in told if stored.kind == "members:provider:linked")
    assert linked.payload == {"member": cast.bob.id, "provider": "city", "first": False}
    other = client(None)
    assert other.get(come_back(other, provider)).headers["location"] == "/"
    assert cast.bob.name in other.get("/settings").text


def test_it_takes_the_password(cast: Cast, provider: Provider, bob: TestClient) -> None:
    for form in ({}, {"password": "guess"}):
        assert bob.post("/settings/ways/city", data=form).status_code == 422
        assert bob.post("/settings/ways/city/remove", data=form).status_code == 422
    assert "attempt" not in bob.cookies


def test_without_a_password_it_takes_a_fresh_sign_in(
    client: Client, cast: Cast, provider: Provider
) -> None:
    browser = client("charlie")
    with transaction() as tx:
        set_password(tx, None, cast.charlie.id, None)  # type: ignore[arg-type]
    with clock.travel(minutes=16):
        assert browser.post("/settings/ways/city").status_code == 403
    assert browser.post("/settings/ways/city").status_code == 200


def test_a_guest_signs_in_first(client: Client, cast: Cast, provider: Provider) -> None:
    assert client(None).get("/settings/ways").headers["location"].startswith("/sign-in")
    assert client(None).post("/settings/ways/city").status_code == 401
    assert client(None).post("/settings/ways/city/remove").status_code == 401


def test_the_way_back_is_for_the_account_that_set_out(
    client: Client, cast: Cast, provider: Provider, bob: TestClient
) -> None:
    """Whoever signs out in between, or in as another, ties nothing to anybody."""
    back = go_on(bob, provider)
    attempt = bob.cookies["attempt"]
    for other in (client(None), client("charlie")):
        other.cookies.set("attempt", attempt)
        assert other.get(back).status_code == 403
    with reading() as db:
        assert ties.linked(db, cast.bob.id) == ties.linked(db, cast.charlie.id) == []


def test_it_opens_one_account_only(
    client: Client, cast: Cast, provider: Provider, bob: TestClient
) -> None:
    join(client(None), provider)
    answer = bob.get(go_on(bob, provider))
    assert answer.status_code == 409
    assert "opens another account already" in answer.text


def test_one_of_each_service(cast: Cast, provider: Provider, bob: TestClient) -> None:
    """Again the same is no news; another one must wait for the first to be taken off."""
    assert bob.get(go_on(bob, provider)).status_code == 303
    assert bob.get(go_on(bob, provider)).status_code == 303
    provider.subject = "u-18"
    assert bob.get(go_on(bob, provider)).status_code == 409


def test_taking_it_off(client: Client, cast: Cast, provider: Provider, bob: TestClient) -> None:
    """The account is known by it no longer, and the service finds nobody."""
    bob.get(go_on(bob, provider))
    answer = bob.post("/settings/ways/city/remove", data={"password": PASSWORD})
    assert answer.headers["location"] == "/settings/ways"
    with reading() as db:
        assert people.account(db, cast.bob).verified == Verification.NONE
    other = client(None)
    assert other.get(come_back(other, provider)).headers["location"].startswith("/register/with/")
    assert bob.post("/settings/ways/city/remove", data={"password": PASSWORD}).status_code == 303


def test_the_only_way_in_stays(client: Client, cast: Cast, provider: Provider) -> None:
    browser = client(None)
    new = join(browser, provider)
    answer = browser.post("/settings/ways/city/remove")
    assert answer.status_code == 409
    with transaction() as tx:
        assert [link.provider for link in ties.linked(tx, new)] == ["city"]
        set_password(tx, None, new, hashed(PASSWORD))
    gone = browser.post("/settings/ways/city/remove", data={"password": PASSWORD})
    assert gone.status_code == 303


def test_a_service_that_proves_nothing_verifies_nobody(
    client: Client, cast: Cast, provider: Provider
) -> None:
    settings.settings().providers = {"city": {**provider.table, "verifies": False}}
    new = join(client(None), provider)
    with reading() as db:
        account = people.account(db, auth.Actor(new, "Willow"))
    assert account.verified == Verification.NONE


def test_what_was_spent_is_forgotten_in_time(cast: Cast, data: object) -> None:
    with transaction() as tx:
        assert ties.spend(tx, kind="state", value="x")
        assert not ties.spend(tx, kind="state", value="x")
        assert ties.spend(tx, kind="ticket", value="x")
        with clock.at(clock.now() + timedelta(days=3)):
            ties.sweep(tx, "")
        assert ties.spend(tx, kind="state", value="x")


def test_the_settings_lead_there(client: Client, cast: Cast, provider: Provider) -> None:
    assert 'href="/settings/ways"' in client("bob").get("/settings").text
    query = parse_qs(urlsplit(client(None).get("/sign-in/with/city").headers["location"]).query)
    assert query["scope"] == ["openid"]
