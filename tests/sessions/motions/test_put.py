"""Putting to the vote in the right order, what the result does, and consensus without a vote."""

import pytest
from cast import Cast
from moving import BY_FLOOR, GLASS, debating

from forum.agenda import queries as agenda
from forum.agenda.models import ItemState
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.events import history
from forum.base.links import Relation, linked
from sessions.floor import queries as floor
from sessions.meetings import service as meetings
from sessions.motions import queries, service
from sessions.motions.models import MotionState, Sort
from sessions.motions.queries import MotionRow
from voting.polls import queries as polls
from voting.polls import service as voting


def motion(tx: Db, ident: int) -> MotionRow:
    return queries.of_ids(tx, [ident])[0]


def item_state(tx: Db, cast: Cast) -> ItemState:
    return agenda.item_access(tx, cast.alice, cast.item).item.state


def test_procedure_then_amendments_then_the_motion_as_amended(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    main = debate.moved(tx)
    near = debate.amended(tx, main, GLASS)
    far = debate.amended(tx, main, BY_FLOOR)
    closing = debate.dealt(tx, Sort.CLOSE_DEBATE)
    for early in (main, near, far):
        with pytest.raises(Conflict, match="Motion to close the debate 4 goes first"):
            service.put(tx, cast.alice, early)
    with pytest.raises(Forbidden):
        service.put(tx, cast.bob, closing)
    debate.voted(tx, closing)
    assert polls.of_meeting(tx, debate.sitting.stream)[0].rule["threshold"] == ">=2/3"
    listed = floor.speaking_list(tx, debate.meeting, cast.item)
    assert listed is not None
    assert listed.closed
    with pytest.raises(Conflict, match="Amendment 3 goes first"):
        service.put(tx, cast.alice, near)
    debate.voted(tx, far, yes=1, no=2)
    assert motion(tx, far).state is MotionState.REJECTED
    assert item_state(tx, cast) is ItemState.DEBATE
    debate.voted(tx, near)
    assert motion(tx, main).body == GLASS
    poll = debate.voted(tx, main)
    assert motion(tx, main).state is MotionState.CARRIED
    assert item_state(tx, cast) is ItemState.DECIDED
    assert linked(tx, f"poll:{poll}", Relation.DECIDES) == [f"item:{cast.item}", f"motion:{main}"]
    asked = polls.poll_access(tx, cast.bob, poll).poll
    assert asked.question.startswith("Motion 1: The house buys a glass lift.")
    told = history(tx, debate.sitting.stream, kinds=["motions:motion:carried"])[-1]
    assert (told.payload["poll"], told.payload["motion"]) == (poll, main)


def test_the_chair_puts_an_amendment_first_and_says_why(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    main = debate.moved(tx)
    near = debate.amended(tx, main, GLASS)
    debate.amended(tx, main, BY_FLOOR)
    with pytest.raises(Forbidden):
        service.order(tx, cast.rong, near, "It is mine.")
    with pytest.raises(Conflict, match="Only amendments"):
        service.order(tx, cast.alice, main, "It is old.")
    service.order(tx, cast.alice, near, "It excludes the other one.")
    service.put(tx, cast.alice, near)
    with pytest.raises(Conflict, match="Put to the vote"):
        service.put(tx, cast.alice, near)
    with pytest.raises(Conflict, match="A vote is under way"):
        service.put(tx, cast.alice, main)
    with pytest.raises(Conflict, match="has begun"):
        service.amend(tx, cast.rong, near, BY_FLOOR)


def test_a_void_vote_decides_nothing(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    main = debate.moved(tx)
    poll = service.put(tx, cast.alice, main)
    voting.void(tx, cast.alice, poll, "The question was read out wrongly.")
    assert motion(tx, main).state is MotionState.PENDING
    assert service.put(tx, cast.alice, main) != poll


def test_consensus_is_asked_for_and_stopped_by_any_objection(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    main = debate.moved(tx)
    with pytest.raises(Conflict, match="not asking"):
        service.object(tx, cast.rong, main)
    with pytest.raises(Conflict, match="Ask first"):
        service.declare_consensus(tx, cast.alice, main)
    with pytest.raises(Forbidden):
        service.seek_consensus(tx, cast.bob, main)
    service.seek_consensus(tx, cast.alice, main)
    with pytest.raises(Conflict, match="have asked"):
        service.seek_consensus(tx, cast.alice, main)
    # Who is muted may vote, and so may object.
    service.object(tx, cast.dana, main)
    with pytest.raises(Conflict, match="Ask first"):
        service.declare_consensus(tx, cast.alice, main)
    service.seek_consensus(tx, cast.alice, main)
    with pytest.raises(Forbidden, match="desk"):
        service.object(tx, cast.rong, main, cast.bob.id)
    service.object(tx, cast.hui, main, cast.rong.id)
    debate.consented(tx, main)
    assert motion(tx, main).state is MotionState.CARRIED
    assert item_state(tx, cast) is ItemState.DECIDED
    told = history(tx, debate.sitting.stream, kinds=["motions:motion:carried"])[-1]
    assert told.payload["poll"] is None
    refused = history(tx, debate.sitting.stream, kinds=["motions:consensus:refused"])
    assert [one.payload["member"] for one in refused] == [cast.dana.id, cast.rong.id]


def test_an_amendment_on_the_way_stops_a_consensus(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    main = debate.moved(tx)
    service.seek_consensus(tx, cast.alice, main)
    debate.amended(tx, main, GLASS)
    with pytest.raises(Conflict, match="Amendment 2 goes first"):
        service.declare_consensus(tx, cast.alice, main)


def test_closing_the_item_voids_a_vote_that_never_opened(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    main = debate.moved(tx)
    poll = service.put(tx, cast.alice, main)
    meetings.close_item(tx, cast.alice, debate.meeting)
    assert polls.poll_access(tx, cast.alice, poll).poll.state == "voided"
    assert motion(tx, main).state is MotionState.POSTPONED
