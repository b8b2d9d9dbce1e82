"""Posting, answering and rewording arguments."""

from collections.abc import Callable

import pytest
from cast import Cast
from conftest import Client

from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.arguments import queries, rules, service, threads
from forum.arguments.models import Argument, ArgumentRevision, Stance
from forum.arguments.rules import Order
from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict, Forbidden, NotFound
from forum.base.events import Audience, of_subject
from forum.base.verify import verify

Post = Callable[..., int]


@pytest.fixture
def post(tx: Db, cast: Cast) -> Post:
    def make(
        body: str, who: str = "bob", stance: Stance = Stance.PRO, parent: int | None = None
    ) -> int:
        return service.post(tx, cast[who], cast.item, body=body, stance=stance, parent=parent)

    return make


def row(tx: Db, argument: int) -> Argument:
    tx.expire_all()
    return tx.get_one(Argument, argument)


def test_an_argument_appears_on_its_item(client: Client, cast: Cast) -> None:
    path = f"/items/{cast.item}/arguments"
    typed = {"body": "It is **loud**", "stance": "con"}
    answer = client("bob").post(path, data=typed)
    assert answer.status_code == 303
    place = client(None).get(answer.headers["location"]).headers["location"]
    page = client(None).get(place).text
    assert "<strong>loud</strong>" in page
    assert place.partition("#")[2] in page
    assert "1 argument" in client(None).get(f"/consultations/{cast.consultation}").text


def test_who_may_not(client: Client, cast: Cast) -> None:
    path, typed = f"/items/{cast.item}/arguments", {"body": "Me too", "stance": "pro"}
    assert client(None).post(path, data=typed).status_code == 401
    assert client("charlie").post(path, data=typed).status_code == 403
    muted = client("dana").post(path, data=typed)
    assert muted.status_code == 403
    assert "Shouting at others" in muted.text
    assert client("bob").post("/items/999/arguments", data=typed).status_code == 404
    with transaction() as tx:
        agenda.change_state(tx, cast.alice, cast.item, ItemState.VOTING)
    assert client("bob").post(path, data=typed).status_code == 409


def test_a_wrong_form_keeps_what_was_typed(client: Client, cast: Cast) -> None:
    typed = {"body": "A reason without a stance", "stance": "maybe"}
    answer = client("bob").post(f"/items/{cast.item}/arguments", data=typed)
    assert answer.status_code == 422
    assert "A reason without a stance" in answer.text
    empty = client("bob").post(f"/items/{cast.item}/arguments", data={"stance": "pro"})
    assert empty.status_code == 422


def test_programs_post_and_read_json(client: Client, cast: Cast) -> None:
    path = f"/items/{cast.item}/arguments"
    made = client("bob").post(path, json={"body": "Because", "stance": "pro"})
    assert made.status_code == 201
    data = client(None).get(f"{made.json()['url']}.json").json()
    assert data["argument"]["author"] == "Bob"
    listed = client(None).get(f"/items/{cast.item}.json").json()["arguments"]
    assert [each["id"] for each in listed] == [made.json()["id"]]


def test_the_same_twice_is_one(post: Post, cast: Cast) -> None:
    first = post("Double click")
    assert post("Double click") == first
    assert post("Double click", who="alice") != first
    assert post("Double click", parent=first) != first
    with clock.travel(minutes=2, seconds=1):
        assert post("Double click") != first


def test_answers_make_a_thread(tx: Db, post: Post, cast: Cast) -> None:
    first = post("Yes")
    answer = post("No", who="alice", stance=Stance.CON, parent=first)
    deeper = post("Still yes", parent=answer)
    found = row(tx, deeper)
    assert (found.depth, found.side, found.stance) == (2, Stance.PRO, Stance.PRO)
    assert rules.ancestors(found.path) == [first, answer, deeper]
    assert (row(tx, first).replies, row(tx, first).beneath) == (1, 2)
    thread = threads.page(tx, cast.item, reader=None, order=Order.THREAD)
    assert [line.id for line in thread.lines] == [first, answer, deeper]
    with pytest.raises(NotFound):
        post("Where?", parent=999)


