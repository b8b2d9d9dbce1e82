"""Texts that a screen holds: nobody but author and moderators sees them, on whatever path."""

import minuting
import pytest
from cast import Cast
from conftest import Client
from flagging import held, screens

from forum.agenda.models import HeldState
from forum.arguments import held as waiting
from forum.arguments import service as arguments
from forum.arguments.models import Stance
from forum.base import transfer
from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict, Forbidden, NotFound
from forum.base.events import Audience, head, history

SECRET = "Buy cheap lifts at Zephyr"


def seen(cast: Cast, audience: Audience) -> list[str]:
    with reading() as db:
        return [event.kind for event in history(db, cast.place, audience=audience)]


def test_a_text_waits_and_its_author_is_told_so(client: Client, cast: Cast) -> None:
    screens(cast, word_list={"on": True, "words": ["zephyr"]})
    bob = client("bob")
    answer = bob.post(f"/items/{cast.item}/arguments", data={"body": SECRET, "stance": "pro"})
    assert answer.status_code == 303
    place = answer.headers["location"]
    assert place.startswith("/held/")
    page = bob.get(place).text
    assert SECRET in page
    assert "A moderator looks at it before others see it" in page
    assert "A moderator looks at what you wrote" in bob.get(f"/items/{cast.item}").text
    assert seen(cast, Audience.DESK)[-1] != "arguments:text:held"
    kinds = seen(cast, Audience.MODERATOR)[-2:]
    assert kinds == ["arguments:text:held", "oversight:flag:raised"]


def test_sent_twice_it_waits_once(client: Client, cast: Cast) -> None:
    screens(cast, word_list={"on": True, "words": ["zephyr"]})
    form = {"body": SECRET, "stance": "pro"}
    bob = client("bob")
    places = {
        bob.post(f"/items/{cast.item}/arguments", data=form).headers["location"] for _ in "ab"
    }
    assert len(places) == 1


PATHS = (
    "/items/{item}", "/items/{item}?tab=newest", "/items/{item}?tab=agreed",
    "/items/{item}?tab=thread", "/items/{item}.json", "/consultations/{consultation}",
    "/consultations/{consultation}.json", "/", "/mine", "/held/{held}", "/held/{held}.json",
    "/arguments/{held}", "/arguments/{held}.json", "/chain/held/{held}", "/audit?stream={place}",
    "/audit.json?stream={place}", "/live/{place}/events?after=0", "/moderation?place={place}",
    "/moderation/queue", "/moderation/queue/held/{held}", "/reports/new?about=held:{held}",
    "/inbox", "/items/{item}/history",
)  # fmt: skip


@pytest.mark.parametrize("who", [None, "rong", "charlie", "clerk"])
def test_nothing_of_it_is_seen_by_others(client: Client, cast: Cast, who: str | None) -> None:
    with reading() as db:
        before = head(db, cast.place)
    number = held(cast, SECRET)
    browser = client(who)
    known = {
        "item": cast.item, "consultation": cast.consultation, "held": number, "place": cast.place,
    }  # fmt: skip
    for path in PATHS:
        answer = browser.get(path.format(**known))
        assert answer.status_code < 500, path
        assert "Zephyr" not in answer.text, path
    assert browser.get(f"/held/{number}").status_code in (303, 404)
    with reading() as db:
        # Hidden events stand in a public log as their digest alone.
        shown = history(db, cast.place, after=before, audience=Audience.DESK)
        assert [event.kind for event in shown] == []


def test_it_is_counted_nowhere(client: Client, cast: Cast) -> None:
    before = client(None).get(f"/items/{cast.item}.json").json()["item"]["voices"]
    number = held(cast, SECRET)
    data = client(None).get(f"/items/{cast.item}.json").json()
    assert data["item"]["voices"] == before
    assert data["arguments"] == []
    assert data["waiting"] == []
    with transaction() as tx:
        arguments.release(tx, cast.alice, number)
    assert client(None).get(f"/items/{cast.item}.json").json()["item"]["voices"] == before + 1


def test_a_guests_kept_page_is_made_anew_only_when_it_is_out(client: Client, cast: Cast) -> None:
    guest, path = client(None), f"/items/{cast.item}"
    assert "Zephyr" not in guest.get(path).text
    number = held(cast, SECRET)
    assert "Zephyr" not in guest.get(path).text
    with transaction() as tx:
        arguments.release(tx, cast.alice, number)
    assert SECRET in guest.get(path).text


