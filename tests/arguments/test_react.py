"""Agreeing, disagreeing, passing: one a member, bound to the wording that they saw."""

import pytest
from cast import Cast
from conftest import Client

from forum.arguments import queries, service, threads
from forum.arguments.models import Argument, Opinion, Reaction, Stance
from forum.arguments.rules import Order
from forum.base.db import Db, reading, transaction
from forum.base.events import Audience, of_subject
from forum.consultations import service as consultations
from forum.consultations.models import Stage


@pytest.fixture
def argument(cast: Cast) -> int:
    with transaction() as tx:
        return service.post(tx, cast.bob, cast.item, body="Yes", stance=Stance.PRO)


def counts(argument: int) -> tuple[int, int, int]:
    with reading() as db:
        row = queries.in_full(db, [argument], moderates=False)[argument]
        return row.agree, row.disagree, row.passes


def test_one_person_one_reaction(tx: Db, cast: Cast) -> None:
    argument = service.post(tx, cast.bob, cast.item, body="Yes", stance=Stance.PRO)

    def now() -> tuple[int, int, int]:
        row = tx.get_one(Argument, argument)
        return row.agree, row.disagree, row.passes

    service.react(tx, cast.alice, argument, Opinion.AGREE)
    service.react(tx, cast.shu, argument, Opinion.AGREE)
    assert now() == (2, 0, 0)
    service.react(tx, cast.alice, argument, Opinion.DISAGREE)
    service.react(tx, cast.alice, argument, Opinion.DISAGREE)
    assert now() == (1, 1, 0)
    service.react(tx, cast.alice, argument, None)
    service.react(tx, cast.alice, argument, None)
    assert now() == (1, 0, 0)
    assert tx.get(Reaction, (argument, cast.alice.id)) is None


def test_the_button_alone_comes_back(client: Client, cast: Cast, argument: int) -> None:
    verb = f"/arguments/{argument}/reaction?revision=1&view=0"
    headers = {"hx-request": "true", "hx-target": f"argument-{argument}"}
    typed = {"opinion": "agree"}
    piece = client("alice").post(verb, data=typed, headers=headers)
    assert piece.status_code == 200
    assert piece.text.startswith("<article")
    assert 'value="none" aria-pressed="true"' in piece.text
    page = client("alice").get(f"/items/{cast.item}").text
    assert piece.text in page
    again = client("alice").post(verb, data=typed | {"opinion": "none"}, headers=headers)
    assert 'aria-pressed="true"' not in again.text
    assert counts(argument) == (0, 0, 0)


def test_without_script_one_comes_back_to_where_one_was(
    client: Client, cast: Cast, argument: int
) -> None:
    browser = client("alice")
    verb, typed = f"/arguments/{argument}/reaction", {"opinion": "pass"}
    came = {"referer": f"http://testserver/items/{cast.item}?tab=newest"}
    answer = browser.post(verb, data=typed, headers=came)
    assert answer.headers["location"] == f"/items/{cast.item}?tab=newest#argument-{argument}"
    elsewhere = {"referer": f"http://evil.example/items/{cast.item}"}
    answer = browser.post(verb, data=typed, headers=elsewhere)
    assert answer.headers["location"] == f"/arguments/{argument}"


def test_who_may(client: Client, cast: Cast, argument: int) -> None:
    verb, typed = f"/arguments/{argument}/reaction", {"opinion": "agree"}
    assert client(None).post(verb, data=typed).status_code == 401
    assert client("charlie").post(verb, data=typed).status_code == 403
    assert client("dana").post(verb, data=typed).status_code == 303  # a mute is about words
    assert client("alice").post(verb, data={"opinion": "love"}).status_code == 422
    assert client("alice").post("/arguments/999/reaction", data=typed).status_code == 404
    with transaction() as tx:
        consultations.move_stage(tx, cast.alice, cast.consultation, Stage.PUBLISHING)
    assert client("alice").post(verb, data=typed).status_code == 409


def test_the_log_has_counts_and_nobodys_name(cast: Cast, argument: int) -> None:
    with transaction() as tx:
        service.react(tx, cast.alice, argument, Opinion.AGREE)
    with reading() as db:
        found = of_subject(db, f"argument:{argument}", audience=Audience.MODERATOR)[-1]
    assert found.kind == "arguments:reaction:set"
    assert found.actor_id is None
    assert found.payload["agree"] == 1
    assert not {"member", "opinion"} & set(found.payload)


def test_a_new_wording_asks_again(tx: Db, cast: Cast) -> None:
    argument = service.post(tx, cast.bob, cast.item, body="Yes", stance=Stance.PRO)

    def mine() -> threads.Line:
        found = threads.page(tx, cast.item, reader=cast.alice.id, order=Order.THREAD)
        return found.lines[0]

    service.react(tx, cast.alice, argument, Opinion.AGREE)
    assert not mine().stale
    seen = tx.get_one(Argument, argument).revision_id
    service.edit(tx, cast.bob, argument, "Yes, but later")
    assert mine().stale
    service.react(tx, cast.alice, argument, Opinion.DISAGREE, revision=seen)
    assert mine().stale  # they had pressed it under the earlier wording
    service.react(tx, cast.alice, argument, Opinion.DISAGREE)
    assert not mine().stale
    assert (mine().opinion, tx.get_one(Argument, argument).disagree) == (Opinion.DISAGREE, 1)


def test_the_most_agreed_stand_first(tx: Db, cast: Cast) -> None:
    argument = service.post(tx, cast.bob, cast.item, body="Yes", stance=Stance.PRO)
    other = service.post(tx, cast.bob, cast.item, body="No", stance=Stance.CON)
    for who in (cast.alice, cast.shu, cast.hui):
        service.react(tx, who, other, Opinion.AGREE)
    service.react(tx, cast.alice, argument, Opinion.AGREE)
    first = threads.page(tx, cast.item, reader=None, order=Order.AGREED, limit=1)
    assert [line.id for line in first.lines] == [other]
    rest = threads.page(tx, cast.item, reader=None, order=Order.AGREED, after=first.next)
    assert [line.id for line in rest.lines] == [argument]
