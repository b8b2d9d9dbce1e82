"""From declaring to be under 14 to deciding alone: the child, the guardian, the clerk."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
import young
from cast import Cast
from conftest import Client
from sqlalchemy import select
from sqlmodel import col

from forum.base import clock, purposes, sealing
from forum.base.db import reading, transaction
from forum.base.errors import Conflict, Forbidden, NotFound
from forum.base.events import Audience, history
from forum.base.minors import Minor
from forum.base.purposes import BY_KEY, CHILD
from forum.members import contacts
from forum.members import service as accounts
from forum.members.identities import ContactKind, Purpose
from forum.members.models import Member, Role
from forum.members.service import links
from forum.privacy import queries
from forum.privacy import service as privacy
from forum.privacy.service import consents, guardians
from forum.stations import service as stations

FORM = {"login": "xiaoming", "name": young.TYPED, "password": "a long enough word", "minor": "on"}


def state(ident: int) -> Minor | None:
    """How it stands with somebody."""
    with reading() as db:
        minor = db.get_one(Member, ident).minor
    return Minor(minor) if minor else None


def found(login: str = "xiaoming") -> Member:
    """An account by its login name."""
    with reading() as db:
        who: Member = db.execute(select(Member).where(col(Member.login) == login)).scalar_one()
    return who


def test_the_form_asks_for_a_word_and_no_birthday(client: Client) -> None:
    guest = client(None)
    assert "I am under 14" in guest.get("/register").text
    answer = guest.post("/register", data=FORM)
    assert answer.headers["location"] == "/settings/guardian"
    child = found()
    assert (child.minor, child.name == young.TYPED) == (Minor.WAITING, False)
    assert "There are two ways." in guest.get("/settings/guardian").text


def test_a_slip_an_invitation_and_the_counter_ask_it_as_well(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        until = clock.now() + timedelta(days=3)
        sheet = stations.make_slips(tx, cast.clerk, cast.station, count=1, note="", until=until)
    guest = client(None)
    assert "I am under 14" in guest.get(f"/enter?code={sheet.codes[0]}").text
    slip = {"code": sheet.codes[0], "name": young.TYPED, "minor": "on"}
    assert "/settings/guardian" in guest.post("/enter/new", data=slip).text
    took = {"name": young.TYPED, "minor": "on"}
    card = client("clerk").post(f"/stations/{cast.station}/newcomers", data=took)
    with reading() as db:
        minors = db.execute(select(Member).where(col(Member.minor).is_not(None))).scalars().all()
    assert len(minors) == 2
    assert all(young.TYPED not in member.name for member in minors)
    assert f'href="/counter/{minors[1].id}"' in card.text


def test_by_mail_the_address_of_a_child_is_not_kept(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        sealed = sealing.sealed("x@example.org")
        token = links.make(tx, Purpose.REGISTER, lasts=links.SHORT, sealed=sealed)
    guest = client(None)
    path = f"/register/mail/{token}"
    assert guest.post(path, data=FORM | {"password": ""}).status_code == 422
    assert guest.post(path, data=FORM).headers["location"] == "/settings/guardian"
    with reading() as db:
        assert contacts.kinds(db, found().id) == []


def test_an_account_that_is_declared_later_loses_name_and_addresses(
    client: Client, cast: Cast
) -> None:
    bob = client("bob")
    with transaction() as tx:
        contacts.add(tx, cast.bob, cast.bob.id, ContactKind.PHONE, "13800000000")
    assert "I am under 14" in bob.get("/settings/guardian").text
    assert bob.post("/settings/guardian").status_code == 303
    assert state(cast.bob.id) is Minor.WAITING
    with reading() as db:
        assert contacts.kinds(db, cast.bob.id) == []
        assert db.get_one(Member, cast.bob.id).name != cast.bob.name
    assert client("alice").post("/settings/guardian").status_code == 409
    assert bob.post("/settings/guardian").status_code == 409


def test_a_guardian_reads_the_rules_and_consents_once(client: Client, cast: Cast) -> None:
    ident = young.child(cast)
    path = young.link(ident)
    bob = client("bob")
    assert bob.get(path).status_code == 403  # nobody knows yet who bob is
    young.known(cast)
    page = bob.get(path).text
    assert "Until a guardian has consented, the child can read" in page
    assert str(BY_KEY[CHILD].ask) in page
    assert bob.post(path).status_code == 422
    assert bob.post(path, data={"agreed": "on"}).status_code == 303
    assert state(ident) is Minor.GUARDED
    assert client("bob").post(path, data={"agreed": "on"}).status_code == 404
    inbox = young.browser(client, ident).get("/inbox").text
    assert "A guardian has consented. You can take part now." in inbox
    with reading() as db:
        log = history(db, f"member:{ident}", audience=Audience.MODERATOR)
    given = next(event for event in log if event.kind == "privacy:consent:given")
    assert given.actor_id == cast.bob.id
    assert given.payload == {"member": ident, "purpose": CHILD, "version": 1, "way": "guardian"}


def test_who_cannot_be_a_guardian(client: Client, cast: Cast) -> None:
    ident = young.child(cast)
    path = young.link(ident)
    itself = young.browser(client, ident)
    assert itself.get(path).status_code == 403
    assert itself.post(path, data={"agreed": "on"}).status_code == 403
    with transaction() as tx:
        other = accounts.register(tx, login="lili", name="", password=None, minor=True)
    with reading() as db, pytest.raises(Forbidden):
        guardians.child_of(db, young.actor(other), path.rpartition("/")[2])
    newer = young.link(ident)
    young.known(cast)
    assert client("bob").get(path).status_code == 404  # a newer link took its place
    assert client("bob").get(newer).status_code == 200
    assert client(None).get(newer).headers["location"].startswith("/sign-in")
    with clock.travel(days=8):
        assert client("bob").get(newer).status_code == 404


def test_the_child_shows_the_link_once(client: Client, cast: Cast) -> None:
    asks = young.browser(client, young.child(cast))
    shown = asks.post("/settings/guardian/link").text
    assert "/guardian/" in shown
    assert "<svg" in shown
    assert "/guardian/" not in asks.get("/settings/guardian").text.replace("/settings/guardian", "")


def test_a_guardian_has_the_childs_data_in_hand(client: Client, cast: Cast) -> None:
    ident = young.under(cast)
    bob, base = client("bob"), f"/settings/children/{ident}"
    assert "xiaoming" in bob.get("/settings/children").text
    copy = bob.post(f"{base}/copy")
    assert copy.headers["content-type"] == "application/zip"
    assert b"xiaoming" in ZipFile(BytesIO(copy.content)).read("person.json")
    assert bob.post(f"{base}/erase").status_code == 303
    assert bob.post(f"{base}/erase").status_code == 409
    assert "is going to be erased on" in bob.get("/settings/children").text
    assert bob.post(f"{base}/stay").status_code == 303
    for verb in ("copy", "erase", "stay", "withdraw", "agree"):
        assert client("charlie").post(f"{base}/{verb}").status_code == 404
        assert client("admin").post(f"{base}/{verb}").status_code == 404


def test_taking_back_and_agreeing_again(client: Client, cast: Cast) -> None:
    ident = young.under(cast)
    bob, base = client("bob"), f"/settings/children/{ident}"
    assert bob.post(f"{base}/agree").status_code == 409
    assert bob.post(f"{base}/withdraw").status_code == 303
    assert state(ident) is Minor.WAITING
    assert bob.post(f"{base}/withdraw").status_code == 409
    # Still the guardian: whoever takes consent back may want to have it all erased.
    assert bob.post(f"{base}/erase").status_code == 303
    assert bob.post(f"{base}/agree").status_code == 303
    assert state(ident) is Minor.GUARDED


def test_on_paper_before_a_clerk(client: Client, cast: Cast) -> None:
    ident = young.child(cast)
    clerk, base = client("clerk"), f"/counter/{ident}"
    assert "The guardian has signed" in clerk.get(base).text
    form = clerk.get(f"{base}/guardian/form").text
    assert "xiaoming" in form
    assert "/privacy/children" in form
    for other in ("charlie", "bob", "rong"):
        assert client(other).get(f"{base}/guardian/form").status_code == 404
        for verb in ("child", "guardian", "guardian/withdraw", "grown"):
            assert client(other).post(f"{base}/{verb}").status_code == 404
    assert clerk.post(f"{base}/guardian").status_code == 303
    assert state(ident) is Minor.GUARDED
    assert clerk.post(f"{base}/guardian").status_code == 409
    assert "noted by The clerk at the counter" in clerk.get(base).text
    assert clerk.post(f"{base}/guardian/withdraw").status_code == 303
    assert state(ident) is Minor.WAITING
    assert clerk.post(f"{base}/guardian/withdraw").status_code == 409
    assert client("clerk").get("/children").status_code == 404


def test_paper_may_pass_to_an_account_and_that_to_nobody_else(cast: Cast) -> None:
    ident = young.child(cast)
    young.known(cast, "bob")
    young.known(cast, "charlie")
    with transaction() as tx:
        guardians.consent_on_paper(tx, cast.clerk, ident)
    path = young.link(ident)
    with transaction() as tx:
        guardians.consent(tx, cast.bob, path.rpartition("/")[2])
    with reading() as db:
        child = queries.child(db, ident)
    assert child is not None
    assert child.guardian == cast.bob.id
    with pytest.raises(Conflict):
        young.link(ident)


def test_at_14_the_person_says_so_and_the_station_agrees(client: Client, cast: Cast) -> None:
    ident = young.under(cast)
    asks = young.browser(client, ident)
    assert asks.post("/settings/guardian/grown").status_code == 303
    assert asks.post("/settings/guardian/grown").status_code == 409
    assert state(ident) is Minor.GUARDED
    assert "says to be 14 by now" in client("bob").get("/inbox").text
    assert client("clerk").post(f"/counter/{ident}/grown").status_code == 303
    assert state(ident) is None
    assert asks.post("/settings/name", data={"name": "Ming"}).status_code == 303
    assert client("bob").post(f"/settings/children/{ident}/copy").status_code == 404
    assert "xiaoming" not in client("bob").get("/settings/children").text
    assert "at 14 one decides alone" in client("bob").get("/inbox").text
    with transaction() as tx:
        accounts.grant(tx, None, ident, Role.SECRETARY, cast.place)


def test_rules_that_read_differently_wait_for_the_guardian(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ident = young.under(cast)
    newer = BY_KEY[CHILD]._replace(version=2)
    monkeypatch.setitem(purposes.BY_KEY, CHILD, newer)
    monkeypatch.setattr(consents, "ASKED", [newer])
    with transaction() as tx:
        consents.ask_again(tx, "")
    assert state(ident) is Minor.WAITING
    assert "Please decide anew in the settings." in client("bob").get("/inbox").text
    assert client("bob").post(f"/settings/children/{ident}/agree").status_code == 303
    assert state(ident) is Minor.GUARDED


def test_without_the_guardian_there_is_no_consent(cast: Cast) -> None:
    ident = young.under(cast)
    with transaction() as tx:
        privacy.erase(tx, None, cast.bob.id)
    assert state(ident) is Minor.WAITING
    with transaction() as tx:
        privacy.erase(tx, None, ident)
    with reading() as db:
        assert queries.child(db, ident) is None
        with pytest.raises(NotFound):
            guardians.require_guardian(db, cast.bob, ident)
