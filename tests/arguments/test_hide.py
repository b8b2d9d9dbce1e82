"""Hiding and restoring: the place and the reason stay, the words do not."""

import pytest
from cast import Cast
from conftest import Client

from forum.arguments import service
from forum.arguments.models import Opinion, Stance
from forum.base.db import Db, transaction
from forum.base.errors import Conflict, Forbidden


@pytest.fixture
def argument(cast: Cast) -> int:
    with transaction() as tx:
        made = service.post(tx, cast.bob, cast.item, body="Something vile", stance=Stance.PRO)
        service.post(tx, cast.shu, cast.item, body="Shame", stance=Stance.CON, parent=made)
        return made


def test_a_tombstone_keeps_the_thread(client: Client, cast: Cast, argument: int) -> None:
    verb = f"/arguments/{argument}/hide"
    page = f"/items/{cast.item}?tab=thread"
    assert "Something vile" in client(None).get(page).text
    assert client("bob").post(verb, data={"reason": "I may"}).status_code == 403
    assert client("alice").post(verb, data={}).status_code == 422
    assert client("alice").post(verb, data={"reason": "Insults"}).status_code == 303
    for who in (None, "bob", "rong"):
        text = client(who).get(page).text
        assert "Something vile" not in text
        assert "Insults" in text
        assert "Shame" in text
    assert "Something vile" in client("alice").get(page).text
    for who in (None, "bob"):
        assert "Something vile" not in client(who).get(f"/items/{cast.item}.json").text
        assert "Something vile" not in client(who).get(f"/arguments/{argument}.json").text
        assert client(who).get(f"/arguments/{argument}/revisions").status_code == 403
    assert "Something vile" not in client(None).get(f"/items/{cast.item}?tab=newest").text


def test_its_author_is_told_and_it_can_come_back(client: Client, cast: Cast, argument: int) -> None:
    verb = f"/arguments/{argument}/hide"
    assert client("alice").post(verb, data={"reason": "Insults"}).status_code == 303
    assert client("alice").post(verb, data={"reason": "Insults"}).status_code == 409
    assert "decided about something of yours: Hidden" in client("bob").get("/inbox").text
    back = f"/arguments/{argument}/restore"
    assert client("bob").post(back).status_code == 403
    assert client("alice").post(back).status_code == 303
    assert client("alice").post(back).status_code == 409
    assert "Something vile" in client(None).get(f"/items/{cast.item}").text
    assert "can be read again" in client("bob").get("/inbox").text


def test_nothing_hangs_on_what_is_hidden(tx: Db, cast: Cast) -> None:
    argument = service.post(tx, cast.bob, cast.item, body="Vile", stance=Stance.PRO)
    service.hide(tx, cast.alice, argument, "Insults")
    with pytest.raises(Conflict):
        service.post(tx, cast.shu, cast.item, body="Oh", stance=Stance.CON, parent=argument)
    with pytest.raises(Conflict):
        service.edit(tx, cast.bob, argument, "Something nice")
    with pytest.raises(Conflict):
        service.react(tx, cast.shu, argument, Opinion.AGREE)
    with pytest.raises(Forbidden):
        service.restore(tx, cast.bob, argument)


def test_what_was_hidden_is_not_brought_back_by_its_author(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        made = service.post(tx, cast.alice, cast.item, body="Fools", stance=Stance.PRO)
        service.hide(tx, cast.admin, made, "Insults")
    back = f"/arguments/{made}/restore"
    assert back not in client("alice").get(f"/items/{cast.item}").text
    assert client("alice").post(back).status_code == 403
    assert back in client("admin").get(f"/items/{cast.item}").text
    assert client("admin").post(back).status_code == 303


def test_the_next_page_offers_to_take_it_back(client: Client, cast: Cast, argument: int) -> None:
    alice = client("alice")
    alice.post(f"/arguments/{argument}/hide", data={"reason": "Insults"})
    toast = alice.get(f"/items/{cast.item}").text.partition('id="toast"')[2].partition("</div>")[0]
    assert f'action="/arguments/{argument}/restore"' in toast
