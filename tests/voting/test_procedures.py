"""Four deliberations, two disclosures: run through with real votes, failed, begun anew."""

from datetime import timedelta

import pytest
from cast import Cast
from delegating import faults
from polling import told
from sqlalchemy import select
from sqlmodel import col
from staging import (
    begun,
    decided,
    item_state,
    later,
    marks,
    posted,
    said,
    sat,
    stages,
    state,
    states,
    to_the_vote,
    today,
)

from forum.agenda import queries as agenda
from forum.agenda.models import Item, ItemState
from forum.arguments import service as arguments
from forum.arguments.models import Stance
from forum.base import clock, db, links
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.links import Relation
from sessions.meetings import service as meetings
from voting.procedures import queries, service
from voting.procedures.models import StageState, State
from voting.procedures.service import Notice, Said

S = StageState


def test_the_whole_of_it(anywhere: Cast) -> None:
    """From the proposal to the second disclosure, with a vote of each assembly."""
    cast = anywhere
    sitting = sat(cast)
    procedure, known = to_the_vote(cast)
    first = decided(cast, sitting, "party_members")
    assert states(cast, procedure)[:3] == [S.PASSED] * 3
    assert item_state(cast) is ItemState.DEBATE  # the party's assembly decides nothing alone
    resolution = decided(cast, sitting, "villagers")
    assert item_state(cast) is ItemState.DECIDED
    with pytest.raises(Conflict):
        posted(cast, known["carried_out"])
    posted(cast, known["disclosed"])
    assert states(cast, procedure)[4] is S.UP
    later(6)
    assert states(cast, procedure)[4] is S.UP
    later(8)
    assert states(cast, procedure)[4] is S.PASSED
    with clock.at(clock.now() + timedelta(days=9)):
        posted(cast, known["carried_out"], days=1)
    later(12)
    assert state(cast, procedure) is State.FINISHED
    assert marks(cast, procedure) == ["done"] * 6
    with db.reading() as tx:
        assert queries.stage_of(tx, first) == known["party"]
        assert queries.stage_of(tx, resolution) == known["resolution"]
        steps = links.chain(tx, cast.bob, f"poll:{resolution}")
        below = links.chain(tx, cast.bob, f"item:{cast.item}")
    assert {"item", "procedure", "procedure_stage", "poll"} <= {step.kind for step in steps}
    assert {"procedure", "poll"} <= {step.kind for step in below}
    assert "procedure_stage" not in {step.kind for step in below}
    assert told("procedures:procedure:finished") == {cast.alice.id}
    assert not faults()


def test_no_later_stage_is_written_down_before_its_turn(cast: Cast) -> None:
    known = stages(procedure := begun(cast))
    for name in ("consultation", "party", "resolution"):
        with pytest.raises(Conflict, match="in their order"):
            said(cast, known[name])
    for name in ("disclosed", "carried_out"):
        with pytest.raises(Conflict, match="in their order"):
            posted(cast, known[name])
    assert set(states(cast, procedure)) == {S.AHEAD}
    said(cast, known["proposal"])
    with pytest.raises(Conflict):
        said(cast, known["proposal"])


def test_a_lost_vote_ends_it_and_another_round_begins(cast: Cast) -> None:
    sitting = sat(cast)
    procedure, known = to_the_vote(cast)
    lost = decided(cast, sitting, "party_members", "no")
    assert state(cast, procedure) is State.FAILED
    assert marks(cast, procedure) == ["done", "done", "failed", "next", "next", "next"]
    assert item_state(cast) is ItemState.DECIDED
    with pytest.raises(Conflict):
        begun(cast)
    with pytest.raises(Conflict, match="does not go on"), db.transaction() as tx:
        service.stop(tx, cast.alice, procedure, "Enough.")
    for first, reason in (("resolution", "Too far ahead."), ("party", "  "), ("x", "Why not?")):
        with pytest.raises(Invalid), db.transaction() as tx:
            service.again(tx, cast.alice, procedure, first, reason)
    with db.transaction() as tx:
        second = service.again(tx, cast.alice, procedure, "consultation", "The cost is lower.")
    assert item_state(cast) is ItemState.VOTING
    assert states(cast, second)[:2] == [S.KEPT, S.AHEAD]
    with pytest.raises(Conflict), db.transaction() as tx:
        service.again(tx, cast.alice, procedure, "proposal", "Once more.")
    assert marks(cast, procedure)[2] == "failed"  # the former one stays as it was
    fresh = stages(second)
    assert not set(fresh.values()) & set(known.values())
    said(cast, fresh["consultation"])
    won = decided(cast, sitting, "party_members")
    assert states(cast, second)[:3] == [S.KEPT, S.PASSED, S.PASSED]
    with db.reading() as tx:
        assert queries.stage_of(tx, lost) == known["party"]
        assert queries.stage_of(tx, won) == fresh["party"]
        assert links.linked(tx, f"procedure:{second}", Relation.CONTINUES) == [
            f"procedure:{procedure}"
        ]
    assert not faults()


def test_a_body_that_does_not_agree_ends_it(cast: Cast) -> None:
    known = stages(procedure := begun(cast))
    said(cast, known["proposal"])
    said(cast, known["consultation"], agreed=False)
    assert (state(cast, procedure), states(cast, procedure)[1]) == (State.FAILED, S.FAILED)
    assert item_state(cast) is ItemState.OPEN  # nothing was voted on: it is argued about as before


def test_a_closed_item_is_opened_for_another_round(cast: Cast) -> None:
    sitting = sat(cast)
    procedure, _known = to_the_vote(cast)
    decided(cast, sitting, "party_members", "no")
    with db.transaction() as tx:
        meetings.close_item(tx, cast.alice, sitting.meeting)
        service.again(tx, cast.alice, procedure, "proposal", "Another plan.")
    assert item_state(cast) is ItemState.OPEN