def test_minutes_and_their_exports_leave_it_out(cast: Cast) -> None:
    held(cast, SECRET)
    sat = minuting.circulated(cast)
    transfer.discover()
    known = [one for (kind, _format), one in transfer.exporters.items() if kind == "minutes"]
    with reading() as db:
        made = [one.write(db, sat.minutes, Audience.MODERATOR) for one in known]
    assert len(made) > 2
    assert b"Zephyr" not in b"".join(made)


def test_release_publishes_it_now_in_its_authors_name(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        above = arguments.post(tx, cast.rong, cast.item, body="Which one?", stance=Stance.QUESTION)
    number = held(cast, SECRET, parent=above)
    assert "You have an answer" not in client("rong").get("/inbox").text
    with transaction() as tx:
        made = arguments.release(tx, cast.alice, number)
    assert "You have an answer" in client("rong").get("/inbox").text
    assert "is published" in client("bob").get("/inbox").text
    with reading() as db:
        log = history(db, cast.place, audience=Audience.MODERATOR)[-2:]
        assert [event.kind for event in log] == [
            "arguments:argument:posted", "arguments:text:released",
        ]  # fmt: skip
        assert log[0].actor_id == cast.bob.id
        assert waiting.access(db, cast.bob, number)[1].state is HeldState.PUBLISHED
    page = client(None).get(f"/items/{cast.item}").text
    assert SECRET in page
    assert f"argument-{made}" in page


def test_a_new_wording_waits_while_the_old_one_stands(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        made = arguments.post(tx, cast.bob, cast.item, body="A glass one.", stance=Stance.PRO)
    screens(cast, word_list={"on": True, "words": ["zephyr"]})
    bob = client("bob")
    place = bob.post(f"/arguments/{made}", data={"body": SECRET}).headers["location"]
    assert place.startswith("/held/")
    page = client(None).get(f"/items/{cast.item}").text
    assert "A glass one." in page
    assert "Zephyr" not in page
    assert "Zephyr" not in client("rong").get(f"/arguments/{made}/revisions").text
    again = bob.post(f"/arguments/{made}", data={"body": f"{SECRET}!"}).headers["location"]
    assert again == place
    with transaction() as tx:
        assert arguments.release(tx, cast.alice, int(place.rpartition("/")[2])) == made
    assert f"{SECRET}!" in client(None).get(f"/items/{cast.item}").text


def test_who_decides_and_when(tx: Db, cast: Cast) -> None:
    number = held(cast, SECRET, tx=tx)
    with pytest.raises(NotFound):
        arguments.release(tx, cast.rong, number)
    with pytest.raises(Forbidden):
        arguments.release(tx, cast.bob, number)
    with pytest.raises(Forbidden):
        arguments.revise_held(tx, cast.alice, number, "Other words")
    arguments.refuse(tx, cast.alice, number)
    with pytest.raises(Conflict):
        arguments.refuse(tx, cast.alice, number)
    with pytest.raises(Conflict):
        arguments.revise_held(tx, cast.bob, number, "Other words")
    arguments.release(tx, cast.admin, number)  # an appeal may find otherwise
    with pytest.raises(Conflict):
        arguments.release(tx, cast.admin, number)


def test_its_author_puts_it_differently(client: Client, cast: Cast) -> None:
    number = held(cast, SECRET)
    bob = client("bob")
    assert bob.post(f"/held/{number}", data={"body": ""}).status_code == 422
    assert bob.post(f"/held/{number}", data={"body": "A quiet one."}).status_code == 303
    assert "A quiet one." in bob.get(f"/held/{number}").text
    assert client("rong").post(f"/held/{number}", data={"body": "Mine"}).status_code == 404
    assert client("alice").post(f"/held/{number}", data={"body": "Mine"}).status_code == 403


def test_moderators_are_not_screened_by_themselves(client: Client, cast: Cast) -> None:
    screens(cast, word_list={"on": True, "words": ["zephyr"]})
    form = {"body": SECRET, "stance": "pro"}
    answer = client("alice").post(f"/items/{cast.item}/arguments", data=form)
    assert answer.headers["location"].startswith("/arguments/")
