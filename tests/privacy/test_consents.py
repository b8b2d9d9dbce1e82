"""Consent by purpose: recorded where the data is given, asked before it is used, taken back."""

import json
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from cast import Cast
from conftest import Client

from forum.base import purposes, registry
from forum.base.db import Db, reading, transaction
from forum.base.errors import NotFound
from forum.base.events import Audience, history
from forum.base.purposes import ASKED, BY_KEY, CHILD, MAIL, PHONE, PUSH, Basis
from forum.members import contacts
from forum.members.identities import ContactKind
from forum.outbox import outlets
from forum.privacy import queries
from forum.privacy import service as privacy
from forum.privacy.models import Way
from forum.privacy.service import consents

registry.load()

NUMBER = {"phone": "13800000000"}
HELD = "/settings/data/consents/phone"


def given(member: int) -> list[tuple[str, Way, bool]]:
    """What somebody consented to, how, and whether it holds."""
    with reading() as db:
        found = queries.consents_of(db, member)
    return [(each.purpose, each.way, each.current) for each in found]


def reword(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    """What a purpose says has changed."""
    newer = BY_KEY[key]._replace(version=BY_KEY[key].version + 1)
    monkeypatch.setitem(purposes.BY_KEY, key, newer)
    asked = [newer if each.key == key else each for each in ASKED]
    monkeypatch.setattr(consents, "ASKED", asked)


def with_mail(cast: Cast) -> None:
    """Bob has an address."""
    with transaction() as tx:
        new = contacts.add(tx, cast.bob, cast.bob.id, ContactKind.MAIL, "bob@example.org")
        contacts.confirm(tx, cast.bob, new)


def reached(member: int) -> bool:
    """Whether news would be written to somebody."""
    with reading() as db:
        return bool(outlets._outlets["mail"].reach(db, [member]))


def test_every_purpose_is_whole_and_says_how_to_take_a_consent_back() -> None:
    assert len(BY_KEY) == len(purposes.PURPOSES)
    for each in purposes.PURPOSES:
        asks = each.basis is Basis.CONSENT
        assert all((each.data, each.use, each.seen, each.kept))
        assert bool(each.ask) == bool(each.loses) == bool(each.page) == asks
    # A child's own has a guardian to take it back; each other one has code that removes the data.
    assert consents.endings.keys() == {each.key for each in ASKED} - {CHILD}


def test_the_form_says_what_for_and_its_sending_is_recorded(client: Client, cast: Cast) -> None:
    bob = client("bob")
    assert purposes.BY_KEY[PHONE].ask in bob.get("/settings/contacts").text
    bob.post("/settings/contacts/phone", data=NUMBER)
    assert given(cast.bob.id) == [(PHONE, Way.SELF, True)]
    page = bob.get("/settings/data").text
    assert f'action="{HELD}/withdraw"' in page


def test_a_clerk_who_notes_a_number_is_named(client: Client, cast: Cast) -> None:
    client("admin").post(f"/counter/{cast.bob.id}/phone", data=NUMBER)
    assert given(cast.bob.id) == [(PHONE, Way.COUNTER, True)]
    assert "noted by The administrator at the counter" in client("bob").get("/settings/data").text


def test_taking_back_removes_the_data_at_once(client: Client, cast: Cast) -> None:
    bob = client("bob")
    bob.post("/settings/contacts/phone", data=NUMBER)
    with_mail(cast)
    assert bob.post(f"{HELD}/withdraw").status_code == 303
    assert given(cast.bob.id) == [(PHONE, Way.SELF, False), (MAIL, Way.SELF, True)]
    with reading() as db:
        assert [row.kind for row in contacts.own(db, cast.bob)] == [ContactKind.MAIL]
    assert bob.post(f"{HELD}/withdraw").status_code == 404
    bob.post("/settings/contacts/phone", data=NUMBER)
    assert given(cast.bob.id)[-1] == (PHONE, Way.SELF, True)


def test_removing_the_last_address_ends_the_consent(client: Client, cast: Cast) -> None:
    with_mail(cast)
    with transaction() as tx:
        contacts.remove(tx, cast.bob, contacts.own(tx, cast.bob)[0].id)
    assert given(cast.bob.id) == [(MAIL, Way.SELF, False)]


def test_new_words_are_asked_for_and_nothing_is_sent_meanwhile(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_mail(cast)
    bob = client("bob")
    assert reached(cast.bob.id)
    assert bob.post("/settings/data/consents/mail/agree").status_code == 409
    reword(monkeypatch, MAIL)
    assert not reached(cast.bob.id)
    for _round in range(2):
        with transaction() as tx:
            consents.ask_again(tx, "")
    asked = "What we use your data for reads differently now."
    assert bob.get("/inbox").text.count(asked) == 1
    assert "The words have changed since you agreed." in bob.get("/settings/data").text
    bob.post("/settings/data/consents/mail/agree")
    assert reached(cast.bob.id)
    assert given(cast.bob.id) == [(MAIL, Way.SELF, False), (MAIL, Way.SELF, True)]


def test_the_log_knows_ids_and_keys_alone(tx: Db, cast: Cast) -> None:
    contacts.add(tx, cast.bob, cast.bob.id, ContactKind.PHONE, NUMBER["phone"])
    consents.withdraw(tx, cast.bob, PHONE)
    log = history(tx, f"member:{cast.bob.id}", audience=Audience.MODERATOR)
    told = [event for event in log if event.kind.startswith("privacy:consent:")]
    assert [event.payload for event in told] == [
        {"member": cast.bob.id, "purpose": PHONE, "version": 1, "way": "self"},
        {"member": cast.bob.id, "purpose": PHONE},
    ]
    assert all(event.actor_id == cast.bob.id for event in told)


@pytest.mark.parametrize("purpose", [PUSH, CHILD, "name", "nothing"])
def test_what_was_not_given_cannot_be_taken_back(tx: Db, cast: Cast, purpose: str) -> None:
    with pytest.raises(NotFound):
        consents.withdraw(tx, cast.bob, purpose)
    with pytest.raises(NotFound):
        consents.agree_again(tx, cast.bob, purpose)


def test_the_copy_says_what_was_consented_to(client: Client, cast: Cast) -> None:
    client("bob").post("/settings/contacts/phone", data=NUMBER)
    answer = client("bob").post("/settings/data/copy")
    told = json.loads(ZipFile(BytesIO(answer.content)).read("person.json"))
    [line] = told["rooms"]["privacy"]["What you consented to"]
    assert line.startswith("Telephone number")
    assert "by yourself" in line


def test_erasure_ends_consents_and_keeps_that_they_were(cast: Cast) -> None:
    with_mail(cast)
    with transaction() as tx:
        privacy.erase(tx, None, cast.bob.id)
    assert given(cast.bob.id) == [(MAIL, Way.SELF, False)]


def test_the_privacy_page_tells_all_purposes_by_their_basis(client: Client) -> None:
    page = unescape(client(None).get("/privacy").text)
    for each in purposes.PURPOSES:
        assert str(each.data) in page
        assert str(each.use) in page
    for words in purposes.BASES.values():
        assert words in page
