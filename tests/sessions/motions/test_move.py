"""Moving and seconding: who may, on what, once; by oneself or by the desk and the chair."""

import pytest
import sitting as hall
from cast import Cast
from moving import GLASS, TEXT, debating

from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import history
from forum.base.links import Relation, linked
from forum.base.verify import verify
from sessions.meetings import service as meetings
from sessions.motions import queries, service
from sessions.motions.models import MotionState, MotionVersion, Sort
from sessions.motions.queries import MotionRow
from sessions.motions.service import Draft


def motion(tx: Db, ident: int) -> MotionRow:
    return queries.of_ids(tx, [ident])[0]


def test_moving_needs_an_open_item_presence_a_voice_and_the_roll(cast: Cast, tx: Db) -> None:
    sitting = hall.started(tx, cast)
    with pytest.raises(Conflict, match="No item"):
        service.move(tx, cast.bob, sitting.meeting, Draft(TEXT))
    debate = debating_at(tx, cast, sitting)
    with pytest.raises(NotFound):
        service.move(tx, cast.bob, 999, Draft(TEXT))
    with pytest.raises(Conflict, match="Check in"):
        service.move(tx, cast.clerk, debate, Draft(TEXT))
    with pytest.raises(Forbidden, match="Shouting"):
        service.move(tx, cast.dana, debate, Draft(TEXT))
    meetings.check_in(tx, cast.clerk, debate, sitting.online, [cast.charlie.id])
    with pytest.raises(Forbidden, match="roll"):
        service.move(tx, cast.charlie, debate, Draft(TEXT))
    with pytest.raises(Invalid):
        service.move(tx, cast.bob, debate, Draft("  "))
    with pytest.raises(Invalid, match="8000"):
        service.move(tx, cast.bob, debate, Draft("x" * 8001))
    made = service.move(tx, cast.bob, debate, Draft(TEXT))
    row = motion(tx, made)
    assert (row.number, row.state, row.body) == (1, MotionState.MOVED, TEXT)
    told = history(tx, sitting.stream, kinds=["motions:motion:moved"])[0]
    assert told.payload["mover"] == cast.bob.id
    assert told.payload["method"] == "self"
    assert "lift" not in str(told.payload)
    assert linked(tx, f"motion:{made}", Relation.ON) == [f"item:{sitting.item}"]
    with pytest.raises(Conflict, match="One at a time"):
        service.move(tx, cast.shu, debate, Draft("Another thing."))


def debating_at(tx: Db, cast: Cast, sitting: hall.Sitting) -> int:
    meetings.open_item(tx, cast.alice, sitting.meeting, sitting.item)
    return sitting.meeting


def test_the_desk_and_the_chair_write_for_somebody(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    for_bob = Draft(TEXT, member=cast.bob.id)
    for stranger in (cast.rong, cast.hui):
        with pytest.raises(Forbidden, match="desk"):
            debate.move(tx, stranger, for_bob)
    with pytest.raises(Forbidden, match="Dana"):
        debate.move(tx, cast.alice, Draft(TEXT, member=cast.dana.id))
    made = debate.move(tx, cast.clerk, for_bob)
    row = motion(tx, made)
    assert (row.mover_id, row.recorded_by, row.method) == (cast.bob.id, cast.clerk.id, "desk")
    with pytest.raises(Conflict, match="Somebody else"):
        service.second(tx, cast.alice, made, cast.bob.id)
    service.second(tx, cast.alice, made, cast.rong.id)
    told = history(tx, debate.sitting.stream, kinds=["motions:motion:seconded"])[0]
    assert (told.actor_id, told.payload["member"]) == (cast.alice.id, cast.rong.id)
    assert told.payload["pending"]
    assert motion(tx, made).state is MotionState.PENDING


def test_a_motion_is_seconded_once_by_each_and_by_as_many_as_the_meeting_asks(
    cast: Cast, tx: Db
) -> None:
    debate = debating(tx, cast)
    with pytest.raises(Forbidden):
        service.set_terms(tx, cast.bob, debate.meeting, 2)
    with pytest.raises(Invalid):
        service.set_terms(tx, cast.alice, debate.meeting, 10)
    service.set_terms(tx, cast.alice, debate.meeting, 2)
    made = debate.move(tx)
    service.second(tx, cast.shu, made)
    with pytest.raises(Conflict, match="already"):
        service.second(tx, cast.shu, made)
    with pytest.raises(Forbidden, match="Shouting"):
        service.second(tx, cast.dana, made)
    with pytest.raises(NotFound):
        service.second(tx, cast.rong, 999)
    assert motion(tx, made).state is MotionState.MOVED
    with pytest.raises(Conflict, match="Waits for a seconder"):
        service.put(tx, cast.alice, made)
    service.second(tx, cast.rong, made)
    assert motion(tx, made).state is MotionState.PENDING
    service.set_terms(tx, cast.alice, debate.meeting, 0)
    amendment = service.amend(tx, cast.rong, made, GLASS)
    assert motion(tx, amendment).state is MotionState.PENDING


def test_procedure_is_moved_once_and_needs_something_to_deal_with(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    with pytest.raises(Conflict, match="No motion"):
        debate.move(tx, draft=Draft(sort=Sort.REFER))
    debate.move(tx, draft=Draft(sort=Sort.CLOSE_DEBATE))
    with pytest.raises(Conflict, match="already"):
        debate.move(tx, cast.shu, Draft(sort=Sort.CLOSE_DEBATE))
    main = debate.moved(tx)
    for wrong in (Draft(sort=Sort.REFER, place="item:1"), Draft(sort=Sort.POSTPONE, to=999)):
        with pytest.raises(Invalid):
            debate.move(tx, draft=wrong)
    referring = debate.move(
        tx, draft=Draft("The owners first.", Sort.REFER, place=f"station:{cast.station}")
    )
    assert motion(tx, referring).target_id == main


def test_every_wording_is_sealed(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    made = debate.moved(tx)
    debate.consented(tx, debate.amended(tx, made, GLASS))
    assert changed(tx) == []
    version = tx.get_one(MotionVersion, motion(tx, made).version_id)
    assert version.body == GLASS
    version.body = "The house buys nothing."
    tx.flush()
    assert changed(tx) == [f"motion_version:{version.id}"]


def changed(tx: Db) -> list[str]:
    return [fault.subject for fault in verify(tx).faults if fault.kind == "text_changed"]
