"""Signing out: this device, another, all others."""

from cast import Cast
from conftest import Client

from forum.base.auth import credentials_of
from forum.base.db import reading
from forum.base.events import Audience, history


def test_this_device_is_out(client: Client) -> None:
    bob = client("bob")
    assert bob.get("/settings").status_code == 200
    answer = bob.post("/sign-out")
    assert 'folkmoot=""' in answer.headers["set-cookie"]
    assert "clear-site-data" not in answer.headers  # another member's post may wait there
    assert bob.get("/settings").status_code == 303


def test_a_shared_device_is_swept(client: Client) -> None:
    bob = client("bob")
    bob.cookies.set("shared", "1")
    assert bob.post("/sign-out").headers["clear-site-data"] == '"storage"'


def test_all_others_are_out_and_their_pages_learn_of_it(client: Client, cast: Cast) -> None:
    here, there = client("bob"), client("bob")
    assert here.post("/settings/devices/others").status_code == 303
    assert here.get("/settings").status_code == 200
    assert there.get("/settings").status_code == 303
    with reading() as db:
        last = history(db, f"member:{cast.bob.id}", audience=Audience.MEMBER)[-1]
    assert (last.kind, last.payload["devices"]) == ("members:signin:ended", 1)


def test_one_device_of_ones_own_and_nobody_elses(client: Client, cast: Cast) -> None:
    bob, alice = client("bob"), client("alice")
    with reading() as db:
        hers = credentials_of(db, cast.alice.id)[0].id
        his = credentials_of(db, cast.bob.id)[0].id
    assert bob.post(f"/settings/devices/{hers}/sign-out").status_code == 404
    assert alice.get("/settings").status_code == 200
    assert client("bob").post(f"/settings/devices/{his}/sign-out").status_code == 303
    assert bob.get("/settings").status_code == 303