def test_words_are_taken_while_the_notice_is_up(cast: Cast) -> None:
    """The item is decided: questions and objections stand among its arguments all the same."""
    sitting = sat(cast)
    _procedure, known = to_the_vote(cast)
    decided(cast, sitting, "party_members")
    decided(cast, sitting, "villagers")

    def object_() -> None:
        with db.transaction() as tx:
            arguments.post(tx, cast.bob, cast.item, body="Who pays?", stance=Stance.CON)

    def taking() -> bool:
        """What letters go by when they offer an address for answers."""
        with db.reading() as tx:
            found = tx.execute(select(col(Item.id)).where(agenda.takes_words())).scalars()
            return cast.item in set(found)

    with pytest.raises(Conflict):
        object_()
    assert not taking()
    posted(cast, known["disclosed"])
    object_()
    assert taking()
    later(8)
    assert not taking()
    with pytest.raises(Conflict):
        object_()


def test_a_stopped_one_comes_down_at_once(cast: Cast) -> None:
    sitting = sat(cast)
    procedure, known = to_the_vote(cast)
    decided(cast, sitting, "party_members")
    decided(cast, sitting, "villagers")
    posted(cast, known["disclosed"])
    with db.transaction() as tx:
        service.stop(tx, cast.alice, procedure, "The map was wrong.")
    later(9)
    assert (state(cast, procedure), states(cast, procedure)[4]) == (State.STOPPED, S.UP)
    with db.reading() as tx:
        assert not links.linked(tx, f"item:{cast.item}", Relation.OPENS, "in")
    with db.transaction() as tx:
        second = service.again(tx, cast.alice, procedure, "disclosed", "With the right map.")
    posted(cast, stages(second)["disclosed"])
    assert states(cast, second)[3:5] == [S.KEPT, S.UP]


def test_days_and_dates_are_checked(cast: Cast) -> None:
    sitting = sat(cast)
    _procedure, known = to_the_vote(cast)
    decided(cast, sitting, "party_members")
    decided(cast, sitting, "villagers")
    with clock.at(clock.now()):
        wrong = (
            (today(), 6, "days"),
            (today() - timedelta(days=1), 7, "first_day"),
            (today() + timedelta(days=61), 7, "first_day"),
        )
        for first, days, field in wrong:
            notice = Notice("Words", "Board", first, days)
            with pytest.raises(Invalid) as refused, db.transaction() as tx:
                service.post(tx, cast.shu, known["disclosed"], notice)
            assert set(refused.value.fields) == {field}


def test_what_was_held_before_is_written_down_later(cast: Cast) -> None:
    """The days that are named go in order, whenever they are entered."""
    known = stages(begun(cast))
    now = clock.now()
    week = today() - timedelta(days=7)

    def held(name: str, day: int) -> None:
        words = Said("All", week + timedelta(days=day), "Yes.")
        with clock.at(now), db.transaction() as tx:
            service.record_stage(tx, cast.shu, known[name], words)

    held("proposal", 3)
    with pytest.raises(Invalid):
        held("consultation", 2)
    with pytest.raises(Invalid):
        held("consultation", 8)
    held("consultation", 4)


def test_corrections_are_additions(cast: Cast) -> None:
    known = stages(begun(cast))
    with pytest.raises(Conflict), db.transaction() as tx:
        service.add(tx, cast.shu, known["proposal"], "Too early.")
    said(cast, known["proposal"])
    with db.transaction() as tx:
        service.add(tx, cast.shu, known["proposal"], "It was four of five.")
    with db.reading() as tx:
        kinds = [word.kind for word in queries.words(tx, [known["proposal"]])]
    assert kinds == ["record", "addition"]
    assert not faults()


def test_who_may(cast: Cast) -> None:
    for who in ("bob", "rong", "shu", "clerk"):
        with pytest.raises(Forbidden), db.transaction() as tx:
            service.begin(tx, cast[who], cast.item, "four_two")
    known = stages(procedure := begun(cast))
    for who in ("bob", "rong", "charlie", "clerk"):
        with pytest.raises(Forbidden):
            said(cast, known["proposal"], who=who)
    with pytest.raises(Forbidden), db.transaction() as tx:
        service.stop(tx, cast.shu, procedure, "No.")
    with pytest.raises(NotFound), db.transaction() as tx:
        service.stop(tx, cast.alice, procedure + 1, "No.")
    with pytest.raises(Conflict):
        begun(cast)


def test_what_is_disclosed_last_names_the_tasks(cast: Cast) -> None:
    """Those of the decision that rests on the stage's vote."""
    sitting = sat(cast)
    procedure, known = to_the_vote(cast)
    decided(cast, sitting, "party_members")
    poll = decided(cast, sitting, "villagers")
    with db.transaction() as tx:
        links.link(tx, "decision:900", Relation.RESTS_ON, f"poll:{poll}")
        links.link(tx, "task:901", Relation.FULFILS, "decision:900")
        links.link(tx, "decision:902", Relation.ON, f"item:{cast.item}")
        links.link(tx, "task:903", Relation.FULFILS, "decision:902")
    posted(cast, known["disclosed"])
    later(8)
    with clock.at(clock.now() + timedelta(days=9)):
        posted(cast, known["carried_out"], days=1)
    with db.reading() as tx:
        tied = links.linked(tx, f"stage:{known['carried_out']}", Relation.TOLD_IN, "in")
        assert tied == ["task:901"]
        assert not links.linked(tx, f"stage:{known['disclosed']}", Relation.TOLD_IN, "in")
    assert procedure
