"""Amendments: whole wordings, two degrees at most, and what a carried one does to the others."""

import pytest
from cast import Cast
from moving import BY_FLOOR, GLASS, TEXT, Debate, debating
from sitting import convened

from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import history
from forum.base.links import Relation, linked
from sessions.motions import queries, service
from sessions.motions.models import Motion, MotionState, Sort
from sessions.motions.queries import MotionRow
from sessions.motions.service import Draft

BOTH = "The house buys a glass lift.\nWho lives higher pays more, by a table of shares."


def motion(tx: Db, ident: int) -> MotionRow:
    return queries.of_ids(tx, [ident])[0]


def test_an_amendment_is_another_wording_of_what_is_before_the_meeting(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    main = debate.move(tx)
    with pytest.raises(Conflict, match="not before the meeting"):
        service.amend(tx, cast.rong, main, GLASS)
    service.second(tx, cast.rong, main)
    with pytest.raises(Invalid, match="as it stands"):
        service.amend(tx, cast.rong, main, f" {TEXT}\n")
    with pytest.raises(Forbidden, match="Shouting"):
        service.amend(tx, cast.dana, main, GLASS)
    with pytest.raises(NotFound):
        service.amend(tx, cast.rong, 999, GLASS)
    amendment = service.amend(tx, cast.rong, main, GLASS)
    assert linked(tx, f"motion:{amendment}", Relation.AMENDS) == [f"motion:{main}"]
    assert motion(tx, amendment).reach == len("glass")


def test_a_motion_of_another_meeting_is_not_amended_here(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    main = debate.moved(tx)
    other = convened(tx, cast)
    tx.get_one(Motion, main).meeting_id = other.meeting
    tx.flush()
    with pytest.raises(NotFound):
        debate.move(tx, cast.rong, Draft(GLASS, Sort.AMENDMENT, main))


def test_two_degrees_and_no_more(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    first = debate.amended(tx, debate.moved(tx), GLASS)
    second = debate.amended(tx, first, BOTH)
    assert motion(tx, second).degree == 2
    with pytest.raises(Conflict, match="not amended again"):
        service.amend(tx, cast.rong, second, BY_FLOOR)
    closing = debate.dealt(tx, Sort.CLOSE_DEBATE)
    with pytest.raises(Conflict, match="procedure"):
        service.amend(tx, cast.rong, closing, BY_FLOOR)


def competing(tx: Db, cast: Cast) -> tuple[Debate, int, int]:
    """Two amendments to one text; the more far-reaching was carried."""
    debate = debating(tx, cast)
    main = debate.moved(tx)
    small = debate.amended(tx, main, GLASS)
    debate.consented(tx, debate.amended(tx, main, BY_FLOOR))
    return debate, main, small


def test_a_carried_amendment_makes_a_new_version_and_marks_the_others(cast: Cast, tx: Db) -> None:
    debate, main, small = competing(tx, cast)
    assert [version.body for version in queries.versions(tx, main)] == [TEXT, BY_FLOOR]
    told = history(tx, debate.sitting.stream, kinds=["motions:motion:amended"])[0]
    assert told.subject == f"motion:{main}"
    with pytest.raises(Conflict, match="confirm or reword"):
        service.put(tx, cast.alice, small)
    with pytest.raises(Forbidden, match="mover or the chair"):
        service.confirm(tx, cast.bob, small)
    service.confirm(tx, cast.rong, small)
    assert motion(tx, small).base_id == motion(tx, main).version_id
    with pytest.raises(Conflict, match="nothing to confirm"):
        service.confirm(tx, cast.rong, small)
    service.put(tx, cast.alice, small)


def test_a_marked_amendment_is_reworded_by_its_mover(cast: Cast, tx: Db) -> None:
    debate, main, small = competing(tx, cast)
    with pytest.raises(Forbidden):
        service.reword(tx, cast.bob, small, BOTH)
    with pytest.raises(Invalid, match="as it stands"):
        service.reword(tx, cast.rong, small, BY_FLOOR)
    service.reword(tx, cast.rong, small, BOTH)
    assert motion(tx, small).reach == len("glass")
    with pytest.raises(Conflict, match="hands of the meeting"):
        service.reword(tx, cast.rong, small, GLASS)
    debate.consented(tx, small)
    assert motion(tx, main).body == BOTH


def test_nobody_rewords_a_motion_under_its_seconders(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    main = debate.move(tx)
    service.reword(tx, cast.bob, main, GLASS)
    assert motion(tx, main).body == GLASS
    service.second(tx, cast.rong, main)
    with pytest.raises(Conflict, match="move an amendment"):
        service.reword(tx, cast.bob, main, TEXT)


def test_without_a_seconder_an_amendment_falls_with_the_vote(cast: Cast, tx: Db) -> None:
    debate = debating(tx, cast)
    main = debate.moved(tx)
    waiting = service.amend(tx, cast.rong, main, GLASS)
    debate.consented(tx, main)
    assert motion(tx, waiting).state is MotionState.FALLEN
    with pytest.raises(Conflict, match="Dropped"):
        service.second(tx, cast.bob, waiting)
