"""The order of the day, and the item that is called up."""

import pytest
import sitting as hall
from cast import Cast

from forum.agenda import queries as items
from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, NotFound
from forum.base.events import history
from forum.base.links import Relation, linked
from sessions.meetings import program, queries, service
from sessions.meetings.rules import Act


def _second(tx: Db, cast: Cast) -> int:
    return agenda.create(
        tx, cast.alice, cast.consultation, agenda.Draft("Who pays?", "", minutes=5)
    )


def test_items_are_put_on_moved_and_taken_off(cast: Cast, tx: Db) -> None:
    sitting = hall.convened(tx, cast)
    other = _second(tx, cast)
    service.add_item(tx, cast.alice, sitting.meeting, other)
    with pytest.raises(Conflict):
        service.add_item(tx, cast.alice, sitting.meeting, other)
    service.shift_item(tx, cast.alice, sitting.meeting, other, -1)
    slots = program.slots(tx, sitting.meeting)
    assert [(slot.item_id, slot.position, slot.minutes) for slot in slots] == [
        (other, 1, 5),
        (sitting.item, 2, 20),
    ]
    assert sitting.stream in linked(tx, f"item:{other}", Relation.HELD_IN)
    service.drop_item(tx, cast.alice, sitting.meeting, other)
    assert linked(tx, f"item:{other}", Relation.HELD_IN) == []
    orders = [
        e.payload["items"] for e in history(tx, sitting.stream, kinds=["meetings:agenda:set"])
    ]
    assert orders == [
        [sitting.item],
        [sitting.item, other],
        [other, sitting.item],
        [sitting.item],
    ]
    with pytest.raises(Forbidden):
        service.add_item(tx, cast.bob, sitting.meeting, other)
    with pytest.raises(NotFound):
        service.add_item(tx, cast.alice, sitting.meeting, 999)
    with pytest.raises(Conflict):
        service.shift_item(tx, cast.alice, sitting.meeting, other, 1)


def test_one_item_is_called_up_at_a_time(cast: Cast, tx: Db) -> None:
    sitting = hall.convened(tx, cast)
    other = _second(tx, cast)
    service.add_item(tx, cast.alice, sitting.meeting, other)
    with pytest.raises(Conflict, match="not in session"):
        service.open_item(tx, cast.alice, sitting.meeting, sitting.item)
    service.step(tx, cast.alice, sitting.meeting, Act.START)
    with pytest.raises(Forbidden):
        service.open_item(tx, cast.bob, sitting.meeting, sitting.item)
    service.open_item(tx, cast.alice, sitting.meeting, other)
    assert items.item_access(tx, cast.alice, other).item.state is ItemState.DEBATE
    assert queries.meeting_row(tx, sitting.meeting).current_item_id == other
    with pytest.raises(Conflict, match="current item"):
        service.open_item(tx, cast.alice, sitting.meeting, sitting.item)
    with pytest.raises(Conflict, match="current item"):
        service.step(tx, cast.alice, sitting.meeting, Act.ADJOURN)
    with pytest.raises(Conflict):
        service.drop_item(tx, cast.alice, sitting.meeting, other)
    service.close_item(tx, cast.alice, sitting.meeting)
    assert items.item_access(tx, cast.alice, other).item.state is ItemState.CLOSED
    with pytest.raises(Conflict, match="No item"):
        service.close_item(tx, cast.alice, sitting.meeting)
    service.open_item(tx, cast.alice, sitting.meeting, sitting.item)
    service.close_item(tx, cast.alice, sitting.meeting, postponed="The offers are not in yet.")
    assert items.item_access(tx, cast.alice, sitting.item).item.state is ItemState.POSTPONED
    closed = history(tx, sitting.stream, kinds=["meetings:item:closed"])
    assert [event.payload["how"] for event in closed] == ["closed", "postponed"]


def test_a_closed_item_can_be_called_up_again(cast: Cast, tx: Db) -> None:
    sitting = hall.started(tx, cast)
    for _round in range(2):
        service.open_item(tx, cast.alice, sitting.meeting, sitting.item)
        service.close_item(tx, cast.alice, sitting.meeting)
    opened = history(tx, sitting.stream, kinds=["meetings:item:opened"])
    assert [event.payload["position"] for event in opened] == [1, 1]
