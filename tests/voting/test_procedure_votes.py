"""The votes of a procedure: each in its turn, as strict as its stage needs, one at a time."""

import pytest
from cast import Cast
from staging import (
    begun,
    decided,
    draft,
    item_state,
    look,
    opened,
    prepared,
    published,
    said,
    sat,
    stages,
    states,
    to_the_vote,
)

from forum.agenda.models import ItemState
from forum.base import db
from forum.base.errors import Conflict
from sessions.meetings import service as meetings
from voting.polls import service as polls
from voting.polls.models import Poll
from voting.procedures import queries, service
from voting.procedures.models import StageState

S = StageState


def test_no_later_vote_is_opened_before_its_turn(cast: Cast) -> None:
    """It may be prepared; when the stage before has passed, the same vote opens."""
    sitting = sat(cast)
    procedure = begun(cast)
    known = stages(procedure)
    early = prepared(cast, sitting, "villagers")
    with db.reading() as tx:
        assert queries.stage_of(tx, early) == known["resolution"]
    with pytest.raises(Conflict, match="The party branch proposes"):
        opened(cast, sitting, early)
    said(cast, known["proposal"])
    said(cast, known["consultation"])
    with pytest.raises(Conflict, match="party members' assembly"):
        opened(cast, sitting, early)
    decided(cast, sitting, "party_members")
    opened(cast, sitting, early)
    published(cast, sitting, early)
    assert states(cast, procedure)[3] is S.PASSED


def test_a_void_vote_and_one_without_quorum_leave_the_stage_open(cast: Cast) -> None:
    sitting = sat(cast)
    procedure, known = to_the_vote(cast)
    poll = prepared(cast, sitting, "party_members")
    opened(cast, sitting, poll)
    with db.transaction() as tx:
        polls.void(tx, cast.alice, poll, "The list was wrong.")
    assert look(cast, procedure).at == 2
    second = prepared(cast, sitting, "party_members")
    with db.reading() as tx:
        tied = queries.polls(tx, [known["party"]])[known["party"]]
    assert tied == [poll, second]
    with db.transaction() as tx:
        meetings.check_out(tx, cast.alice, sitting.meeting, [cast.dana.id])
    opened(cast, sitting, second)  # four of seven: too few
    published(cast, sitting, second, absent="dana")
    assert look(cast, procedure).at == 2
    with db.transaction() as tx:
        meetings.check_in(tx, cast.alice, sitting.meeting, sitting.online, [cast.dana.id])
        third = meetings.hold_again(tx, cast.alice, sitting.meeting, second)
    opened(cast, sitting, third)
    published(cast, sitting, third)
    assert look(cast, procedure).at == 3


def test_between_its_votes_an_item_stays_in_hand(cast: Cast) -> None:
    """A meeting closes what it dealt with; it is argued about until the next one."""
    sitting = sat(cast)
    to_the_vote(cast)
    decided(cast, sitting, "party_members")
    with db.transaction() as tx:
        meetings.close_item(tx, cast.alice, sitting.meeting)
    assert item_state(cast) is ItemState.OPEN
    with db.transaction() as tx:
        meetings.open_item(tx, cast.alice, sitting.meeting, cast.item)
    decided(cast, sitting, "villagers")
    with db.transaction() as tx:
        meetings.close_item(tx, cast.alice, sitting.meeting)
    assert item_state(cast) is ItemState.CLOSED


def test_a_stage_has_one_vote_at_a_time(cast: Cast) -> None:
    sitting = sat(cast)
    _procedure, known = to_the_vote(cast)
    poll = prepared(cast, sitting, "party_members")
    prepared(cast, sitting, "party_members")
    with db.reading() as tx:
        assert queries.polls(tx, [known["party"]])[known["party"]] == [poll]


def test_a_stricter_vote_can_be_taken_a_laxer_one_not(cast: Cast) -> None:
    sitting = sat(cast)
    procedure, known = to_the_vote(cast)
    strict = prepared(cast, sitting, "party_members", threshold=">=2/3")
    lax = prepared(cast, sitting, "party_members", base="valid")
    with db.reading() as tx:
        assert {one for one, _asked in queries.loose(tx, cast.item)} == {strict, lax}
    with pytest.raises(Conflict, match="less than the stage needs"), db.transaction() as tx:
        service.take(tx, cast.alice, known["party"], lax)
    with db.transaction() as tx:
        service.take(tx, cast.alice, known["party"], strict)
    with pytest.raises(Conflict), db.transaction() as tx:
        service.take(tx, cast.alice, known["party"], strict)
    opened(cast, sitting, strict)
    published(cast, sitting, strict)
    assert look(cast, procedure).at == 3


def test_a_draft_made_laxer_is_not_opened(cast: Cast) -> None:
    sitting = sat(cast)
    _procedure, _known = to_the_vote(cast)
    poll = prepared(cast, sitting, "party_members")
    with db.transaction() as tx:
        polls.change(tx, cast.alice, poll, draft("party_members", base="valid"))
    with pytest.raises(Conflict, match="less than its stage needs"):
        opened(cast, sitting, poll)
    with db.reading() as tx:
        assert tx.get_one(Poll, poll).state == "created"


def test_other_votes_of_the_item_are_none_of_it(cast: Cast) -> None:
    """Neither one by another rule, nor one made before the procedure."""
    sitting = sat(cast)
    before = prepared(cast, sitting, "party_members")
    procedure, _known = to_the_vote(cast)
    opened(cast, sitting, before)
    published(cast, sitting, before)
    assert look(cast, procedure).at == 2
    with db.reading() as tx:
        assert queries.stage_of(tx, before) is None
