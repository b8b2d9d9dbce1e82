"""A carried motion to break or to close is one press away from being done, and done once."""

from datetime import timedelta

import pytest
from cast import Cast
from conftest import Client
from moving import debating

from forum.agenda import queries as agenda
from forum.agenda.models import ItemState
from forum.base import clock
from forum.base.db import Db, transaction
from forum.base.errors import Conflict, Forbidden
from sessions.floor import service
from sessions.meetings import queries as meetings
from sessions.meetings.models import MeetingState
from sessions.motions import queries
from sessions.motions.models import Sort


def test_a_break_is_offered_until_it_was_taken(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        debate = debating(tx, cast)
        motion = debate.dealt(tx, Sort.RECESS)
        debate.consented(tx, motion)
        before = meetings.meeting_row(tx, debate.meeting).state
    assert before is MeetingState.IN_SESSION  # nothing happens by itself
    console, address = f"/meetings/{debate.meeting}/console", f"/motions/{motion}/carry-out"
    assert address in client("alice").get(console).text
    assert address not in client("bob").get(f"/meetings/{debate.meeting}").text
    assert client("bob").post(address).status_code == 403
    assert client("alice").post("/motions/999/carry-out").status_code == 404
    form = {"until": "2199-03-05T19:00", "back": "console"}
    assert client("alice").post(address, data=form, follow_redirects=False).status_code == 303
    with transaction() as tx:
        row = meetings.meeting_row(tx, debate.meeting)
    assert row.state is MeetingState.RECESS
    assert row.resumes_at is not None
    assert client("alice").post(address, data=form).status_code == 409
    assert address not in client("alice").get(console).text


def test_closing_leaves_the_open_item_for_another_time(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    motion = debate.dealt(tx, Sort.ADJOURN)
    with pytest.raises(Conflict):
        service.carry_out(tx, cast.alice, motion)
    debate.consented(tx, motion)
    with pytest.raises(Forbidden):
        service.carry_out(tx, cast.bob, motion)
    service.carry_out(tx, cast.alice, motion)
    assert meetings.meeting_row(tx, debate.meeting).state is MeetingState.ADJOURNED
    assert agenda.item_access(tx, cast.alice, cast.item).item.state is ItemState.POSTPONED


def test_or_it_goes_on_another_day_with_what_is_before_it(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    main = debate.moved(tx)
    motion = debate.dealt(tx, Sort.ADJOURN)
    debate.consented(tx, motion)
    service.carry_out(tx, cast.alice, motion, until=clock.now() + timedelta(days=3))
    row = meetings.meeting_row(tx, debate.meeting)
    assert (row.state, row.current_item_id) == (MeetingState.SUSPENDED, cast.item)
    assert [one.id for one in queries.board(tx, row).opened] == [main]
