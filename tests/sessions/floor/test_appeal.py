"""Appeals from a ruling: raised, seconded, decided by the meeting; a tie lets the ruling stand."""

from datetime import timedelta

import pytest
import sitting as hall
from cast import Cast
from sitting import Sitting

from forum.base import clock
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, NotFound
from forum.base.events import history
from sessions.floor import points, queries, service
from sessions.floor.models import AppealState, Ruling, SpeechState
from sessions.meetings import queries as meeting_queries
from sessions.meetings import service as meetings
from sessions.meetings.rules import Act
from voting.boxes.models import Channel
from voting.polls import service as voting
from voting.polls.service.casting import cast_known


def ruled(tx: Db, cast: Cast, rule: str = "openslides") -> tuple[Sitting, int]:
    """Bob's point of order was not upheld."""
    sitting = hall.started(tx, cast)
    meetings.open_item(tx, cast.alice, sitting.meeting, sitting.item)
    service.set_limits(tx, cast.alice, sitting.meeting, rule=rule, seconds=180, times=None)
    point = service.raise_order(tx, cast.bob, sitting.meeting, "That was settled last week.")
    service.rule_on(tx, cast.alice, point, Ruling.NOT_UPHELD, "It was not.")
    return sitting, point


def decided(
    tx: Db, cast: Cast, sitting: Sitting, appeal: int, votes: dict[str, str]
) -> AppealState:
    poll = service.put_appeal(tx, cast.alice, appeal, channel=Channel.ONLINE)
    meetings.open_poll(tx, cast.alice, sitting.meeting, poll)
    known = [(cast[who], voting.Cast(None, poll, choice)) for who, choice in votes.items()]
    assert len(cast_known(tx, known)) == len(votes)
    meetings.close_poll(tx, cast.alice, sitting.meeting, poll)
    meetings.publish_poll(tx, cast.alice, sitting.meeting, poll)
    return points.appealed(tx, appeal).state


def test_an_appeal_is_seconded_where_the_rule_says_so(cast: Cast, tx: Db) -> None:
    sitting, point = ruled(tx, cast)
    meetings.check_in(tx, cast.clerk, sitting.meeting, sitting.main, [cast.charlie.id])
    with pytest.raises(Forbidden, match="on the roll"):
        service.appeal(tx, cast.clerk, point, member=cast.charlie.id)
    appeal = service.appeal(tx, cast.bob, point)
    with pytest.raises(Conflict, match="already"):
        service.appeal(tx, cast.rong, point)
    with pytest.raises(Conflict, match="second the appeal first"):
        service.put_appeal(tx, cast.alice, appeal)
    with pytest.raises(Conflict, match="Somebody else"):
        service.second(tx, cast.bob, appeal)
    service.second(tx, cast.hui, appeal, member=cast.rong.id)
    with pytest.raises(Forbidden):
        service.put_appeal(tx, cast.bob, appeal)
    with pytest.raises(NotFound):
        service.second(tx, cast.rong, 999)
    told = [event.kind for event in history(tx, sitting.stream)]
    assert told[-2:] == ["floor:ruling:appealed", "floor:appeal:seconded"]


@pytest.mark.parametrize(
    ("votes", "state"),
    [
        ({"bob": "yes", "rong": "yes", "shu": "no"}, AppealState.OVERRULED),
        ({"bob": "yes", "shu": "no"}, AppealState.STANDS),
        ({"bob": "no"}, AppealState.STANDS),
    ],
)
def test_more_than_half_overrules(
    cast: Cast, tx: Db, votes: dict[str, str], state: AppealState
) -> None:
    sitting, point = ruled(tx, cast, "balanced")
    appeal = service.appeal(tx, cast.bob, point)
    assert decided(tx, cast, sitting, appeal, votes) is state
    told = history(tx, sitting.stream, kinds=["floor:appeal:decided"])[0].payload
    assert told["state"] == state
    row = meeting_queries.meeting_row(tx, sitting.meeting)
    assert queries.floor(tx, row).points[0].appeal is not None
    # The vote was not on the item: that can still be voted on.
    meetings.hold_poll(tx, cast.alice, sitting.meeting, voting.Draft("Offer A?"))
    with pytest.raises(Conflict):
        service.put_appeal(tx, cast.alice, appeal)


def test_a_void_vote_is_taken_again(cast: Cast, tx: Db) -> None:
    sitting, point = ruled(tx, cast, "balanced")
    appeal = service.appeal(tx, cast.bob, point)
    poll = service.put_appeal(tx, cast.alice, appeal)
    with pytest.raises(Conflict):
        service.yield_ruling(tx, cast.alice, appeal)
    voting.void(tx, cast.alice, poll, "Asked wrongly.")
    assert service.put_appeal(tx, cast.alice, appeal) != poll
    with pytest.raises(Conflict, match="appeal is before the meeting"):
        meetings.close_item(tx, cast.alice, sitting.meeting)


def test_the_chair_gives_in_or_the_appeal_is_taken_back_or_lapses(cast: Cast, tx: Db) -> None:
    sitting, point = ruled(tx, cast)
    appeal = service.appeal(tx, cast.bob, point)
    with pytest.raises(Forbidden):
        service.withdraw_appeal(tx, cast.rong, appeal)
    with pytest.raises(Forbidden):
        service.yield_ruling(tx, cast.bob, appeal)
    service.yield_ruling(tx, cast.alice, appeal)
    assert points.appealed(tx, appeal).state is AppealState.YIELDED
    with pytest.raises(Conflict):
        service.withdraw_appeal(tx, cast.bob, appeal)

    def again() -> int:
        point = service.raise_order(tx, cast.bob, sitting.meeting, "Again.")
        service.rule_on(tx, cast.alice, point, Ruling.NOTED)
        return service.appeal(tx, cast.bob, point)

    taken_back = again()
    service.withdraw_appeal(tx, cast.bob, taken_back)
    lapsing = again()
    meetings.close_item(tx, cast.alice, sitting.meeting)
    states = [points.appealed(tx, ident).state for ident in (taken_back, lapsing)]
    assert states == [AppealState.WITHDRAWN, AppealState.LAPSED]


def test_between_sittings_nobody_decides_it(cast: Cast, tx: Db) -> None:
    sitting, point = ruled(tx, cast, "balanced")
    appeal = service.appeal(tx, cast.bob, point)
    open_point = service.raise_order(tx, cast.shu, sitting.meeting, "The window is shut.")
    service.recognise(tx, cast.alice, open_point)
    until = clock.now() + timedelta(days=7)
    meetings.step(tx, cast.alice, sitting.meeting, Act.SUSPEND, until=until)
    assert queries.speech_row(tx, open_point).state is SpeechState.WAITING
    meetings.close_item(tx, cast.alice, sitting.meeting, postponed="It does not go on.")
    assert points.appealed(tx, appeal).state is AppealState.LAPSED
    meetings.step(tx, cast.alice, sitting.meeting, Act.DROP)


def test_a_ruling_on_another_item_or_in_a_recess_is_not_appealed(cast: Cast, tx: Db) -> None:
    sitting, point = ruled(tx, cast)
    meetings.step(tx, cast.alice, sitting.meeting, Act.BREAK)
    with pytest.raises(Conflict, match="not in session"):
        service.appeal(tx, cast.bob, point)
    meetings.step(tx, cast.alice, sitting.meeting, Act.RESUME)
    meetings.close_item(tx, cast.alice, sitting.meeting)
    with pytest.raises(Conflict, match="No item"):
        service.appeal(tx, cast.bob, point)
