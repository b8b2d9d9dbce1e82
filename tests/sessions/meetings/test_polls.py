"""Votes in the meeting: the meeting's roll, hands in the halls, two counters, one result."""

import pytest
import sitting as hall
from cast import Cast
from sitting import Sitting

from forum.base.db import Db, transaction
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.links import Relation, linked
from sessions.meetings import program, service
from voting.boxes.models import Channel
from voting.polls import queries as polls
from voting.polls import service as voting
from voting.polls.models import PollState, Secrecy
from voting.polls.rules import Count
from voting.polls.service import Draft

QUESTION = Draft("Shall block 7 get the lift of offer A?")


def _opened(tx: Db, cast: Cast, channel: Channel = Channel.HANDS) -> tuple[Sitting, int]:
    sitting = hall.started(tx, cast)
    service.open_item(tx, cast.alice, sitting.meeting, sitting.item)
    poll = service.hold_poll(tx, cast.alice, sitting.meeting, QUESTION, channel=channel)
    service.open_poll(tx, cast.alice, sitting.meeting, poll)
    return sitting, poll


def test_a_poll_needs_an_open_item_and_the_chair(cast: Cast, tx: Db) -> None:
    sitting = hall.started(tx, cast)
    with pytest.raises(Conflict, match="No item"):
        service.hold_poll(tx, cast.alice, sitting.meeting, QUESTION)
    service.open_item(tx, cast.alice, sitting.meeting, sitting.item)
    with pytest.raises(Forbidden):
        service.hold_poll(tx, cast.bob, sitting.meeting, QUESTION)
    secret = QUESTION._replace(secrecy=Secrecy.SECRET)
    with pytest.raises(Invalid):
        service.hold_poll(tx, cast.alice, sitting.meeting, secret)
    poll = service.hold_poll(tx, cast.alice, sitting.meeting, secret, channel=Channel.ONLINE)
    with pytest.raises(NotFound):
        service.open_poll(tx, cast.alice, sitting.meeting, poll + 1)
    assert linked(tx, f"poll:{poll}", Relation.HELD_IN) == [sitting.stream]
    assert [held.poll_id for held in program.held(tx, sitting.meeting)] == [poll]


def test_the_roll_says_where_everybody_votes(cast: Cast, tx: Db) -> None:
    sitting, poll = _opened(tx, cast)
    row = polls.poll_access(tx, cast.alice, poll).poll
    assert (row.state, row.eligible, row.present) == (PollState.STARTED, 7, 5)
    assert row.stream == sitting.stream
    rights = {name: polls.right(tx, poll, cast[name]) for name in ("bob", "rong", "dana", "hui")}
    assert {
        name: right and (right.channel, right.venue, right.present)
        for name, right in rights.items()
    } == {
        "bob": (Channel.HANDS, f"venue:{sitting.main}", True),
        "rong": (Channel.HANDS, f"venue:{sitting.hall}", True),
        "dana": (Channel.ONLINE, "", True),
        "hui": (Channel.ONLINE, "", False),
    }


def test_the_chair_may_let_everybody_vote_electronically(cast: Cast, tx: Db) -> None:
    _sitting, poll = _opened(tx, cast, Channel.ONLINE)
    right = polls.right(tx, poll, cast.bob)
    assert right is not None
    assert right.channel is Channel.ONLINE


def test_two_people_count_each_hall_and_then_the_result_is_announced(cast: Cast) -> None:
    with transaction() as tx:
        sitting, poll = _opened(tx, cast)
        meeting = sitting.meeting
        main, school = Count({"yes": 2, "no": 1}), Count({"yes": 1})
        with pytest.raises(Forbidden):
            service.enter_count(tx, cast.bob, meeting, poll, sitting.main, main, second=False)
        with pytest.raises(Forbidden):
            service.enter_count(tx, cast.hui, meeting, poll, sitting.main, main, second=False)
        service.enter_count(tx, cast.clerk, meeting, poll, sitting.main, main, second=False)
        with pytest.raises(Forbidden):
            service.enter_count(tx, cast.clerk, meeting, poll, sitting.main, main, second=True)
        service.enter_count(tx, cast.shu, meeting, poll, sitting.main, main, second=True)
        service.enter_count(tx, cast.hui, meeting, poll, sitting.hall, school, second=False)
        with pytest.raises(Conflict, match="vote"):
            service.close_item(tx, cast.alice, meeting)
        service.close_poll(tx, cast.alice, meeting, poll)
        assert polls.poll_access(tx, cast.alice, poll).poll.state is PollState.COUNTING
        service.enter_count(tx, cast.clerk, meeting, poll, sitting.hall, school, second=True)
        assert polls.poll_access(tx, cast.alice, poll).poll.state is PollState.FINISHED
        service.publish_poll(tx, cast.alice, meeting, poll)
        row = polls.poll_access(tx, cast.alice, poll).poll
        assert row.state is PollState.PUBLISHED
        assert row.result is not None
        assert row.result["figures"]["yes"] == 3
        service.close_item(tx, cast.alice, meeting)


def test_after_a_voided_vote_the_item_can_be_closed(cast: Cast) -> None:
    with transaction() as tx:
        sitting, poll = _opened(tx, cast)
        voting.void(tx, cast.alice, poll, "The question was misread.")
        service.close_item(tx, cast.alice, sitting.meeting)