def test_the_one_answered_is_told(client: Client, cast: Cast) -> None:
    made = client("bob").post(
        f"/items/{cast.item}/arguments", data={"body": "Yes", "stance": "pro"}
    )
    typed = {"body": "No", "stance": "con"}
    answer = client("alice").post(f"{made.headers['location']}/replies", data=typed)
    assert answer.status_code == 303
    assert "You have an answer" in client("bob").get("/inbox").text
    assert "You have an answer" not in client("alice").get("/inbox").text


def test_a_reply_form_shows_what_it_answers(client: Client, cast: Cast) -> None:
    path = f"/items/{cast.item}/arguments"
    made = client("bob").post(path, data={"body": "Quite a view", "stance": "pro"})
    page = client("alice").get(f"{made.headers['location']}/reply")
    assert "Quite a view" in page.text
    wrong = client("alice").post(f"{made.headers['location']}/replies", data={"body": "I think so"})
    assert wrong.status_code == 422
    assert "Quite a view" in wrong.text
    assert "I think so" in wrong.text


def test_rewording_keeps_the_earlier_words(client: Client, cast: Cast) -> None:
    path = f"/items/{cast.item}/arguments"
    made = client("bob").post(path, data={"body": "It is red", "stance": "pro"}).headers["location"]
    assert client("alice").post(made, data={"body": "It is blue"}).status_code == 403
    assert client("bob").post(made, data={"body": "It is green"}).status_code == 303
    page = client(None).get(f"{made}/revisions").text
    assert "<del> red</del>" in page
    assert "<ins> green</ins>" in page
    assert "changed" in client(None).get(f"/items/{cast.item}").text
    with reading() as db:
        found = of_subject(db, "argument:1", audience=Audience.PUBLIC)
    assert [stored.kind for stored in found] == [
        "arguments:argument:posted",
        "arguments:argument:revised",
    ]


def test_the_same_wording_is_no_revision(tx: Db, post: Post, cast: Cast) -> None:
    made = post("As it is")
    service.edit(tx, cast.bob, made, "As it is")
    assert row(tx, made).revisions == 1


def test_changed_words_are_found_by_verify_erased_ones_are_fine(cast: Cast) -> None:
    with transaction() as tx:
        made = service.post(tx, cast.bob, cast.item, body="I live at …", stance=Stance.PRO)
    with transaction() as tx:
        revision = tx.get_one(ArgumentRevision, row(tx, made).revision_id)
        revision.body = "What I did not say"
    with reading() as db:
        assert [fault.kind for fault in verify(db).faults] == ["text_changed"]
    with transaction() as tx:
        revision = tx.get_one(ArgumentRevision, row(tx, made).revision_id)
        revision.body, revision.html, revision.salt = "", "", None
    with reading() as db:
        assert verify(db).sound


def test_a_very_deep_thread(tx: Db, cast: Cast) -> None:
    line: list[int] = []
    for n in range(rules.PATH_DEPTH + 12):
        who: Actor = cast.bob if n % 2 else cast.alice
        parent = line[-1] if line else None
        body = f"Answer {n}"
        line.append(
            service.post(tx, who, cast.item, body=body, stance=Stance.NEUTRAL, parent=parent)
        )
    last = row(tx, line[-1])
    assert last.parent_id == line[-2]
    assert last.depth == rules.PATH_DEPTH
    assert row(tx, line[0]).beneath == len(line) - 1
    shown = threads.page(tx, cast.item, reader=None, order=Order.THREAD)
    assert [one.id for one in shown.lines] == line[: rules.SHOWN_DEPTH + 1]
    full = queries.in_full(tx, [line[5]], moderates=False)[line[5]]
    more = threads.page(tx, cast.item, reader=None, order=Order.THREAD, under=full)
    assert [one.id for one in more.lines] == line[5 : 5 + rules.SHOWN_DEPTH + 1]


def test_conflicts_name_the_state(tx: Db, post: Post, cast: Cast) -> None:
    made = post("In time")
    agenda.change_state(tx, cast.alice, cast.item, ItemState.VOTING)
    with pytest.raises(Conflict, match="Put to the vote"):
        post("Too late")
    with pytest.raises(Conflict):
        service.edit(tx, cast.bob, made, "Also too late")
    with pytest.raises(Forbidden):
        service.edit(tx, cast.charlie, made, "Not mine")
