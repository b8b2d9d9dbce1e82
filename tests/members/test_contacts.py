"""Addresses and numbers: sealed, found, confirmed, seen by staff with a reason."""

import pytest
from cast import Cast
from conftest import Client
from hypothesis import given
from hypothesis import strategies as st
from members import post

from forum.base import keys
from forum.base.canonical import sha256hex
from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict, Invalid, NotFound
from forum.base.events import Audience, history
from forum.members import contacts, people, reach, service
from forum.members.identities import ContactKind
from forum.members.models import Role, Verification

MAIL = "Bob.Lee@Example.org"


def test_an_address_is_found_by_any_spelling_and_lies_nowhere_in_clear(tx: Db, cast: Cast) -> None:
    post.give_mail(tx, cast.bob.id, MAIL)
    assert contacts.by_mail(tx, " bob.lee@example.ORG ") == cast.bob.id
    assert contacts.by_mail(tx, "somebody@example.org") is None
    assert contacts.mail_of(tx, [cast.bob.id, cast.alice.id]) == {cast.bob.id: MAIL}
    rows = tx.connection().exec_driver_sql("SELECT * FROM member_contact").all()
    log = tx.connection().exec_driver_sql("SELECT * FROM event").all()
    assert "xample" not in str(rows) + str(log)


def test_another_key_reads_nothing(tx: Db, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    post.give_mail(tx, cast.bob.id, MAIL)
    monkeypatch.setattr(keys, "sealing_secret", lambda: b"another key of thirty-two bytes!")
    assert contacts.mail_of(tx, [cast.bob.id]) == {}
    assert contacts.by_mail(tx, MAIL) is None
    assert [row.value for row in contacts.own(tx, cast.bob)] == [None]


def test_what_is_not_confirmed_opens_nothing(tx: Db, cast: Cast) -> None:
    contacts.add(tx, cast.bob, cast.bob.id, ContactKind.MAIL, MAIL)
    assert contacts.by_mail(tx, MAIL) is None
    assert contacts.mail_of(tx, [cast.bob.id]) == {}


def test_a_mail_address_is_one_persons_and_a_telephone_may_be_a_households(
    tx: Db, cast: Cast
) -> None:
    post.give_mail(tx, cast.bob.id, MAIL)
    hers = contacts.add(tx, cast.alice, cast.alice.id, ContactKind.MAIL, MAIL)
    with pytest.raises(Conflict):
        contacts.confirm(tx, None, hers)
    for member in (cast.bob.id, cast.alice.id):
        new = contacts.add(tx, None, member, ContactKind.PHONE, "138 0000-0000")
        contacts.confirm(tx, None, new)
    assert contacts.own(tx, cast.alice)[-1].value == "+8613800000000"


def test_the_newly_confirmed_takes_the_place_of_the_old(tx: Db, cast: Cast) -> None:
    post.give_mail(tx, cast.bob.id, MAIL)
    new = contacts.add(tx, cast.bob, cast.bob.id, ContactKind.MAIL, "new@example.org")
    assert contacts.confirm(tx, cast.bob, new) == MAIL
    assert contacts.by_mail(tx, MAIL) is None
    assert contacts.mail_of(tx, [cast.bob.id]) == {cast.bob.id: "new@example.org"}


def test_the_level_rises_with_an_address_and_sinks_without(tx: Db, cast: Cast) -> None:
    assert people.account(tx, cast.bob).verified == Verification.NONE
    post.give_mail(tx, cast.bob.id, MAIL)
    assert people.account(tx, cast.bob).verified == Verification.MAIL
    contacts.remove(tx, cast.bob, contacts.own(tx, cast.bob)[0].id)
    tx.expire_all()
    assert people.account(tx, cast.bob).verified == Verification.NONE


def test_nobody_removes_anothers(tx: Db, cast: Cast) -> None:
    post.give_mail(tx, cast.bob.id, MAIL)
    with pytest.raises(NotFound):
        contacts.remove(tx, cast.alice, contacts.own(tx, cast.bob)[0].id)


@pytest.mark.parametrize("wrong", ["bob", "a@b", "a b@example.org", "a@example.org\nBcc: x@y.zz"])
def test_what_is_no_address_is_refused_in_place(tx: Db, cast: Cast, wrong: str) -> None:
    with pytest.raises(Invalid) as refused:
        contacts.add(tx, cast.bob, cast.bob.id, ContactKind.MAIL, wrong)
    assert set(refused.value.fields) == {"mail"}


@given(st.text(max_size=60))
def test_no_address_carries_a_line_or_a_second_recipient(text: str) -> None:
    kept = reach.normalised(ContactKind.MAIL, text + "@example.org")
    assert kept is None or (kept.count("@") == 1 and not set(kept) & set(" \r\n,;<>"))


def test_staff_see_it_with_a_reason_that_the_person_reads(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        service.admit(tx, cast.admin, cast.bob.id, f"station:{cast.station}")
        post.give_mail(tx, cast.bob.id, MAIL)
    clerk, address = client("clerk"), f"/counter/{cast.bob.id}"
    assert MAIL not in clerk.get(address).text
    assert clerk.post(f"{address}/contacts", data={"reason": ""}).status_code == 422
    why = "To tell him that the meeting moved"
    assert MAIL in clerk.post(f"{address}/contacts", data={"reason": why}).text
    page = client("bob").get("/settings/contacts").text
    assert why in page
    assert "The clerk" in page
    assert "The clerk saw how to reach you." in client("bob").get("/inbox").text
    with reading() as db:
        last = history(db, f"member:{cast.bob.id}", audience=Audience.MEMBER)[-1]
    assert (last.kind, last.actor_id) == ("members:contact:unsealed", cast.clerk.id)
    assert last.payload == {"member": cast.bob.id}


@pytest.mark.parametrize("who", [None, "alice", "charlie", "clerk", "bob"])
def test_who_does_not_look_after_somebody_finds_nothing(
    client: Client, cast: Cast, who: str | None
) -> None:
    """Bob is no resident of the clerk's station; and nobody is their own clerk."""
    with transaction() as tx:
        post.give_mail(tx, cast.bob.id, MAIL)
    browser, base = client(who), f"/counter/{cast.bob.id}"
    assert browser.get(base).status_code == (303 if who is None else 404)
    verbs = {"contacts": {"reason": "Just to know it"}, "verify": {"method": "staff"},
             "phone": {"phone": "13800000000"}, "code": {}, "second-step": {}}  # fmt: skip
    for verb, form in verbs.items():
        status = browser.post(f"{base}/{verb}", data=form).status_code
        assert status == (401 if who is None else 404), verb
    with reading() as db:
        assert contacts.accesses(db, cast.bob.id) == []


def test_a_smaller_places_operator_is_no_clerk(tx: Db, cast: Cast) -> None:
    """A consultation takes in whom it likes: that opens nobody's seal."""
    service.grant(tx, None, cast.charlie.id, Role.OPERATOR, cast.place)
    service.grant(tx, None, cast.bob.id, Role.RESIDENT, cast.place)
    with pytest.raises(NotFound):
        contacts.unseal(tx, cast.charlie, cast.bob.id, "Because I can do it")


def test_the_digest_is_keyed() -> None:
    assert reach.digest(ContactKind.MAIL, "a@b.org") != sha256hex(b"mail:a@b.org")
