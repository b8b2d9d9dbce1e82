"""Receivers of a place's news: who adds them, what they are told, and what they say."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import minuting
import pytest
from cast import Cast
from conftest import Client
from followups import given as tasks
from posting import Service, web_service
from sqlmodel import select

from forum.base import clock, sender, settings
from forum.base.db import reading, transaction
from forum.base.deliveries import Delivery
from forum.base.events import Audience, history
from forum.base.news import Feed
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Visibility
from forum.hooks import queries, service
from forum.hooks.dialects.webhook import signature
from forum.hooks.models import Hook


@pytest.fixture
def receiver(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A receiver, and settings that let it be told."""
    monkeypatch.setattr(sender, "_resting", {})
    settings.configure(data=data, allow_private_addresses=True, base_url="https://moot.example")
    with web_service() as server:
        server.status, server.answer = 200, b'{"errcode": 0, "code": 0}'
        yield server


def form(cast: Cast, receiver: Service, **others: object) -> dict[str, object]:
    """What an administrator fills in."""
    return {
        "place": f"station:{cast.station}", "dialect": "wecom", "label": "Our chat",
        "address": f"{receiver.url}/send?key=secret", "feed": ["tasks", "minutes"], **others,
    }  # fmt: skip


def add(cast: Cast, receiver: Service, dialect: str = "wecom", place: str = "") -> service.Made:
    """The same without a browser."""
    draft = service.Draft(dialect, "Our chat", f"{receiver.url}/x?k=s", "SEC", list(Feed))
    with transaction() as tx:
        return service.make(tx, cast.admin, place or f"station:{cast.station}", draft)


def test_public_news_reach_the_chat_of_a_place_above(
    client: Client, cast: Cast, receiver: Service
) -> None:
    assert client("admin").post("/hooks", data=form(cast, receiver)).status_code == 303
    tasks.task(cast)
    assert sender.send_due() == 1
    ((path, _headers, body),) = receiver.taken
    assert path == "/send?key=secret"
    content = json.loads(body)["text"]["content"]
    assert "Ask three firms for an offer" in content
    assert "https://moot.example/tasks/1" in content
    assert sender.send_due() == 0


def test_only_the_chosen_kinds_are_told(client: Client, cast: Cast, receiver: Service) -> None:
    client("admin").post("/hooks", data=form(cast, receiver, feed=["minutes"]))
    tasks.task(cast)
    assert sender.send_due() == 0
    minuting.approved(cast)  # a day later
    with clock.travel(days=2):
        sender.send_due()
    assert len(receiver.taken) == 1


def test_a_program_gets_a_signed_event(client: Client, cast: Cast, receiver: Service) -> None:
    page = client("admin").post("/hooks", data=form(cast, receiver, dialect="webhook")).text
    secret = re.search(r"whsec_[\w+/=]+", page)
    assert secret is not None
    tasks.task(cast)
    sender.send_due()
    ((_path, headers, body),) = receiver.taken
    wanted = signature(
        secret[0], headers["webhook-id"], headers["webhook-timestamp"], body.decode()
    )
    assert headers["webhook-signature"] == wanted
    event = json.loads(body)
    assert {"specversion", "id", "source", "type", "time", "subject", "data"} <= set(event)
    assert event["type"] == "folkmoot.followups.task.assigned.v1"
    assert event["subject"] == "task:1"
    assert event["source"] == "https://moot.example"
    assert "Three **written** offers" not in body.decode()
    assert secret[0] not in client("admin").get(f"/hooks?place=station:{cast.station}").text


def test_what_is_not_public_is_told_to_nobody(cast: Cast, receiver: Service) -> None:
    add(cast, receiver)
    tasks.task(cast, audience=Audience.MODERATOR)
    with transaction() as tx:
        terms = (Visibility.MEMBERS, Eligibility.LISTED, "Asia/Shanghai")
        draft = consultations.Draft("A lift", "A lift", "A lift", *terms)
        consultations.edit(tx, cast.alice, cast.consultation, draft)
    tasks.task(cast)
    assert sender.send_due() == 0


@pytest.mark.parametrize("who", [None, "alice", "bob", "charlie", "clerk"])
def test_only_administrators_of_the_place_add_them(
    client: Client, cast: Cast, receiver: Service, who: str | None
) -> None:
    made = add(cast, receiver)
    browser = client(who)
    for path in ("/hooks", f"/hooks/{made.id}/remove", f"/hooks/{made.id}/test"):
        assert browser.post(path, data=form(cast, receiver)).status_code in (303, 401, 403)
    assert "Our chat" not in browser.get(f"/hooks?place=station:{cast.station}").text
    with reading() as db:
        assert len(db.execute(select(Hook)).all()) == 1


