"""Items: placed, edited, moved, taken through their lives, proposed."""

import pytest
from cast import Cast
from conftest import Client

from forum.agenda import queries, rules, service
from forum.agenda.models import ItemKind, ItemState
from forum.agenda.service import Draft
from forum.base import links
from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import Audience, of_subject
from forum.base.verify import verify
from forum.consultations import service as consultations
from forum.consultations.models import Stage


def outline(db: Db, cast: Cast) -> list[str]:
    return [f"{item.number} {item.title}" for item in queries.items(db, cast.consultation)]


def state(cast: Cast, item: int) -> ItemState:
    with reading() as db:
        return queries.item_access(db, cast.alice, item).item.state


def kinds(item: int) -> list[str]:
    with reading() as db:
        found = of_subject(db, f"item:{item}", audience=Audience.MODERATOR)
    return [stored.kind.removeprefix("agenda:item:") for stored in found]


def test_the_tree(tx: Db, cast: Cast) -> None:
    cost = service.create(tx, cast.alice, cast.consultation, Draft("Cost", ""))
    loans = service.create(tx, cast.alice, cast.consultation, Draft("Loans", ""), parent=cost)
    assert outline(tx, cast) == ["1 Which kind of lift?", "2 Cost", "2.1 Loans"]
    service.move(tx, cast.alice, cost, None, 1)
    assert outline(tx, cast) == ["1 Cost", "1.1 Loans", "2 Which kind of lift?"]
    service.move(tx, cast.alice, loans, cast.item, 1)
    assert outline(tx, cast) == ["1 Cost", "2 Which kind of lift?", "2.1 Loans"]
    with pytest.raises(Conflict):
        service.move(tx, cast.alice, cast.item, loans, 1)
    with pytest.raises(Forbidden):
        service.move(tx, cast.bob, loans, None, 1)
    assert links.linked(tx, f"item:{loans}") == [f"consultation:{cast.consultation}"]


def test_it_is_not_nested_without_end(tx: Db, cast: Cast) -> None:
    parent = cast.item
    draft = Draft("Deeper", "")
    for _level in range(rules.DEPTH_MOST - 1):
        parent = service.create(tx, cast.alice, cast.consultation, draft, parent=parent)
    with pytest.raises(Conflict):
        service.create(tx, cast.alice, cast.consultation, draft, parent=parent)


def test_a_moderator_adds_and_edits_an_item(client: Client, cast: Cast) -> None:
    path = f"/consultations/{cast.consultation}/items"
    typed = {"title": "Cost", "body": "*Who* pays?", "kind": "discussion", "minutes": "15"}
    answer = client("alice").post(path, data=typed)
    assert answer.status_code == 303
    page = answer.headers["location"]
    assert "<em>Who</em>" in client(None).get(page).text
    assert "Cost" in client(None).get(f"/consultations/{cast.consultation}").text
    assert client("bob").post(page, data=typed).status_code == 403
    assert client("alice").post(page, data=typed | {"title": "Costs"}).status_code == 303
    history = client(None).get(f"{page}/history").text
    assert "<ins>Costs</ins>" in history
    assert client("alice").post(page, data=typed | {"minutes": "soon"}).status_code == 422


def test_outside_the_call_for_topics_nobody_proposes(client: Client, cast: Cast) -> None:
    typed = {"title": "A bench", "body": ""}
    path = f"/consultations/{cast.consultation}/items"
    assert client("bob").post(path, data=typed).status_code == 409
    assert client("charlie").post(path, data=typed).status_code == 403
    assert client(None).post(path, data=typed).status_code == 401


def test_a_proposal_is_answered(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        consultations.move_stage(tx, cast.alice, cast.consultation, Stage.PROPOSING, "Again")
    path = f"/consultations/{cast.consultation}/items"
    answer = client("bob").post(path, data={"title": "A bench", "body": "", "kind": "decision"})
    bench = int(answer.headers["location"].rsplit("/", 1)[1])
    assert state(cast, bench) is ItemState.PROPOSED
    assert "proposes a topic" in client("alice").get("/inbox").text
    assert client("dana").post(path, data={"title": "Mine"}).status_code == 403
    edited = {"title": "A bench and a tree", "body": "", "kind": "decision"}
    assert client("bob").post(f"/items/{bench}", data=edited).status_code == 303
    verb = f"/items/{bench}/state"
    assert client("bob").post(verb, data={"state": "planned"}).status_code == 403
    silent = client("alice").post(verb, data={"state": "declined"})
    assert silent.status_code == 422
    why = {"state": "declined", "reason": "The street owns the place"}
    assert client("alice").post(verb, data=why).status_code == 303
    assert "has gone a step on" in client("bob").get("/inbox").text
    assert "The street owns the place" in client("bob").get(f"/items/{bench}/history").text
    assert client("bob").post(f"/items/{bench}", data=edited).status_code == 403


def test_its_proposer_may_take_it_back(cast: Cast) -> None:
    with transaction() as tx:
        consultations.move_stage(tx, cast.alice, cast.consultation, Stage.PROPOSING, "Again")
        bench = service.propose(tx, cast.bob, cast.consultation, Draft("A bench", ""))
        with pytest.raises(Forbidden):
            service.change_state(tx, cast.rong, bench, ItemState.WITHDRAWN, "No")
        service.change_state(tx, cast.bob, bench, ItemState.WITHDRAWN, "There is one")
        with pytest.raises(Forbidden):
            service.change_state(tx, cast.bob, bench, ItemState.PLANNED)
    assert state(cast, bench) is ItemState.WITHDRAWN


def test_an_item_goes_through_its_life(client: Client, cast: Cast) -> None:
    verb = f"/items/{cast.item}/state"
    for step in ("debate", "voting", "decided", "closed"):
        assert client("alice").post(verb, data={"state": step}).status_code == 303
    assert client("alice").post(verb, data={"state": "voting"}).status_code == 409
    assert client("alice").post(verb, data={"state": "open"}).status_code == 422
    why = {"state": "open", "reason": "New facts"}
    assert client("alice").post(verb, data=why).status_code == 303
    assert client("bob").post(verb, data={"state": "debate"}).status_code == 403
    assert kinds(cast.item) == ["created", *["state_changed"] * 6]
    with reading() as db:
        reasons = [move.reason for move in queries.moves(db, cast.item)]
        assert reasons[-1] == "New facts"
        assert verify(db).sound


def test_what_was_voted_on_stays_as_it_was(tx: Db, cast: Cast) -> None:
    service.change_state(tx, cast.alice, cast.item, ItemState.VOTING)
    with pytest.raises(Conflict):
        service.edit(tx, cast.alice, cast.item, Draft("Something else", ""))


def test_in_a_closed_consultation_the_agenda_rests(tx: Db, cast: Cast) -> None:
    consultations.move_stage(tx, cast.alice, cast.consultation, Stage.CLOSED)
    with pytest.raises(Conflict):
        service.create(tx, cast.alice, cast.consultation, Draft("Late", ""))


def test_wrong_parents_and_missing_items(tx: Db, cast: Cast) -> None:
    with pytest.raises(Invalid):
        service.create(tx, cast.alice, cast.consultation, Draft("Lost", ""), parent=999)
    with pytest.raises(NotFound):
        service.change_state(tx, cast.alice, 999, ItemState.OPEN)


def test_kinds_are_told_apart(client: Client, cast: Cast) -> None:
    data = client("bob").get(f"/items/{cast.item}.json").json()
    assert data["item"]["kind"] == ItemKind.DECISION
    assert data["item"]["state"] == "open"
