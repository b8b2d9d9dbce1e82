"""Postponing, referring, taking up again; dividing; and an item that is closed in the middle."""

from datetime import timedelta

import pytest
from cast import Cast
from moving import BY_FLOOR, GLASS, debating

from forum.base import clock
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import history
from forum.base.links import Relation, linked
from sessions.meetings import service as meetings
from sessions.motions import queries, service
from sessions.motions.models import MotionState, Sort
from sessions.motions.queries import MotionRow
from sessions.motions.service import Draft


def motion(tx: Db, ident: int) -> MotionRow:
    return queries.of_ids(tx, [ident])[0]


def later(tx: Db, cast: Cast) -> int:
    starts = clock.now() + timedelta(days=9)
    draft = meetings.Draft("Third session", starts)
    return meetings.draft_meeting(tx, cast.alice, cast.consultation, draft)


def test_a_postponed_motion_goes_on_with_its_amendments(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    main = debate.moved(tx)
    amendment = debate.amended(tx, main, GLASS)
    waiting = service.amend(tx, cast.rong, main, BY_FLOOR)
    third = later(tx, cast)
    with pytest.raises(Forbidden):
        service.postpone(tx, cast.bob, main)
    with pytest.raises(Conflict, match="go with it"):
        service.postpone(tx, cast.alice, amendment)
    with pytest.raises(Invalid):
        service.postpone(tx, cast.alice, main, to=debate.meeting)
    service.postpone(tx, cast.alice, main, to=third, words="The offers are not there yet.")
    states = {motion(tx, one).state for one in (main, amendment)}
    assert states == {MotionState.POSTPONED}
    assert motion(tx, waiting).state is MotionState.FALLEN
    assert f"meeting:{third}" in linked(tx, f"motion:{main}", Relation.HELD_IN)
    with pytest.raises(Forbidden):
        service.take_up(tx, cast.bob, debate.meeting, main)
    again = service.take_up(tx, cast.alice, debate.meeting, main)
    with pytest.raises(Conflict, match="as motion"):
        service.take_up(tx, cast.alice, debate.meeting, main)
    rows = [row for row in queries.of_item(tx, cast.item) if row.id > waiting]
    assert [(row.sort, row.body, row.state) for row in rows] == [
        (Sort.MAIN, motion(tx, main).body, MotionState.PENDING),
        (Sort.AMENDMENT, GLASS, MotionState.PENDING),
    ]
    assert linked(tx, f"motion:{again}", Relation.CONTINUES) == [f"motion:{main}"]
    service.put(tx, cast.alice, rows[1].id)


def test_a_carried_procedural_motion_sends_the_motion_away(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    main = debate.moved(tx)
    place = f"station:{cast.station}"
    referring = debate.dealt(tx, Sort.REFER, text="The station knows the costs.", place=place)
    postponing = debate.dealt(tx, Sort.POSTPONE)
    debate.voted(tx, postponing, yes=1, no=2)
    debate.consented(tx, referring)
    assert motion(tx, main).state is MotionState.REFERRED
    assert [row.id for row in queries.referred(tx, place)] == [main]
    service.take_up(tx, cast.alice, debate.meeting, main)
    assert queries.referred(tx, place) == []


def test_referring_says_to_whom(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    main = debate.moved(tx)
    with pytest.raises(Invalid, match="to whom"):
        service.refer(tx, cast.alice, main)
    service.refer(tx, cast.alice, main, words="To the owners of the ground floor.")
    told = history(tx, debate.sitting.stream, kinds=["motions:motion:referred"])[0]
    assert told.payload["note"]
    assert "owners" not in str(told.payload)


def test_what_is_before_the_meeting_is_postponed_with_its_item(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    main = debate.moved(tx)
    amendment = debate.amended(tx, main, GLASS)
    closing = debate.dealt(tx, Sort.CLOSE_DEBATE)
    meetings.close_item(tx, cast.alice, debate.meeting)
    states = [motion(tx, one).state for one in (main, amendment, closing)]
    assert states == [MotionState.POSTPONED, MotionState.POSTPONED, MotionState.FALLEN]
    postponed = history(tx, debate.sitting.stream, kinds=["motions:motion:postponed"])
    assert [one.payload["motion"] for one in postponed] == [main, amendment]
    with pytest.raises(NotFound):
        service.take_up(tx, cast.alice, debate.meeting, main)
    meetings.open_item(tx, cast.alice, debate.meeting, cast.item)
    debate.move(tx, draft=Draft("Something else."))
    with pytest.raises(Conflict, match="One at a time"):
        service.take_up(tx, cast.alice, debate.meeting, main)


def test_a_divided_question_is_decided_part_by_part(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    main = debate.moved(tx)
    texts = ["The house buys a lift.", "Everybody pays the same."]
    with pytest.raises(Forbidden):
        service.split(tx, cast.bob, main, texts)
    with pytest.raises(Invalid):
        service.split(tx, cast.alice, main, texts[:1])
    amendment = debate.amended(tx, main, GLASS)
    with pytest.raises(Conflict, match="Decide on what"):
        service.split(tx, cast.alice, main, texts)
    with pytest.raises(Conflict, match="Only the motion itself"):
        service.split(tx, cast.alice, amendment, texts)
    service.withdraw(tx, cast.alice, amendment)
    first, second = service.split(tx, cast.alice, main, texts)
    assert motion(tx, main).state is MotionState.DIVIDED
    assert motion(tx, second).mover_id == cast.bob.id
    with pytest.raises(Conflict, match="Motion 3 goes first"):
        service.put(tx, cast.alice, second)
    debate.amended(tx, first, "The house buys two lifts.")
    with pytest.raises(Conflict, match="Amendment 5 goes first"):
        service.put(tx, cast.alice, first)