@pytest.mark.parametrize(
    "address",
    ["http://plain.example/", "ftp://x.example", "https://", "https://u:p@x.example", "x"],
)
def test_only_web_addresses_are_taken(
    client: Client, cast: Cast, receiver: Service, data: Path, address: str
) -> None:
    settings.configure(data=data, base_url="https://moot.example")
    answer = client("admin").post("/hooks", data=form(cast, receiver, address=address))
    assert answer.status_code == 422
    assert client("admin").post("/hooks", data=form(cast, receiver, feed=[])).status_code == 422


def test_addresses_of_the_own_network_are_not_told(
    cast: Cast, receiver: Service, data: Path
) -> None:
    made = add(cast, receiver)
    settings.configure(data=data, base_url="https://moot.example")
    tasks.task(cast)
    assert sender.send_due() == 0
    assert receiver.taken == []
    with reading() as db:
        assert queries.hooks(db, f"station:{cast.station}")[0].silent
        assert queries.target(db, made.id) is not None


def test_a_receiver_that_is_busy_is_told_later_and_one_that_is_gone_is_not(
    client: Client, cast: Cast, receiver: Service
) -> None:
    made = add(cast, receiver)
    receiver.answer = b'{"errcode": 45009}'
    tasks.task(cast)
    assert sender.send_due() == 0
    receiver.answer = b'{"errcode": 93000}'
    with clock.travel(hours=1):
        assert sender.send_due() == 0
        assert len(receiver.taken) == 2
        tasks.task(cast)
        sender.send_due()
        assert len(receiver.taken) == 2
        receiver.answer = b'{"errcode": 0}'
        client("admin").post(f"/hooks/{made.id}/test")
        assert sender.send_due() == 1
        tasks.task(cast)
        assert sender.send_due() == 1


def test_a_receiver_is_removed(client: Client, cast: Cast, receiver: Service) -> None:
    made = add(cast, receiver)
    tasks.task(cast)
    admin = client("admin")
    assert admin.post(f"/hooks/{made.id}/remove").status_code == 303
    assert admin.post(f"/hooks/{made.id}/remove").status_code == 404
    assert sender.send_due() == 0
    assert receiver.taken == []
    with reading() as db:
        told = history(db, f"station:{cast.station}", audience=Audience.MODERATOR)
    assert [event.kind for event in told][-2:] == ["hooks:hook:made", "hooks:hook:removed"]
    assert "k=s" not in str(told)


def test_address_and_secret_are_sealed(cast: Cast, receiver: Service, data: Path) -> None:
    add(cast, receiver, "dingtalk")
    tasks.task(cast)
    with reading() as db:
        row = db.execute(select(Hook)).scalar_one()
        waiting = db.execute(select(Delivery)).scalars().all()
    assert "k=s" not in row.address
    assert "SEC" not in str(row.secret)
    assert waiting
    assert not any("Ask three firms" in str(delivery.letter) for delivery in waiting)


def test_a_place_has_so_many(cast: Cast, receiver: Service, client: Client) -> None:
    for _number in range(service.MOST):
        add(cast, receiver)
    assert client("admin").post("/hooks", data=form(cast, receiver)).status_code == 409


def test_the_whole_platform_has_its_own(client: Client, cast: Cast, receiver: Service) -> None:
    add(cast, receiver, place="platform")
    tasks.task(cast)
    assert sender.send_due() == 1
    assert "Our chat" in client("admin").get("/hooks").text
    assert "/hooks" in client("admin").get("/admin").text


def test_what_waits_for_a_receiver_does_not_reach_the_next_one(
    cast: Cast, receiver: Service
) -> None:
    made = add(cast, receiver)
    receiver.answer = b'{"errcode": 45009}'
    tasks.task(cast)
    sender.send_due()
    with transaction() as tx:
        service.remove(tx, cast.admin, made.id)
    assert add(cast, receiver, place="platform").id == made.id
    receiver.answer = b'{"errcode": 0}'
    with clock.travel(hours=1):
        assert sender.send_due() == 0


@pytest.mark.parametrize(("dialect", "times"), [("wecom", 1), ("webhook", 2)])
def test_only_who_knows_a_message_again_may_get_it_twice(
    cast: Cast, receiver: Service, dialect: str, times: int
) -> None:
    add(cast, receiver, dialect)
    receiver.status = 0
    tasks.task(cast)
    sender.send_due()
    with clock.travel(hours=1):
        sender.send_due()
    assert len(receiver.taken) == times
