"""Being told on a device: adding it, what it is told, and that what is gone is forgotten."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cast import Cast
from conftest import Client
from cryptography.hazmat.primitives.asymmetric import ec
from posting import Service, web_service
from push.test_encryption import opened

from forum.base import clock, sender, settings
from forum.base.db import reading, transaction
from forum.consultations import service as consultations
from forum.members import service as accounts
from forum.outbox import sorting
from forum.push import queries
from forum.push import service as push
from forum.push.encryption import CURVE, packed, point

SECRET = b"0123456789abcdef"


@pytest.fixture
def service(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A push service, and settings that let it be asked."""
    monkeypatch.setattr(sender, "_resting", {})
    settings.configure(data=data, allow_private_addresses=True, base_url="https://moot.example")
    with web_service() as server:
        yield server


@pytest.fixture
def browser() -> ec.EllipticCurvePrivateKey:
    """A browser's key."""
    return ec.generate_private_key(CURVE)


def form(
    service: Service, browser: ec.EllipticCurvePrivateKey, path: str = "/one"
) -> dict[str, str]:
    """What the browser posts once its person has consented."""
    return {
        "endpoint": service.url + path,
        "key": packed(point(browser.public_key())),
        "secret": packed(SECRET),
    }


def invite(cast: Cast, name: str) -> None:
    """Something that somebody is told of at once."""
    with transaction() as tx:
        consultations.strike(tx, cast.alice, cast.consultation, cast[name].id)
        consultations.enlist(tx, cast.alice, cast.consultation, cast[name].id)
    with clock.travel(minutes=3):
        sorting.carry_out()
    with clock.travel(hours=18):
        sorting.carry_out()
        sender.send_due()


def test_a_device_is_told_the_title_and_nothing_else(
    client: Client, cast: Cast, service: Service, browser: ec.EllipticCurvePrivateKey
) -> None:
    answer = client("bob").post("/settings/push", data=form(service, browser))
    assert answer.status_code == 303
    invite(cast, "bob")
    assert len(service.taken) == 1
    _path, head, body = service.taken[0]
    told = json.loads(opened(body, browser, SECRET))
    assert "A lift for block 7" in told["title"]
    assert told["url"] == f"/consultations/{cast.consultation}"
    assert set(told) == {"title", "url", "site"}
    assert head["content-encoding"] == "aes128gcm"
    assert head["authorization"].startswith("vapid t=")
    assert int(head["ttl"]) > 0


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten(
    client: Client, cast: Cast, service: Service, browser: ec.EllipticCurvePrivateKey, status: int
) -> None:
    client("bob").post("/settings/push", data=form(service, browser))
    service.status = status
    invite(cast, "bob")
    with reading() as db:
        assert queries.devices(db, cast.bob) == []
    invite(cast, "bob")
    assert len(service.taken) == 1


def test_a_service_that_is_busy_is_asked_again(
    client: Client, cast: Cast, service: Service, browser: ec.EllipticCurvePrivateKey
) -> None:
    client("bob").post("/settings/push", data=form(service, browser))
    service.status = 503
    invite(cast, "bob")
    service.status = 201
    with clock.travel(days=1):
        sender.send_due()
    assert len(service.taken) == 2
    with reading() as db:
        assert len(queries.devices(db, cast.bob)) == 1


def test_what_may_have_arrived_is_not_shown_twice(
    client: Client, cast: Cast, service: Service, browser: ec.EllipticCurvePrivateKey
) -> None:
    client("bob").post("/settings/push", data=form(service, browser))
    service.status = 0
    invite(cast, "bob")
    with clock.travel(days=1):
        sender.send_due()
    assert len(service.taken) == 1


def test_a_browser_belongs_to_whoever_added_it_last(
    client: Client, cast: Cast, service: Service, browser: ec.EllipticCurvePrivateKey
) -> None:
    client("bob").post("/settings/push", data=form(service, browser))
    client("rong").post("/settings/push", data=form(service, browser))
    with reading() as db:
        assert queries.devices(db, cast.bob) == []
        assert len(queries.devices(db, cast.rong)) == 1


def test_what_waits_for_one_person_is_never_shown_to_another_on_the_same_browser(
    client: Client, cast: Cast, service: Service, browser: ec.EllipticCurvePrivateKey
) -> None:
    client("bob").post("/settings/push", data=form(service, browser))
    service.status = 503
    invite(cast, "bob")
    client("rong").post("/settings/push", data=form(service, browser))
    service.status = 201
    with clock.travel(days=1):
        sender.send_due()
    assert len(service.taken) == 1


@pytest.mark.parametrize("way", ["here", "everywhere", "expired"])
def test_a_device_is_told_nothing_once_its_sign_in_has_ended(
    client: Client, cast: Cast, service: Service, browser: ec.EllipticCurvePrivateKey, way: str
) -> None:
    bob = client("bob")
    bob.post("/settings/push", data=form(service, browser))
    if way == "here":
        bob.post("/sign-out")
    elif way == "everywhere":
        with transaction() as tx:
            accounts.sign_out_everywhere(tx, cast.bob.id)
    with clock.travel(days=61 if way == "expired" else 0):
        invite(cast, "bob")
        assert service.taken == []
        if way == "expired":
            with transaction() as tx:
                push.forget_signed_out(tx, "")
    with reading() as db:
        assert queries.devices(db, cast.bob) == []


def test_ones_own_devices_can_be_removed_and_nobody_elses(
    client: Client, cast: Cast, service: Service, browser: ec.EllipticCurvePrivateKey
) -> None:
    bob = client("bob")
    bob.post("/settings/push", data=form(service, browser))
    with reading() as db:
        (device,) = queries.devices(db, cast.bob)
    assert client("rong").post(f"/settings/push/{device.id}/remove").status_code == 404
    assert bob.post(f"/settings/push/{device.id}/remove").status_code == 303
    assert bob.post(f"/settings/push/{device.id}/remove").status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("endpoint", "javascript:alert(1)"), ("endpoint", "file:///etc/passwd"),
        ("key", "AAAA"), ("secret", "short"), ("endpoint", ""),
    ],
)  # fmt: skip
def test_what_is_no_browser_is_refused(
    client: Client, service: Service, browser: ec.EllipticCurvePrivateKey, field: str, value: str
) -> None:
    given = {**form(service, browser), field: value}
    assert client("bob").post("/settings/push", data=given).status_code == 422


def test_private_addresses_are_not_asked(
    client: Client, cast: Cast, service: Service, browser: ec.EllipticCurvePrivateKey, data: Path
) -> None:
    client("bob").post("/settings/push", data=form(service, browser))
    settings.configure(data=data, base_url="https://moot.example")
    invite(cast, "bob")
    assert service.taken == []


def test_only_so_many_devices(
    client: Client, cast: Cast, service: Service, browser: ec.EllipticCurvePrivateKey
) -> None:
    bob = client("bob")
    for number in range(12):
        bob.post("/settings/push", data=form(service, browser, f"/{number}"))
    with reading() as db:
        assert len(queries.devices(db, cast.bob)) == 10


def test_the_page_is_for_members(client: Client, cast: Cast) -> None:
    assert client(None).get("/settings/push").status_code == 303
    with transaction() as tx:
        accounts.prefer(tx, cast.bob, lang="en")
    assert "Tell me on this device" in client("bob").get("/settings/push").text
