"""Confirming an address of one's own."""

from cast import Cast
from conftest import Client
from members import post

from forum.base.db import reading, transaction
from forum.members import contacts

MAIL = "bob@example.org"


def test_the_letters_link_confirms_it(client: Client, cast: Cast) -> None:
    bob = client("bob")
    post.with_mail()
    assert bob.post("/settings/contacts/mail", data={"mail": MAIL}).status_code == 303
    assert "Not confirmed yet" in bob.get("/settings/contacts").text
    path = post.link()
    assert bob.get(path).status_code == 200
    with reading() as db:
        assert contacts.mail_of(db, [cast.bob.id]) == {}
    assert bob.post(path).status_code == 303
    with reading() as db:
        assert contacts.by_mail(db, MAIL) == cast.bob.id
    assert bob.post(path).status_code == 404


def test_a_link_is_for_the_account_that_asked(client: Client, cast: Cast) -> None:
    """Else charlie could have bob confirm bob's address for charlie's account."""
    charlie, bob = client("charlie"), client("bob")
    post.with_mail()
    charlie.post("/settings/contacts/mail", data={"mail": MAIL})
    path = post.link()
    assert bob.get(path).status_code == 409
    assert bob.post(path).status_code == 409
    assert client(None).post(path).status_code == 401
    with reading() as db:
        assert contacts.by_mail(db, MAIL) is None


def test_the_old_address_is_told_of_the_new_one(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        post.give_mail(tx, cast.bob.id, MAIL)
    bob = client("bob")
    post.with_mail()
    bob.post("/settings/contacts/mail", data={"mail": "new@example.org"})
    bob.post(post.link())
    to, letter = post.sent()[-1]
    assert to == MAIL
    assert "Your account has another mail address now." in letter.text
    assert "new@example.org" not in letter.text


def test_one_removes_ones_own(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        post.give_mail(tx, cast.bob.id, MAIL)
        mine = contacts.own(tx, cast.bob)[0].id
    assert client("alice").post(f"/settings/contacts/{mine}/remove").status_code == 404
    bob = client("bob")
    assert bob.post(f"/settings/contacts/{mine}/remove").status_code == 303
    assert MAIL not in bob.get("/settings/contacts").text


def test_a_telephone_is_kept_and_waits_for_the_counter(client: Client) -> None:
    bob = client("bob")
    assert bob.post("/settings/contacts/phone", data={"phone": "x"}).status_code == 422
    assert bob.post("/settings/contacts/phone", data={"phone": "13800000000"}).status_code == 303
    page = bob.get("/settings/contacts").text
    assert "+8613800000000" in page
    assert "Not confirmed yet" in page
