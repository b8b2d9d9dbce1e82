"""People are dealt out to groups: a pure rule; the verb; who comes late; who is moved."""

import pytest
from cast import Cast
from conftest import Client
from hypothesis import given
from hypothesis import strategies as st
from workshopping import Session, at_step, attached

from forum.base.db import Db, transaction
from forum.base.errors import Conflict
from forum.base.events import Audience, history
from sessions.meetings import service as meetings
from sessions.workshop import queries, rules, service
from sessions.workshop.queries.rows import seats
from sessions.workshop.rules import Sized

HALLS = st.dictionaries(st.integers(1, 6), st.integers(0, 40), max_size=5).map(
    lambda sizes: {hall: [hall * 100 + n for n in range(size)] for hall, size in sizes.items()}
)


@given(HALLS, st.integers(1, 60))
def test_everybody_sits_in_one_group_and_the_groups_of_a_hall_are_even(
    halls: dict[int, list[int]], number: int
) -> None:
    dealt = rules.deal(halls, number)
    assert sorted(m for _hall, people in dealt for m in people) == sorted(
        m for people in halls.values() for m in people
    )
    for hall, people in halls.items():
        groups = [mine for where, mine in dealt if where == hall]
        assert all(m in people for mine in groups for m in mine)
        sizes = [len(mine) for mine in groups]
        assert not sizes or (max(sizes) - min(sizes) <= 1 and min(sizes) > 0)
    there = sum(map(len, halls.values()))
    busy = sum(1 for people in halls.values() if people)
    assert len(dealt) == max(busy, min(number, there))


@given(st.lists(st.builds(Sized, st.integers(1, 9), st.integers(1, 3), st.integers(0, 9))))
def test_a_latecomer_joins_the_smallest_group_of_their_venue(groups: list[Sized]) -> None:
    found = rules.smallest(groups, 2)
    there = [group for group in groups if group.venue == 2]
    if found is None:
        assert not there
    else:
        assert min(group.size for group in there) in {g.size for g in there if g.id == found}


def groups_of(tx: Db, session: Session) -> dict[str, tuple[str, int]]:
    row = queries.workshop_access(tx, None, session.id)[1]
    return {group.name: (group.venue, group.size) for group in queries.board(tx, row).groups}


def test_groups_are_made_by_venue(cast: Cast, client: Client) -> None:
    session = attached(cast)
    page = f"{session.page}/groups"
    for name, status in ((None, 401), ("bob", 403), ("alice", 303)):
        assert client(name).post(page, data={"number": "4"}).status_code == status, name
    assert client("alice").post(page, data={"number": "0"}).status_code == 422
    with transaction() as tx:
        assert groups_of(tx, session) == {
            "Group 1": ("Community hall", 2),
            "Group 2": ("Community hall", 1),
            "Group 3": ("School", 1),
            "Group 4": ("Online", 1),
        }
        (dealt,) = history(tx, session.sitting.stream, kinds=["workshop:groups:dealt"])
        assert dealt.payload["groups"] == {"1": 2, "2": 1, "3": 1, "4": 1}
        service.deal(tx, cast.alice, session.id, 1)  # nobody has written yet
        assert len(groups_of(tx, session)) == 3


def test_who_comes_late_or_moves_sits_down_and_who_writes_keeps_the_groups(cast: Cast) -> None:
    session = at_step(cast, 2, groups=4)
    sitting = session.sitting
    with transaction() as tx:
        meetings.check_in(tx, cast.clerk, sitting.meeting, sitting.main, [cast.hui.id])
        assert groups_of(tx, session)["Group 2"] == ("Community hall", 2)
        meetings.check_in(tx, cast.clerk, sitting.meeting, sitting.online, [cast.hui.id])
        assert groups_of(tx, session)["Group 4"] == ("Online", 2)
        with pytest.raises(Conflict, match="written"):
            service.give(tx, cast.bob, session.id, "A thought.")
            service.deal(tx, cast.alice, session.id, 2)
        before = seats(tx, session.id)
        meetings.check_in(tx, cast.clerk, sitting.meeting, sitting.main, [cast.hui.id])
        assert seats(tx, session.id) == before  # who has a seat keeps it now
        service.move(tx, cast.alice, session.id, cast.bob.id, before[cast.rong.id])
        assert seats(tx, session.id)[cast.bob.id] == before[cast.rong.id]
        told = history(
            tx, sitting.stream, kinds=["workshop:seat:taken"], audience=Audience.MODERATOR
        )
        assert [event.payload["member"] for event in told] == [cast.hui.id] * 2 + [cast.bob.id]


def test_a_group_of_another_session_is_none_of_this(cast: Cast, client: Client) -> None:
    one, other = at_step(cast, 2), at_step(cast, 2)
    with transaction() as tx:
        foreign = seats(tx, other.id)[cast.rong.id]
    move = {"member": str(cast.bob.id), "group": str(foreign)}
    assert client("alice").post(f"{one.page}/seats", data=move).status_code == 404
    place = f"{one.page}/groups/{foreign}/place"
    assert client("alice").post(place, data={"place": "Table 2"}).status_code == 404
    place = f"{other.page}/groups/{foreign}/place"
    assert client("hui").post(place, data={"place": "Table 2"}).status_code == 303  # their hall
    assert client("clerk").post(place, data={"place": "Table 3"}).status_code == 303
    assert client("bob").post(place, data={"place": "Table 2"}).status_code == 403
    assert "Table 3" in client("rong").get(other.page).text
