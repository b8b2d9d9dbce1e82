"""Asking to speak: who may, once, within the limits; a closed list still hears points of order."""

import pytest
import sitting as hall
from cast import Cast
from sitting import Sitting

from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import Audience, history
from sessions.floor import queries, service
from sessions.floor.models import Lane, Side, SpeechState
from sessions.floor.order import Reason
from sessions.floor.queries import Floor
from sessions.meetings import queries as meeting_queries
from sessions.meetings import service as meetings


def opened(tx: Db, cast: Cast) -> Sitting:
    sitting = hall.started(tx, cast)
    meetings.open_item(tx, cast.alice, sitting.meeting, sitting.item)
    return sitting


def floor(tx: Db, sitting: Sitting) -> Floor:
    return queries.floor(tx, meeting_queries.meeting_row(tx, sitting.meeting))


def test_asking_needs_an_open_item_presence_and_a_place_on_the_roll(cast: Cast, tx: Db) -> None:
    sitting = hall.started(tx, cast)
    with pytest.raises(Conflict, match="No item"):
        service.request(tx, cast.bob, sitting.meeting)
    meetings.open_item(tx, cast.alice, sitting.meeting, sitting.item)
    with pytest.raises(Conflict, match="Check in"):
        service.request(tx, cast.clerk, sitting.meeting)
    with pytest.raises(NotFound):
        service.request(tx, cast.bob, 999)
    with pytest.raises(Forbidden, match="Shouting"):
        service.request(tx, cast.dana, sitting.meeting)
    meetings.check_in(tx, cast.clerk, sitting.meeting, sitting.online, [cast.charlie.id])
    with pytest.raises(Forbidden, match="guest"):
        service.request(tx, cast.charlie, sitting.meeting)
    speech = service.request(tx, cast.bob, sitting.meeting)
    row = queries.speech_row(tx, speech)
    assert (row.venue_id, row.state, row.lane) == (sitting.main, SpeechState.WAITING, Lane.SPEECH)
    with pytest.raises(Conflict, match="already"):
        service.request(tx, cast.bob, sitting.meeting)
    asked = history(tx, sitting.stream, kinds=["floor:speech:requested"])[0]
    assert asked.payload["origin"] == "self"
    assert asked.payload["venue"] == sitting.main


def test_a_desk_asks_for_its_own_people_only(cast: Cast, tx: Db) -> None:
    sitting = opened(tx, cast)
    with pytest.raises(Forbidden):
        service.request(tx, cast.bob, sitting.meeting, member=cast.rong.id)
    with pytest.raises(Forbidden):
        service.request(tx, cast.hui, sitting.meeting, member=cast.bob.id)
    with pytest.raises(Forbidden, match="Dana"):
        service.request(tx, cast.clerk, sitting.meeting, member=cast.dana.id)
    speech = service.request(tx, cast.hui, sitting.meeting, member=cast.rong.id)
    assert queries.speech_row(tx, speech).origin == "desk"
    touched = history(tx, f"member:{cast.rong.id}", audience=Audience.MEMBER)
    assert touched[-1].kind == "meetings:person:touched"


def test_the_limits_of_the_list_hold(cast: Cast, tx: Db) -> None:
    sitting = opened(tx, cast)
    service.set_limits(tx, cast.alice, sitting.meeting, rule="nantang", seconds=120, times=1)
    with pytest.raises(Invalid, match="for or against"):
        service.request(tx, cast.bob, sitting.meeting)
    speech = service.request(tx, cast.bob, sitting.meeting, side=Side.CON)
    service.recognise(tx, cast.alice, speech)
    service.finish(tx, cast.alice, speech)
    with pytest.raises(Conflict, match="used all"):
        service.request(tx, cast.bob, sitting.meeting, side=Side.CON)
    with pytest.raises(Forbidden):
        service.set_limits(tx, cast.bob, sitting.meeting, rule="nantang", seconds=60, times=None)
    with pytest.raises(Invalid):
        service.set_limits(tx, cast.alice, sitting.meeting, rule="none", seconds=60, times=None)
    with pytest.raises(Invalid):
        service.set_limits(tx, cast.alice, sitting.meeting, rule="nantang", seconds=1, times=None)


def test_a_closed_list_still_takes_a_point_of_order(cast: Cast, tx: Db) -> None:
    sitting = opened(tx, cast)
    speech = service.request(tx, cast.shu, sitting.meeting)
    service.close_list(tx, cast.alice, sitting.meeting)
    with pytest.raises(Conflict, match="closed"):
        service.request(tx, cast.bob, sitting.meeting)
    with pytest.raises(Conflict, match="closed"):
        service.close_list(tx, cast.alice, sitting.meeting)
    point = service.raise_order(tx, cast.bob, sitting.meeting, "The offer was not read out.")
    now = floor(tx, sitting)
    assert [(entry.speech.id, entry.reason) for entry in now.waiting] == [
        (point, Reason.ORDER),
        (speech, Reason.ASKED),
    ]
    with pytest.raises(Conflict):
        service.raise_order(tx, cast.bob, sitting.meeting, "And again.")
    raised = history(tx, sitting.stream, kinds=["floor:order:raised"])[0]
    assert "read out" not in str(raised.payload)
    service.reopen_list(tx, cast.alice, sitting.meeting)
    service.request(tx, cast.bob, sitting.meeting)
    with pytest.raises(Conflict, match="open"):
        service.reopen_list(tx, cast.alice, sitting.meeting)


def test_requests_are_taken_back_by_whoever_may(cast: Cast, tx: Db) -> None:
    sitting = opened(tx, cast)
    speech = service.request(tx, cast.bob, sitting.meeting)
    for stranger in (cast.hui, cast.rong):
        with pytest.raises(Forbidden):
            service.withdraw(tx, stranger, speech)
    service.withdraw(tx, cast.bob, speech)
    with pytest.raises(Conflict, match="Withdrawn"):
        service.withdraw(tx, cast.bob, speech)
    by_desk = service.request(tx, cast.rong, sitting.meeting)
    service.withdraw(tx, cast.hui, by_desk)
    with pytest.raises(NotFound):
        service.withdraw(tx, cast.bob, 999)


def test_who_leaves_waits_no_longer_and_who_moves_speaks_from_there(cast: Cast, tx: Db) -> None:
    sitting = opened(tx, cast)
    speech = service.request(tx, cast.bob, sitting.meeting)
    meetings.check_in(tx, cast.hui, sitting.meeting, sitting.hall, [cast.bob.id])
    assert queries.speech_row(tx, speech).venue_id == sitting.hall
    meetings.check_out(tx, cast.bob, sitting.meeting, [cast.bob.id])
    assert queries.speech_row(tx, speech).state is SpeechState.WITHDRAWN


def test_nobody_is_cut_off_by_closing_the_item(cast: Cast, tx: Db) -> None:
    sitting = opened(tx, cast)
    speaking = service.request(tx, cast.shu, sitting.meeting)
    service.recognise(tx, cast.alice, speaking)
    with pytest.raises(Conflict, match="has the floor"):
        meetings.close_item(tx, cast.alice, sitting.meeting)


def test_the_list_ends_with_its_item(cast: Cast, tx: Db) -> None:
    sitting = opened(tx, cast)
    waiting = service.request(tx, cast.bob, sitting.meeting)
    meetings.close_item(tx, cast.alice, sitting.meeting)
    ended = history(tx, sitting.stream, kinds=["floor:list:ended"])[0]
    assert ended.payload["unheard"] == [waiting]
    assert floor(tx, sitting) == queries.EMPTY
