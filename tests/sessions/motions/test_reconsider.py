"""Reconsidering: once, by somebody on the side that prevailed where that is known."""

import pytest
from cast import Cast
from moving import debating
from polling import vote

from forum.base.db import Db, transaction
from forum.base.errors import Conflict, Forbidden
from forum.base.links import Relation, linked
from sessions.meetings import service as meetings
from sessions.motions import queries, service
from sessions.motions.models import MotionState, Sort
from sessions.motions.queries import MotionRow
from sessions.motions.service import Way
from voting.boxes.models import Channel


def motion(tx: Db, ident: int) -> MotionRow:
    return queries.of_ids(tx, [ident])[0]


def test_whoever_took_part_by_hand_may_ask_and_only_once(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    main = debate.moved(tx)
    with pytest.raises(Conflict, match="One at a time"):
        service.reconsider(tx, cast.bob, debate.meeting, main)
    debate.voted(tx, main)
    closing = debate.dealt(tx, Sort.CLOSE_DEBATE)
    with pytest.raises(Conflict, match="carried or not carried"):
        service.reconsider(tx, cast.bob, debate.meeting, closing)
    debate.voted(tx, closing)
    asking = service.reconsider(tx, cast.rong, debate.meeting, main, "The prices have changed.")
    service.second(tx, cast.bob, asking)
    debate.voted(tx, asking)
    assert motion(tx, main).state is MotionState.RECONSIDERED
    again = next(row for row in queries.of_item(tx, cast.item) if row.origin_id == main)
    assert again.state is MotionState.PENDING
    assert linked(tx, f"motion:{again.id}", Relation.CONTINUES) == [f"motion:{main}"]
    debate.voted(tx, again.id, yes=1, no=2)
    with pytest.raises(Conflict, match="once"):
        service.reconsider(tx, cast.bob, debate.meeting, again.id)


def test_in_a_named_vote_only_the_side_that_prevailed_may(cast: Cast) -> None:
    with transaction() as tx:
        debate = debating(tx, cast)
        main = debate.moved(tx)
        poll = service.put(tx, cast.alice, main, Way(channel=Channel.ONLINE))
        meetings.open_poll(tx, cast.alice, debate.meeting, poll)
    for who, choice in ((cast.bob, "yes"), (cast.shu, "yes"), (cast.rong, "no")):
        vote(who, poll, choice)
    with transaction() as tx:
        meetings.close_poll(tx, cast.alice, debate.meeting, poll)
        meetings.publish_poll(tx, cast.alice, debate.meeting, poll)
        with pytest.raises(Forbidden, match="Rong the representative is not"):
            service.reconsider(tx, cast.rong, debate.meeting, main)
        with pytest.raises(Forbidden, match="Alice the chair is not"):
            service.reconsider(tx, cast.alice, debate.meeting, main)
        asking = service.reconsider(tx, cast.bob, debate.meeting, main)
        assert motion(tx, asking).sort is Sort.RECONSIDER
