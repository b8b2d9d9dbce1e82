"""One's own account: name, language, appearance, password, tokens."""

import re

from cast import Cast
from conftest import Client

from forum.base.db import reading, transaction
from forum.base.events import Audience, history
from forum.members import people, queries, service
from forum.members.identities import Purpose
from forum.members.passwords import hashed
from forum.members.service import links

OLD, NEW = "the old password", "quite another word"


def test_a_new_name_is_shown_and_stays_out_of_the_log(client: Client, cast: Cast) -> None:
    bob = client("bob")
    bob.post("/settings/name", data={"name": "  Robert   of the yard "})
    assert "Robert of the yard" in bob.get("/settings").text
    with reading() as db:
        last = history(db, f"member:{cast.bob.id}", audience=Audience.MEMBER)[-1]
    assert last.kind == "members:name:changed"
    assert last.payload == {"member": cast.bob.id}


def test_an_empty_name_is_refused_in_place(client: Client) -> None:
    answer = client("bob").post("/settings/name", data={"name": "\u200b"})
    assert answer.status_code == 422
    assert "A name has one to forty characters." in answer.text


def test_language_is_stored_for_members_and_a_cookie_for_guests(client: Client, cast: Cast) -> None:
    bob = client("bob")
    assert (
        bob.post("/language", data={"lang": "zh_Hans_CN", "back": "/stations"}).headers["location"]
        == "/stations"
    )
    assert 'lang="zh-CN"' in bob.get("/settings").text[:200]
    with reading() as db:
        assert people.account(db, cast.bob).lang == "zh_Hans_CN"
    guest = client(None)
    guest.post("/language", data={"lang": "zh_Hans_CN"})
    assert 'lang="zh-CN"' in guest.get("/sign-in").text[:200]
    assert guest.post("/language", data={"lang": "xx"}).status_code == 422


def test_appearance_likewise(client: Client, cast: Cast) -> None:
    bob = client("bob")
    bob.post("/appearance", data={"mode": "elder"})
    bob.post("/appearance", data={"theme": "dark"})
    assert 'data-theme="dark" data-mode="elder"' in bob.get("/settings").text
    guest = client(None)
    guest.post("/appearance", data={"mode": "elder"})
    assert 'data-mode="elder"' in guest.get("/sign-in").text
    assert guest.post("/appearance", data={"mode": "huge"}).status_code == 422


def test_the_password_changes_with_the_old_one_and_ends_other_sign_ins(
    client: Client, cast: Cast
) -> None:
    with transaction() as tx:
        service.set_password(tx, None, cast.bob.id, hashed(OLD))
        token = service.make_token(tx, cast.bob, "a program")
        link = links.make(tx, Purpose.SIGN_IN, lasts=links.LONG, member_id=cast.bob.id)
    here, there = client("bob"), client("bob")
    form = {"old_password": "not it at all", "new_password": NEW}
    assert here.post("/settings/password", data=form).status_code == 422
    weak = {"old_password": OLD, "new_password": "short"}
    assert here.post("/settings/password", data=weak).status_code == 422
    assert here.post("/settings/password", data=form | {"old_password": OLD}).status_code == 303
    assert here.get("/settings").status_code == 200
    assert there.get("/settings").status_code == 303
    bearer = {"authorization": f"Bearer {token}"}
    assert client(None).get("/settings.json", headers=bearer).status_code == 401
    assert client(None).post(f"/sign-in/mail/{link}").status_code == 404
    again = client(None).post("/sign-in", data={"login": "bob", "password": NEW})
    assert again.status_code == 303


def test_a_token_is_shown_once_and_opens_until_revoked(client: Client, cast: Cast) -> None:
    bob = client("bob")
    page = bob.post("/settings/tokens", data={"label": "my script"}).text
    found = re.search(r'id="token" value="([^"]+)"', page)
    assert found
    bearer = {"authorization": f"Bearer {found[1]}"}
    program = client(None)
    assert program.get("/settings.json", headers=bearer).json()["account"]["login"] == "bob"
    settings = bob.get("/settings").text
    assert "my script" in settings
    assert found[1] not in settings
    with reading() as db:
        tokens = [
            event.payload["token"]
            for event in history(db, f"member:{cast.bob.id}", audience=Audience.MEMBER)
            if event.kind == "members:token:made"
        ]
    assert client("alice").post(f"/settings/tokens/{tokens[0]}/revoke").status_code == 404
    assert bob.post(f"/settings/tokens/{tokens[0]}/revoke").status_code == 303
    assert program.get("/settings.json", headers=bearer).status_code == 401


def test_a_retried_token_is_not_kept_among_the_answers(client: Client) -> None:
    bob = client("bob")
    head = {"idempotency-key": "abc", "accept": "application/json"}
    first = bob.post("/settings/tokens", json={"label": "x"}, headers=head).json()
    assert first["token"]
    with reading() as db:
        kept = db.connection().exec_driver_sql("SELECT answer FROM idempotency_key").all()
    assert first["token"] not in str(kept)


def test_roles_stand_in_words(client: Client, cast: Cast) -> None:
    page = client("clerk").get("/settings").text
    assert "Station operator" in page
    assert "Lilac Court station" in page


def test_standing_is_not_confused_between_people(cast: Cast) -> None:
    with reading() as db:
        assert queries.standing(db, cast.dana, [cast.place]).muted
        assert not queries.standing(db, cast.bob, [cast.place]).muted
