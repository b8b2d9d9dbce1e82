"""Withdrawing: the mover before the debate, afterwards the chair for the mover."""

import pytest
from cast import Cast
from moving import GLASS, debating

from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, NotFound
from forum.base.events import history
from sessions.floor import service as floor
from sessions.meetings import service as meetings
from sessions.motions import queries, service
from sessions.motions.models import MotionState


def state(tx: Db, motion: int) -> MotionState:
    return queries.of_ids(tx, [motion])[0].state


def test_the_mover_takes_it_back_while_nobody_took_it_up(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    main = debate.moved(tx)
    with pytest.raises(Forbidden, match="mover or the chair"):
        service.withdraw(tx, cast.rong, main)
    with pytest.raises(NotFound):
        service.withdraw(tx, cast.bob, 999)
    service.withdraw(tx, cast.bob, main)
    with pytest.raises(Conflict, match="Withdrawn"):
        service.withdraw(tx, cast.bob, main)
    told = history(tx, debate.sitting.stream, kinds=["motions:motion:withdrawn"])[0]
    assert told.payload["consented"] is False


def test_once_somebody_has_spoken_the_chair_does_it_for_the_mover(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    main = debate.moved(tx)
    speech = floor.request(tx, cast.shu, debate.meeting)
    floor.recognise(tx, cast.alice, speech)
    with pytest.raises(Conflict, match="ask the chair"):
        service.withdraw(tx, cast.bob, main)
    service.withdraw(tx, cast.alice, main)
    told = history(tx, debate.sitting.stream, kinds=["motions:motion:withdrawn"])[0]
    assert told.payload["consented"] is True


def test_what_was_moved_upon_it_falls_with_it(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    main = debate.moved(tx)
    amendment = debate.amended(tx, main, GLASS)
    with pytest.raises(Conflict, match="ask the chair"):
        service.withdraw(tx, cast.bob, main)
    service.withdraw(tx, cast.alice, main)
    assert state(tx, amendment) is MotionState.FALLEN
    fell = history(tx, debate.sitting.stream, kinds=["motions:motion:fell"])[0]
    assert fell.payload["cause"] == "target_gone"


def test_nothing_is_taken_back_under_a_vote_or_on_a_closed_item(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    main = debate.moved(tx)
    service.put(tx, cast.alice, debate.amended(tx, main, GLASS))
    with pytest.raises(Conflict, match="A vote is under way"):
        service.withdraw(tx, cast.alice, main)
    meetings.close_item(tx, cast.alice, debate.meeting)
    with pytest.raises(Conflict, match="not open now"):
        service.withdraw(tx, cast.bob, main)
